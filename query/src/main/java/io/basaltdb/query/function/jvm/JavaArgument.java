package io.basaltdb.query.function.jvm;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.query.function.Volatility;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An argument of an aggregate as the type that the parameter was declared with, where that is possible without a cast in the statement.
///
/// @param routine name of the aggregate, for messages
public record JavaArgument(String routine, Type declared) implements ScalarFunction {
    @Override
    public String name() {
        return routine + " of " + declared.sql();
    }

    @Override
    public @Nullable Type resultType(List<Type> arguments) {
        return arguments.size() == 1 && JavaTypes.accepts(declared, arguments.getFirst())
                ? declared
                : null;
    }

    @Override
    public List<Type> operandTypes(List<Type> arguments) {
        return List.of(declared);
    }

    @Override
    public Volatility volatility() {
        return Volatility.IMMUTABLE;
    }

    @Override
    public boolean isFallible(List<Type> arguments, Type result) {
        return false;
    }

    @Override
    public boolean isStrict() {
        return true;
    }

    @Override
    public ScalarLoop bind(
            List<Type> arguments,
            Type result,
            List<@Nullable Value> constants,
            EvaluationContext context) {
        return (vectors, size, selection) -> vectors.getFirst();
    }
}
