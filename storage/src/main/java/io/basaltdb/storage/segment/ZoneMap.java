package io.basaltdb.storage.segment;

import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Value;
import org.jspecify.annotations.Nullable;

/// What is known of one column's values in a granule, part or table without reading them.
///
/// @param rowCount rows, nulls included
/// @param nullCount rows that are NULL
/// @param min a lower bound on the non-null values, inclusive; null where there is none (all rows NULL)
/// @param max an upper bound, inclusive; null where there is none
/// @param exact whether `min` and `max` are values that occur; long strings are cut to a prefix and `max` rounded up
public record ZoneMap(
        long rowCount, long nullCount, @Nullable Value min, @Nullable Value max, boolean exact) {
    /// Whether some row may hold an allowed value.
    public boolean mayMatch(Ranges ranges) {
        if (ranges.includesNull() && nullCount > 0) {
            return true;
        }
        return min != null && max != null && ranges.overlaps(min, max);
    }

    /// Whether every row surely holds an allowed value.
    public boolean allMatch(Ranges ranges) {
        if (nullCount > 0 && !ranges.includesNull()) {
            return false;
        }
        return min == null || max == null || ranges.covers(min, max);
    }

    /// What is known of the rows of both.
    public ZoneMap union(ZoneMap other) {
        return new ZoneMap(
                rowCount + other.rowCount,
                nullCount + other.nullCount,
                min == null || (other.min != null && Value.compare(other.min, min) < 0)
                        ? other.min
                        : min,
                max == null || (other.max != null && Value.compare(other.max, max) > 0)
                        ? other.max
                        : max,
                exact && other.exact);
    }
}
