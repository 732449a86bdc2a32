package io.basaltdb.query.optimizer;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.query.function.Volatility;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The `/` of statements: as the catalogue's division, but a quotient of DECIMALs is a DOUBLE, for no scale within 38 digits holds the quotients
/// of sums. Stands in Calcite's tree only; [ExpressionBuilder] casts the operands and calls the catalogue's.
public record Quotient(ScalarFunction division) implements ScalarFunction {
    @Override
    public String name() {
        return division.name();
    }

    @Override
    public @Nullable Type resultType(List<Type> arguments) {
        return division.resultType(operandTypes(arguments));
    }

    @Override
    public List<Type> operandTypes(List<Type> arguments) {
        return arguments.stream().anyMatch(Type.Decimal.class::isInstance)
                ? arguments.stream().map(Quotient::approximate).toList()
                : arguments;
    }

    private static Type approximate(Type type) {
        return type instanceof Type.Decimal || type instanceof Type.Int ? Type.DOUBLE : type;
    }

    @Override
    public Volatility volatility() {
        return division.volatility();
    }

    @Override
    public boolean isFallible(List<Type> arguments, Type result) {
        return division.isFallible(operandTypes(arguments), result);
    }

    @Override
    public boolean isStrict() {
        return division.isStrict();
    }

    @Override
    public ScalarLoop bind(
            List<Type> arguments,
            Type result,
            List<@Nullable Value> constants,
            EvaluationContext context) {
        return division.bind(operandTypes(arguments), result, constants, context);
    }
}
