package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function from values of one row to a value. Two of the same name are the same function.
public interface ScalarFunction {
    /// Lower-case name, unique in the catalogue: `add`, `substring`, `date_trunc`.
    String name();

    /// The result's type for arguments of these types; null where the function does not accept them. For arithmetic on DECIMAL the plan's type
    /// stands: a function computes into the type that its call names.
    @Nullable Type resultType(List<Type> arguments);

    /// The types that arguments of these types are converted to before the call; those that `bind` sees.
    default List<Type> operandTypes(List<Type> arguments) {
        return arguments;
    }

    Volatility volatility();

    /// Whether it can raise an error for some arguments of these types.
    boolean isFallible(List<Type> arguments, Type result);

    /// Whether a NULL argument always gives NULL.
    boolean isStrict();

    /// The loop for arguments of these types, for one thread (it may keep scratch arrays).
    ///
    /// @param constants the arguments that are literals, null at the others: patterns, units and the like are prepared once
    /// @param context zone, clock and settings of the execution
    ScalarLoop bind(
            List<Type> arguments,
            Type result,
            List<@Nullable Value> constants,
            EvaluationContext context);
}
