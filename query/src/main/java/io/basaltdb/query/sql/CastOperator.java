package io.basaltdb.query.sql;

import io.basaltdb.query.expression.Casts;
import io.basaltdb.query.optimizer.OwnRelType;
import io.basaltdb.query.optimizer.RelTypes;
import io.basaltdb.storage.type.Type;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
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
    /// What begins a name that is the text of a type, as [NestedShorthand] writes it.
    static final String WRITTEN = "type: ";

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
        boolean isCast =
                infix || call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST;
        if (!isCast) {
            return null;
        }
        CastOperator operator = call.getKind() == SqlKind.SAFE_CAST ? TRY_CAST : CAST;
        return operator.createCall(
                call.getParserPosition(), call.operand(0), written(call.operand(1)));
    }

    /// A name that is none of ours is looked for where the types of the database are known.
    private static SqlNode written(SqlNode type) {
        if (!(type instanceof SqlDataTypeSpec spec)
                || !(spec.getTypeNameSpec() instanceof SqlUserDefinedTypeNameSpec named)) {
            return type;
        }
        SqlIdentifier name = named.getTypeName();
        if (name.isSimple() && name.getSimple().startsWith(WRITTEN)) {
            return WrittenTypeName.of(
                    name.getSimple().substring(WRITTEN.length()), type.getParserPosition());
        }
        return name.isSimple()
                        && TypeNames.plain().containsKey(name.getSimple().toLowerCase(Locale.ROOT))
                ? type
                : WrittenTypeName.of(
                        name.names.stream().map(SqlNames::quoted).collect(Collectors.joining(".")),
                        type.getParserPosition());
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

    /// The value as one of the type that is written there.
    static SqlCall cast(SqlNode value, SqlDataTypeSpec type) {
        return CAST.createCall(value.getParserPosition(), value, type);
    }

    /// The type in a tree.
    static SqlDataTypeSpec type(RelDataType type, SqlParserPos position) {
        return RelTypes.hasOwn(type)
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
