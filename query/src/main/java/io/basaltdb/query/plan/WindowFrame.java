package io.basaltdb.query.plan;

import io.basaltdb.storage.type.Value;

/// The rows around a row that a window call looks at, all of its partition. Both bounds only ever move forward from row to row.
///
/// @param exclusion rows of the frame that are left out
public record WindowFrame(Unit unit, Bound start, Bound end, Exclusion exclusion) {
    /// All rows of the partition.
    public static final WindowFrame PARTITION =
            new WindowFrame(
                    Unit.ROWS, Edge.PARTITION_START, Edge.PARTITION_END, Exclusion.NO_OTHERS);

    /// What a frame without a clause is where there is an order: up to the last row that the order does not tell from this one.
    public static final WindowFrame UP_TO_PEERS =
            new WindowFrame(
                    Unit.RANGE, Edge.PARTITION_START, Edge.CURRENT_ROW, Exclusion.NO_OTHERS);

    /// What a distance counts. The current row is in RANGE and GROUPS all its peers: the rows that the order does not tell from it.
    public enum Unit {
        ROWS,
        RANGE,
        GROUPS
    }

    public enum Exclusion {
        NO_OTHERS,
        CURRENT_ROW,
        GROUP,
        TIES
    }

    /// One end of a frame; the row or rows that it names are in it.
    public sealed interface Bound {}

    public enum Edge implements Bound {
        PARTITION_START,
        CURRENT_ROW,
        PARTITION_END
    }

    /// So many rows (ROWS) or peer groups (GROUPS) behind the current one; before it where negative.
    public record Away(long distance) implements Bound {}

    /// RANGE: where the key is that far behind the current one, in units of the key's type; before it where negative. "Behind" is in the direction
    /// of the order.
    ///
    /// @param distance whole or floating as the key is
    public record Near(Value distance) implements Bound {}

    /// RANGE: where the key, a date or timestamp, is so many months behind the current one.
    public record Months(long distance) implements Bound {}

    /// Whether the frame of every row of a partition begins with its first and leaves no row out that an earlier frame had.
    public boolean onlyGrows() {
        return start == Edge.PARTITION_START && exclusion == Exclusion.NO_OTHERS;
    }

    /// Whether it is the whole partition for every row.
    public boolean isPartition() {
        return onlyGrows() && end == Edge.PARTITION_END;
    }
}
