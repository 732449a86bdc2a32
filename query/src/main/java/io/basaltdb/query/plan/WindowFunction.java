package io.basaltdb.query.plan;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.AggregateParameters;

/// What a window call computes for a row from the rows around it. A closed set; execution switches over it without a default.
public sealed interface WindowFunction {
    /// The row's place in its partition; no arguments, no frame.
    enum Place implements WindowFunction {
        ROW_NUMBER,
        RANK,
        DENSE_RANK,
        PERCENT_RANK,
        CUME_DIST
    }

    /// NTILE: the row's number among that many parts of the partition as equal as can be.
    record Tile(long parts) implements WindowFunction {}

    /// LAG and LEAD: the argument's value that many rows behind this one (before it, where negative); NULL where there is none.
    record Shift(long rows) implements WindowFunction {}

    /// Whether there is a row that many rows behind this one (before it, where negative).
    record HasShifted(long rows) implements WindowFunction {}

    /// FIRST_VALUE and NTH_VALUE: the argument's value in row number `n` of the frame, from 1.
    record Nth(long n) implements WindowFunction {}

    /// LAST_VALUE.
    record Last() implements WindowFunction {}

    /// An aggregate over the rows of the frame.
    ///
    /// @param parameters what the call says beside its arguments
    record Aggregated(AggregateFunction function, AggregateParameters parameters)
            implements WindowFunction {}
}
