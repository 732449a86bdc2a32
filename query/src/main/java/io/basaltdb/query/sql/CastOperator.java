package io.basaltdb.query.sql;

import io.basaltdb.query.expression.Casts;
import io.basaltdb.query.optimizer.OwnRelType;
import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.fun.SqlCastFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.apache.calcite.util.Static;
import org.jspecify.annotations.Nullable;

/// CAST and TRY_CAST, which take the place of the grammar's own, also from and to nested types, by our rules of what can be converted to what.
final class CastOperator extends SqlCastFunction {
    private static final CastOperator CAST = new CastOperator("CAST", SqlKind.CAST);
    private static final CastOperator TRY_CAST = new CastOperator("TRY_CAST", SqlKind.SAFE_CAST);

    private CastOperator(String name, SqlKind kind) {
        super(name, kind);
    }

    /// The call with our operator in the place of the grammar's; null where it is no cast.
    static @Nullable SqlNode of(SqlCall call) {
        if (call.operandCount() != 2 || call.getOperator() instanceof CastOperator) {
            return null;
        }
        boolean infix = call.getOperator().equals(SqlLibraryOperators.INFIX_CAST);
        if (infix || call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST) {
            refuseUnknown(call.operand(1));
        }
        return switch (call.getKind()) {
            case CAST -> CAST.createCall(call.getParserPosition(), call.getOperandList());
            case SAFE_CAST -> TRY_CAST.createCall(call.getParserPosition(), call.getOperandList());
            default ->
                    infix ? CAST.createCall(call.getParserPosition(), call.getOperandList()) : null;
        };
    }

    /// The validator says of a type that there is not what it says of a column.
    private static void refuseUnknown(SqlNode type) {
        if (!(type instanceof SqlDataTypeSpec spec)
                || !(spec.getTypeNameSpec() instanceof SqlUserDefinedTypeNameSpec named)) {
            return;
        }
        String name = named.getTypeName().toString();
        if (!TypeNames.plain().containsKey(name.toLowerCase(Locale.ROOT))) {
            boolean isOid = name.toLowerCase(Locale.ROOT).startsWith("reg");
            throw SyntaxRewrite.refused(
                    type.getParserPosition(),
                    ErrorCode.UNDEFINED_OBJECT,
                    "There is no type "
                            + name
                            + (isOid
                                    ? "; objects are known by their names: leave the cast out"
                                    : ""));
        }
    }

    /// The value as one of that type.
    static SqlNode cast(SqlNode value, Type type, RelDataTypeFactory types) {
        return CAST.createCall(
                value.getParserPosition(),
                value,
                type(RelTypes.toRel(types, type, true), value.getParserPosition()));
    }

    /// The value as one of that type.
    static SqlNode cast(SqlNode value, RelDataType type) {
        return CAST.createCall(
                value.getParserPosition(), value, type(type, value.getParserPosition()));
    }

    /// The type in a tree.
    static SqlDataTypeSpec type(RelDataType type, SqlParserPos position) {
        return RelTypes.isKnown(type) && Type.hasIntervals(RelTypes.toType(type))
                ? OwnTypeName.of(RelTypes.toType(type), position)
                : SqlTypeUtil.convertTypeToSpec(type);
    }

    /// Whether the grammar's own cast does not know the types: nested ones, and truth values as numbers.
    private static boolean isOurs(RelDataType from, RelDataType to) {
        if (!RelTypes.isKnown(from) || !RelTypes.isKnown(to)) {
            return false;
        }
        Type given = RelTypes.toType(from);
        Type wanted = RelTypes.toType(to);
        return from instanceof OwnRelType
                || to instanceof OwnRelType
                || given instanceof Type.Nested
                || wanted instanceof Type.Nested
                || (given instanceof Type.Bool && SqlTypeUtil.isNumeric(to));
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        RelDataType from = binding.getOperandType(0);
        RelDataType to = binding.getOperandType(1);
        if (!isOurs(from, to)) {
            return super.checkOperandTypes(binding, throwOnFailure);
        }
        boolean exists = Casts.exists(RelTypes.toType(from), RelTypes.toType(to));
        if (!exists && throwOnFailure) {
            throw binding.newError(
                    Static.RESOURCE.cannotCastValue(
                            RelTypes.toType(from).sql(), RelTypes.toType(to).sql()));
        }
        return exists;
    }

    /// The operator is known already: its name is not looked up.
    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        for (SqlNode operand : call.getOperandList()) {
            validator.deriveType(scope, operand);
        }
        return validateOperands(validator, scope, call);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        RelDataType from = binding.getOperandType(0);
        RelDataType to = binding.getOperandType(1);
        return isOurs(from, to)
                ? binding.getTypeFactory()
                        .createTypeWithNullability(
                                to, from.isNullable() || getKind() == SqlKind.SAFE_CAST)
                : super.inferReturnType(binding);
    }

    /// Where the grammar's own coercion put the cast, the operand's type may not be known.
    private static @Nullable RexNode ours(SqlRexContext context, SqlCall call) {
        RelDataType to = ((SqlDataTypeSpec) call.operand(1)).deriveType(context.getValidator());
        SqlNode operand = call.operand(0);
        @Nullable RelDataType from = context.getValidator().getValidatedNodeTypeIfKnown(operand);
        if (!isOurs(from == null ? to : from, to)) {
            return null;
        }
        boolean safe = call.getKind() == SqlKind.SAFE_CAST;
        RexNode value = context.convertExpression(operand);
        RelDataType type =
                context.getTypeFactory()
                        .createTypeWithNullability(to, safe || value.getType().isNullable());
        return context.getRexBuilder().makeAbstractCast(type, value, safe);
    }

    /// How a cast becomes a row expression.
    static RexNode converted(SqlRexContext context, SqlCall call) {
        @Nullable RexNode ours =
                call.operand(1) instanceof SqlDataTypeSpec ? ours(context, call) : null;
        if (ours != null) {
            return ours;
        }
        boolean safe = call.getKind() == SqlKind.SAFE_CAST;
        SqlOperator standard = safe ? SqlLibraryOperators.TRY_CAST : SqlStdOperatorTable.CAST;
        SqlCall same = standard.createCall(call.getParserPosition(), call.getOperandList());
        @Nullable SqlRexConvertlet convertlet = StandardConvertletTable.INSTANCE.get(same);
        assert convertlet != null;
        return convertlet.convertCall(context, call);
    }
}
