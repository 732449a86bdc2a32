package io.basaltdb.query.plan;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.AggregateParameters;
import io.basaltdb.storage.type.Type;
import java.util.List;

/// One aggregate of an aggregation.
///
/// @param arguments input columns; empty for COUNT(*)
/// @param distinct whether equal argument tuples count once
/// @param filterColumn BOOLEAN input column that must be true for a row to count, −1 for none
/// @param parameters what the call says beside its arguments
/// @param type of the result
public record AggregateCall(
        AggregateFunction function,
        List<Integer> arguments,
        boolean distinct,
        int filterColumn,
        AggregateParameters parameters,
        Type type,
        String name) {
    public AggregateCall {
        arguments = List.copyOf(arguments);
    }

    /// A call that says nothing beside its arguments.
    public AggregateCall(
            AggregateFunction function,
            List<Integer> arguments,
            boolean distinct,
            int filterColumn,
            Type type,
            String name) {
        this(function, arguments, distinct, filterColumn, AggregateParameters.NONE, type, name);
    }

    /// Arguments at the end that order the rows.
    public int orderArguments() {
        return parameters.order().size();
    }
}
