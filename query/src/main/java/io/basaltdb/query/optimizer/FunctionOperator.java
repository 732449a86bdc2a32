package io.basaltdb.query.optimizer;

import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.query.function.Volatility;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// A function of the catalogue under one of its names, as Calcite sees it: accepted types and result are the catalogue's.
public class FunctionOperator extends SqlFunction implements CatalogOperator {
    private final ScalarFunction function;

    public FunctionOperator(String name, ScalarFunction function) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                binding -> resultType(function, binding),
                new Signature(function),
                new Signature(function),
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.function = function;
    }

    @Override
    public final ScalarFunction function() {
        return function;
    }

    @Override
    public final boolean isDeterministic() {
        return function.volatility() != Volatility.VOLATILE;
    }

    @Override
    public final boolean isDynamicFunction() {
        return function.volatility() == Volatility.STABLE;
    }

    /// Result of the function for the operands of a call; a bare NULL takes the first type that fits.
    static RelDataType resultType(ScalarFunction function, SqlOperatorBinding binding) {
        List<Type> arguments = types(binding);
        @Nullable List<Type> fitting = fitting(function, arguments);
        Type result = fitting == null ? null : function.resultType(fitting);
        if (result == null) {
            throw new AssertionError("types were checked: " + function.name());
        }
        result = withoutDroppedDigits(function, binding, result);
        boolean nullable = !function.isStrict() || !NEVER_NULL.contains(function.name());
        for (int i = 0; i < binding.getOperandCount(); i++) {
            nullable |= binding.getOperandType(i).isNullable();
        }
        return RelTypes.toRel(binding.getTypeFactory(), result, nullable);
    }

    /// What is rounded to a number of digits that the call names has no others: `round(2.345, 2)` is a DECIMAL of two.
    private static Type withoutDroppedDigits(
            ScalarFunction function, SqlOperatorBinding binding, Type result) {
        boolean drops = function.name().equals("round") || function.name().equals("trunc");
        if (drops
                && result instanceof Type.Decimal(int precision, int scale)
                && binding.getOperandCount() == 2
                && binding.isOperandLiteral(1, false)) {
            @Nullable Integer digits = binding.getOperandLiteralValue(1, Integer.class);
            if (digits != null && digits < scale) {
                return new Type.Decimal(precision - scale + digits, digits);
            }
        }
        return result;
    }

    /// Functions that give no NULL for arguments that are not NULL; the others might.
    private static final java.util.Set<String> NEVER_NULL =
            java.util.Set.of(
                    "add",
                    "subtract",
                    "multiply",
                    "divide",
                    "modulo",
                    "negate",
                    "abs",
                    "||",
                    "like",
                    "ilike",
                    "substring",
                    "date_part",
                    "date_trunc",
                    "length",
                    "upper",
                    "lower",
                    "year",
                    "month",
                    "day",
                    "hour",
                    "minute",
                    "second",
                    "position",
                    "trim",
                    "ltrim",
                    "rtrim",
                    "replace",
                    "starts_with",
                    "round",
                    "floor",
                    "ceil");

    /// Functions that take anything, but mostly values of the type of their neighbours.
    private static final java.util.Set<String> OF_ONE_TYPE =
            java.util.Set.of("||", "concat", "concat_ws", "greatest", "least");

    static List<Type> types(SqlOperatorBinding binding) {
        List<Type> types = new ArrayList<>(binding.getOperandCount());
        for (int i = 0; i < binding.getOperandCount(); i++) {
            RelDataType type = binding.getOperandType(i);
            types.add(RelTypes.isKnown(type) ? RelTypes.toType(type) : Type.NULL);
        }
        return types;
    }

    private static final List<Type> CANDIDATES =
            List.of(
                    Type.TEXT,
                    Type.INTEGER,
                    Type.DOUBLE,
                    Type.TIMESTAMP,
                    Type.DATE,
                    Type.BOOLEAN,
                    new Type.Interval(Type.Interval.Unit.MICROSECONDS));

    /// The argument types with every bare NULL replaced by a type that the function accepts; null where there is no such choice.
    public static @Nullable List<Type> fitting(ScalarFunction function, List<Type> arguments) {
        if (function.resultType(arguments) != null) {
            return arguments;
        }
        if (!arguments.contains(Type.NULL)) {
            return null;
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals(Type.NULL)) {
                for (Type candidate : candidates(arguments)) {
                    List<Type> attempt = new ArrayList<>(arguments);
                    attempt.set(i, candidate);
                    @Nullable List<Type> found = fitting(function, attempt);
                    if (found != null) {
                        return found;
                    }
                }
                return null;
            }
        }
        return null;
    }

    /// Types of the neighbours first: NULL + 1.5 is a DECIMAL.
    private static List<Type> candidates(List<Type> arguments) {
        List<Type> candidates = new ArrayList<>();
        for (Type type : arguments) {
            if (!type.equals(Type.NULL)) {
                candidates.add(type);
            }
        }
        candidates.addAll(CANDIDATES);
        return candidates;
    }

    /// Checks operands by asking the function for its result.
    record Signature(ScalarFunction function)
            implements SqlOperandTypeChecker, SqlOperandTypeInference {
        private static final java.util.Set<SqlKind> PARAMETER =
                java.util.Set.of(SqlKind.DYNAMIC_PARAM);

        /// A parameter among the operands takes the type that the others leave to it.
        @Override
        public void inferOperandTypes(
                SqlCallBinding binding, RelDataType returnType, RelDataType[] operandTypes) {
            if (binding.operands().stream().noneMatch(each -> each.isA(PARAMETER))) {
                return;
            }
            List<Type> known = new ArrayList<>();
            for (int i = 0; i < operandTypes.length; i++) {
                boolean isParameter = binding.operand(i).isA(PARAMETER);
                RelDataType type = isParameter ? operandTypes[i] : binding.getOperandType(i);
                known.add(RelTypes.isKnown(type) ? RelTypes.toType(type) : Type.NULL);
            }
            @Nullable List<Type> fitting = fitting(function, known);
            for (int i = 0; fitting != null && i < operandTypes.length; i++) {
                if (binding.operand(i).getKind() == SqlKind.DYNAMIC_PARAM) {
                    Type type = typeOfParameter(fitting, i);
                    if (isClear(type, known)) {
                        operandTypes[i] = RelTypes.toRel(binding.getTypeFactory(), type, true);
                    }
                }
            }
        }

        /// A number is not: one of a finer type would be rounded to that of its neighbour.
        private static boolean isClear(Type type, List<Type> known) {
            return switch (type) {
                case Type.Text _ -> true;
                case Type.Array _, Type.Date _, Type.Timestamp _, Type.TimestampTz _ ->
                        known.contains(type);
                default -> false;
            };
        }

        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            inferParameters(binding);
            if (fitting(function, types(binding)) != null) {
                return true;
            }
            if (throwOnFailure) {
                throw binding.newValidationSignatureError();
            }
            return false;
        }

        /// A parameter takes a type that the function accepts there.
        private void inferParameters(SqlCallBinding binding) {
            List<Type> arguments = types(binding);
            @Nullable List<Type> fitting = fitting(function, arguments);
            if (fitting == null) {
                return;
            }
            RelDataTypeFactory factory = binding.getTypeFactory();
            for (int i = 0; i < fitting.size(); i++) {
                if (binding.operand(i).getKind() == SqlKind.DYNAMIC_PARAM
                        && binding.getOperandType(i).getSqlTypeName() == SqlTypeName.UNKNOWN) {
                    binding.getValidator()
                            .setValidatedNodeType(
                                    binding.operand(i),
                                    RelTypes.toRel(factory, typeOfParameter(fitting, i), true));
                }
            }
        }

        /// What is put together with values of one type is one of these: `name || ?` takes a text.
        private Type typeOfParameter(List<Type> fitting, int parameter) {
            if (fitting.get(parameter).equals(Type.NULL) && OF_ONE_TYPE.contains(function.name())) {
                for (Type candidate : candidates(fitting)) {
                    List<Type> attempt = new ArrayList<>(fitting);
                    attempt.set(parameter, candidate);
                    if (function.resultType(attempt) != null) {
                        return candidate;
                    }
                }
            }
            return fitting.get(parameter);
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.any();
        }

        @Override
        public String getAllowedSignatures(SqlOperator operator, String name) {
            return name + "(…)";
        }
    }
}
