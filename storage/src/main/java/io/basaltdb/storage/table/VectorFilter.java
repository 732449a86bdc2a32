package io.basaltdb.storage.table;

import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The lanes of a vector whose values a set of ranges allows.
public final class VectorFilter {
    private VectorFilter() {}

    /// The lanes among `among` (null: all), in the same order.
    public static Selection select(Vector vector, Ranges ranges, @Nullable Selection among) {
        int count = among == null ? vector.size() : among.count();
        int[] rows = among == null ? ascending(count) : among.rows();
        int[] passed = new int[count];
        int passedCount =
                switch (vector) {
                    case LongVector longs -> longs(longs, ranges, rows, count, passed);
                    default -> byValue(vector, ranges, rows, count, passed);
                };
        return new Selection(passed, passedCount);
    }

    private static int[] ascending(int count) {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = i;
        }
        return rows;
    }

    private static int longs(
            LongVector vector, Ranges ranges, int[] rows, int count, int[] passed) {
        int intervals = ranges.intervals().size();
        long[] lows = new long[intervals];
        long[] highs = new long[intervals];
        int used = 0;
        for (Ranges.Interval interval : ranges.intervals()) {
            if (!LongInterval.put(interval, lows, highs, used)) {
                return byValue(vector, ranges, rows, count, passed);
            }
            used += lows[used] <= highs[used] ? 1 : 0;
        }
        return used == 1
                ? inOne(vector, lows[0], highs[0], ranges.includesNull(), rows, count, passed)
                : inSome(vector, lows, highs, used, ranges.includesNull(), rows, count, passed);
    }

    @SuppressWarnings("ShortCircuitBoolean") // no branch on data
    private static int inOne(
            LongVector vector,
            long low,
            long high,
            boolean includesNull,
            int[] rows,
            int count,
            int[] passed) {
        long[] values = vector.values();
        long @Nullable [] validity = vector.validity();
        int at = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long value = values[row];
            boolean inside = value >= low & value <= high;
            boolean valid = validity == null || (validity[row >> 6] >>> row & 1) != 0;
            passed[at] = row;
            at += (valid ? inside : includesNull) ? 1 : 0;
        }
        return at;
    }

    private static int inSome(
            LongVector vector,
            long[] lows,
            long[] highs,
            int used,
            boolean includesNull,
            int[] rows,
            int count,
            int[] passed) {
        long[] values = vector.values();
        int at = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            passed[at] = row;
            if (vector.isNull(row)) {
                at += includesNull ? 1 : 0;
            } else {
                int found = Arrays.binarySearch(lows, 0, used, values[row]);
                int interval = found >= 0 ? found : -found - 2;
                at += interval >= 0 && values[row] <= highs[interval] ? 1 : 0;
            }
        }
        return at;
    }

    private static int byValue(Vector vector, Ranges ranges, int[] rows, int count, int[] passed) {
        int at = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            passed[at] = row;
            at += allows(ranges, vector, row) ? 1 : 0;
        }
        return at;
    }

    private static boolean allows(Ranges ranges, Vector vector, int row) {
        return ranges.contains(VectorValues.value(vector, row));
    }

    /// An interval of whole numbers as two inclusive bounds.
    private static final class LongInterval {
        private LongInterval() {}

        /// False where a bound is no whole number of 64 bits. An empty interval has its low bound above its high one.
        static boolean put(Ranges.Interval interval, long[] lows, long[] highs, int at) {
            lows[at] = Long.MIN_VALUE;
            highs[at] = Long.MAX_VALUE;
            Value low = interval.low();
            if (low != null) {
                if (!(low instanceof Value.Whole(long bound))) {
                    return false;
                }
                if (!interval.lowInclusive() && bound == Long.MAX_VALUE) {
                    highs[at] = Long.MIN_VALUE;
                    return true;
                }
                lows[at] = interval.lowInclusive() ? bound : bound + 1;
            }
            Value high = interval.high();
            if (high != null) {
                if (!(high instanceof Value.Whole(long bound))) {
                    return false;
                }
                if (!interval.highInclusive() && bound == Long.MIN_VALUE) {
                    lows[at] = Long.MAX_VALUE;
                    highs[at] = Long.MIN_VALUE;
                    return true;
                }
                highs[at] = interval.highInclusive() ? bound : bound - 1;
            }
            return true;
        }
    }
}
