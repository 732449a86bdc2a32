package io.basaltdb.query.plan;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.storage.type.Type;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// One call of a window.
///
/// @param arguments input columns
/// @param distinct whether equal arguments of an aggregate count once
/// @param ignoreNulls whether LAG, LEAD, FIRST_VALUE, LAST_VALUE and NTH_VALUE pass over rows whose argument is NULL
/// @param orderKeys so many keys of the window's order are the order of this call; the others only break ties
public record WindowCall(
        WindowFunction function,
        List<Integer> arguments,
        boolean distinct,
        boolean ignoreNulls,
        WindowFrame frame,
        int orderKeys,
        Type type,
        String name) {
    /// Aggregates whose value can follow a frame that leaves rows behind.
    private static final Set<AggregateFunction> SLIDING =
            EnumSet.of(
                    AggregateFunction.COUNT,
                    AggregateFunction.SUM,
                    AggregateFunction.AVG,
                    AggregateFunction.MIN,
                    AggregateFunction.MAX,
                    AggregateFunction.ANY_VALUE,
                    AggregateFunction.BOOL_AND,
                    AggregateFunction.BOOL_OR,
                    AggregateFunction.BIT_AND,
                    AggregateFunction.BIT_OR,
                    AggregateFunction.BIT_XOR,
                    AggregateFunction.VAR_POP,
                    AggregateFunction.VAR_SAMP,
                    AggregateFunction.STDDEV_POP,
                    AggregateFunction.STDDEV_SAMP,
                    AggregateFunction.ARG_MIN,
                    AggregateFunction.ARG_MAX);

    public WindowCall {
        arguments = List.copyOf(arguments);
    }

    /// Whether the aggregate can be computed over frames that leave rows behind, not only over those that grow.
    public static boolean slides(AggregateFunction function) {
        return SLIDING.contains(function);
    }

    /// Whether the answer depends on which of two rows that the call's order does not tell apart comes first.
    public boolean dependsOnTies() {
        return switch (function) {
            case WindowFunction.Place place -> place == WindowFunction.Place.ROW_NUMBER;
            case WindowFunction.Tile _,
                    WindowFunction.Shift _,
                    WindowFunction.HasShifted _,
                    WindowFunction.Nth _,
                    WindowFunction.Last _ ->
                    true;
            case WindowFunction.Aggregated _ ->
                    frame.unit() == WindowFrame.Unit.ROWS && !frame.isPartition();
        };
    }
}
