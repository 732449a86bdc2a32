package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.OwnRelType;
import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.storage.type.Type;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/// The validator's coercion. A text beside a value of a type that is known by its text, `id = '…'`, is a value of that type. And without the one that reads texts as numbers to add them up: `sum(name)` is a mistake, not a question of the first row.
final class AggregateCoercion extends TypeCoercionImpl {
    AggregateCoercion(RelDataTypeFactory types, SqlValidator validator) {
        super(types, validator);
    }

    @Override
    public @Nullable RelDataType commonTypeForBinaryComparison(
            @Nullable RelDataType left, @Nullable RelDataType right) {
        @Nullable RelDataType spelled = spelled(left, right);
        return spelled == null ? super.commonTypeForBinaryComparison(left, right) : spelled;
    }

    @Override
    public @Nullable RelDataType getWiderTypeForTwo(
            @Nullable RelDataType left, @Nullable RelDataType right, boolean stringPromotion) {
        if (left != null && right != null && (isNested(left) || isNested(right))) {
            return factory.leastRestrictive(List.of(left, right));
        }
        @Nullable RelDataType spelled = spelled(left, right);
        return spelled == null ? super.getWiderTypeForTwo(left, right, stringPromotion) : spelled;
    }

    @Override
    protected boolean coerceOperandType(
            @Nullable SqlValidatorScope scope, SqlCall call, int index, RelDataType target) {
        SqlNode operand = call.operand(index);
        if (scope == null || operand.getKind() == SqlKind.DYNAMIC_PARAM) {
            return !RelTypes.hasOwn(target) && super.coerceOperandType(scope, call, index, target);
        }
        RelDataType given = validator.deriveType(scope, operand);
        boolean isText = given instanceof OwnRelType && SqlTypeUtil.inCharFamily(target);
        if (!isText && !RelTypes.hasOwn(target)) {
            return super.coerceOperandType(scope, call, index, target);
        }
        if (!isText && RelTypes.hasOwn(given)) {
            return false;
        }
        SqlNode cast = CastOperator.cast(operand, RelTypes.toType(target), factory);
        call.setOperand(index, cast);
        updateInferredType(cast, factory.createTypeWithNullability(target, given.isNullable()));
        return true;
    }

    private static boolean isNested(RelDataType type) {
        return RelTypes.isKnown(type) && RelTypes.toType(type) instanceof Type.Nested;
    }

    @Override
    protected boolean coerceColumnType(
            @Nullable SqlValidatorScope scope, SqlNodeList columns, int index, RelDataType target) {
        if (!(target instanceof OwnRelType own) || scope == null || index >= columns.size()) {
            return super.coerceColumnType(scope, columns, index, target);
        }
        SqlNode column = columns.get(index);
        SqlNode value = column.getKind() == SqlKind.AS ? ((SqlCall) column).operand(0) : column;
        if (value.getKind() == SqlKind.DYNAMIC_PARAM
                || (value instanceof SqlIdentifier name && name.isStar())) {
            return false;
        }
        RelDataType given = validator.deriveType(scope, value);
        if (given instanceof OwnRelType) {
            return false;
        }
        SqlNode cast = CastOperator.cast(value, own.type(), factory);
        if (column.getKind() == SqlKind.AS) {
            ((SqlCall) column).setOperand(0, cast);
        } else {
            columns.set(index, cast);
        }
        updateInferredType(cast, factory.createTypeWithNullability(target, given.isNullable()));
        return true;
    }

    private static boolean isOwnInterval(RelDataType type) {
        return type instanceof OwnRelType own && own.type() instanceof Type.CalendarInterval;
    }

    /// The type of which the text beside it is to be a value; null where the two are something else.
    private @Nullable RelDataType spelled(@Nullable RelDataType left, @Nullable RelDataType right) {
        if (left != null && right != null && isOwnInterval(left) != isOwnInterval(right)) {
            RelDataType own = isOwnInterval(left) ? left : right;
            RelDataType other = isOwnInterval(left) ? right : left;
            if (SqlTypeName.INTERVAL_TYPES.contains(other.getSqlTypeName())) {
                return factory.createTypeWithNullability(
                        own, left.isNullable() || right.isNullable());
            }
        }
        if (left == null
                || right == null
                || SqlTypeUtil.inCharFamily(left) == SqlTypeUtil.inCharFamily(right)) {
            return null;
        }
        RelDataType other = SqlTypeUtil.inCharFamily(left) ? right : left;
        return RelTypes.isKnown(other) && RelTypes.toType(other) instanceof Type.Opaque
                ? factory.createTypeWithNullability(other, left.isNullable() || right.isNullable())
                : null;
    }

    @Override
    public boolean builtinFunctionCoercion(
            SqlCallBinding binding,
            List<RelDataType> operandTypes,
            List<SqlTypeFamily> expectedFamilies) {
        return !(binding.getOperator() instanceof SqlAggFunction
                        && operandTypes.stream().anyMatch(SqlTypeUtil::inCharFamily))
                && super.builtinFunctionCoercion(binding, operandTypes, expectedFamilies);
    }
}
