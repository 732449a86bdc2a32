package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.BytesBlock;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The allowed values of a column, in the form that its loops compare with: closed intervals, ascending and disjoint, over keys that
/// order as the values do. Immutable.
///
/// LONG, BITS (0 and 1) and dictionary codes are their own keys; the key of a double is its bits, turned so that they order as numbers do.
/// A flag is 1 for a value that is allowed and 0 for one that is not; flags are made for all lanes at once, without a branch.
final class RangeFilter {
    /// With more intervals than this, each lane is looked up instead of comparing it with every interval.
    private static final int MAX_COMPARED = 8;

    final boolean includesNull;
    private final long[] lows;
    private final long[] highs;

    private RangeFilter(boolean includesNull, long[] lows, long[] highs) {
        this.includesNull = includesNull;
        this.lows = lows;
        this.highs = highs;
    }

    /// A filter over keys.
    static RangeFilter ofKeys(boolean includesNull, long[] lows, long[] highs) {
        assert lows.length == highs.length;
        return new RangeFilter(includesNull, lows, highs);
    }

    /// The filter for a column of that form, which is none of WIDE and BYTES.
    static RangeFilter of(Physical physical, Ranges ranges) {
        int count = ranges.intervals().size();
        long[] lows = new long[count];
        long[] highs = new long[count];
        int kept = 0;
        for (Ranges.Interval interval : ranges.intervals()) {
            long low = lowKey(physical, interval.low(), interval.lowInclusive());
            long high = highKey(physical, interval.high(), interval.highInclusive());
            boolean impossible =
                    isAbove(physical, interval.low()) || isBelow(physical, interval.high());
            boolean wrappedLow =
                    isKey(interval.low()) && !interval.lowInclusive() && low == Long.MIN_VALUE;
            boolean wrappedHigh =
                    isKey(interval.high()) && !interval.highInclusive() && high == Long.MAX_VALUE;
            if (low <= high && !impossible && !wrappedLow && !wrappedHigh) {
                lows[kept] = low;
                highs[kept++] = high;
            }
        }
        return new RangeFilter(
                ranges.includesNull(), Arrays.copyOf(lows, kept), Arrays.copyOf(highs, kept));
    }

    /// Whether a bound is there and is a key or next to one.
    private static boolean isKey(@Nullable Value bound) {
        return bound != null && !(bound instanceof Value.Wide);
    }

    /// Whether a bound lies above all `long` numbers.
    private static boolean isAbove(Physical physical, @Nullable Value bound) {
        return physical == Physical.LONG
                && bound instanceof Value.Wide(long high, long _)
                && high >= 0;
    }

    /// Whether a bound lies below all `long` numbers.
    private static boolean isBelow(Physical physical, @Nullable Value bound) {
        return physical == Physical.LONG
                && bound instanceof Value.Wide(long high, long _)
                && high < 0;
    }

    private static long lowKey(Physical physical, @Nullable Value bound, boolean inclusive) {
        if (bound == null || bound instanceof Value.Wide) {
            return Long.MIN_VALUE;
        }
        long key = key(physical, bound);
        return inclusive ? key : key + 1;
    }

    private static long highKey(Physical physical, @Nullable Value bound, boolean inclusive) {
        if (bound == null || bound instanceof Value.Wide) {
            return Long.MAX_VALUE;
        }
        long key = key(physical, bound);
        return inclusive ? key : key - 1;
    }

    private static long key(Physical physical, Value value) {
        return switch (value) {
            case Value.Bool(boolean bit) -> bit ? 1 : 0;
            case Value.Whole(long whole) -> whole;
            case Value.Floating(double number) -> key(number);
            case Value.Null _, Value.Wide _, Value.Bytes _ ->
                    throw new AssertionError(physical + " compared with " + value);
        };
    }

    /// A number that orders as doubles do: −0.0 equal to 0.0, NaN equal to itself and greatest.
    static long key(double value) {
        double positive = value + 0.0;
        long bits = Double.doubleToRawLongBits(Double.isNaN(positive) ? Double.NaN : positive);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    boolean isEmpty() {
        return lows.length == 0;
    }

    int intervalCount() {
        return lows.length;
    }

    boolean containsKey(long key) {
        for (int i = 0; i < lows.length; i++) {
            if (key >= lows[i] && key <= highs[i]) {
                return true;
            }
        }
        return false;
    }

    /// Writes the flag of each key.
    ///
    /// @param min a lower bound on the keys
    /// @param max an upper bound on the keys
    void flags(long[] keys, int count, long min, long max, long[] out) {
        Arrays.fill(out, 0, count, 0);
        int from = 0;
        while (from < lows.length && highs[from] < min) {
            from++;
        }
        int to = lows.length;
        while (to > from && lows[to - 1] > max) {
            to--;
        }
        if (to - from > MAX_COMPARED) {
            search(keys, count, from, to, out);
            return;
        }
        boolean near = max - min >= 0; // differences of keys fit 63 bits
        for (int i = from; i < to; i++) {
            if (near) {
                addNear(keys, count, Math.max(lows[i], min), Math.min(highs[i], max), out);
            } else {
                addFar(keys, count, lows[i], highs[i], out);
            }
        }
    }

    /// Neither difference overflows, so the sign bits say on which side of the interval a key lies.
    private static void addNear(long[] keys, int count, long low, long high, long[] out) {
        for (int i = 0; i < count; i++) {
            out[i] |= (((keys[i] - low) | (high - keys[i])) >>> 63) ^ 1;
        }
    }

    /// Differences may overflow; then their sign bit is the wrong one, which the sign bits of both keys tell.
    private static void addFar(long[] keys, int count, long low, long high, long[] out) {
        for (int i = 0; i < count; i++) {
            long key = keys[i];
            long fromLow = key - low;
            long toHigh = high - key;
            long belowLow = fromLow ^ ((key ^ low) & (fromLow ^ key));
            long aboveHigh = toHigh ^ ((high ^ key) & (toHigh ^ high));
            out[i] |= ((belowLow | aboveHigh) >>> 63) ^ 1;
        }
    }

    private void search(long[] keys, int count, int from, int to, long[] out) {
        for (int i = 0; i < count; i++) {
            int at = Arrays.binarySearch(lows, from, to, keys[i]);
            int candidate = at >= 0 ? at : -at - 2;
            out[i] = candidate >= from && keys[i] <= highs[candidate] ? 1 : 0;
        }
    }

    /// Writes the flag of each wide number among the lanes.
    static void wideFlags(Ranges ranges, long[] high, long[] low, int count, long[] out) {
        List<Ranges.Interval> intervals = ranges.intervals();
        Arrays.fill(out, 0, count, 0);
        for (Ranges.Interval interval : intervals) {
            BigInteger from = closed(interval.low(), interval.lowInclusive(), 1);
            BigInteger to = closed(interval.high(), interval.highInclusive(), -1);
            if ((from != null && from.bitLength() > 127) || (to != null && to.bitLength() > 127)) {
                continue; // only a bound next to the end of all numbers, exclusive
            }
            addWideWithin(
                    from == null ? Long.MIN_VALUE : from.shiftRight(64).longValue(),
                    from == null ? 0 : from.longValue(),
                    to == null ? Long.MAX_VALUE : to.shiftRight(64).longValue(),
                    to == null ? -1 : to.longValue(),
                    high,
                    low,
                    count,
                    out);
        }
    }

    private static @Nullable BigInteger closed(@Nullable Value bound, boolean inclusive, int step) {
        if (bound == null) {
            return null;
        }
        BigInteger number = Value.unscaled(bound);
        return inclusive ? number : number.add(BigInteger.valueOf(step));
    }

    private static void addWideWithin(
            long fromHigh,
            long fromLow,
            long toHigh,
            long toLow,
            long[] high,
            long[] low,
            int count,
            long[] out) {
        for (int i = 0; i < count; i++) {
            boolean above =
                    high[i] > fromHigh
                            || (high[i] == fromHigh && Long.compareUnsigned(low[i], fromLow) >= 0);
            boolean below =
                    high[i] < toHigh
                            || (high[i] == toHigh && Long.compareUnsigned(low[i], toLow) <= 0);
            out[i] |= above && below ? 1 : 0;
        }
    }

    /// The intervals of a string column, as bytes.
    static final class OfBytes {
        private final byte[] @Nullable [] lows;
        private final boolean[] lowInclusive;
        private final byte[] @Nullable [] highs;
        private final boolean[] highInclusive;

        OfBytes(Ranges ranges) {
            List<Ranges.Interval> intervals = new ArrayList<>(ranges.intervals());
            int count = intervals.size();
            lows = new byte[count][];
            highs = new byte[count][];
            lowInclusive = new boolean[count];
            highInclusive = new boolean[count];
            for (int i = 0; i < count; i++) {
                Ranges.Interval interval = intervals.get(i);
                lows[i] = bytes(interval.low());
                highs[i] = bytes(interval.high());
                lowInclusive[i] = interval.lowInclusive();
                highInclusive[i] = interval.highInclusive();
            }
        }

        private static byte @Nullable [] bytes(@Nullable Value bound) {
            return bound == null ? null : ((Value.Bytes) bound).value();
        }

        boolean contains(byte[] heap, int start, int length) {
            int from = 0;
            int to = lows.length - 1;
            while (from <= to) {
                int middle = (from + to) >>> 1;
                byte[] low = lows[middle];
                int order = low == null ? 1 : compare(heap, start, length, low);
                if (order < 0 || (order == 0 && !lowInclusive[middle])) {
                    to = middle - 1;
                    continue;
                }
                byte[] high = highs[middle];
                order = high == null ? -1 : compare(heap, start, length, high);
                if (order > 0 || (order == 0 && !highInclusive[middle])) {
                    from = middle + 1;
                    continue;
                }
                return true;
            }
            return false;
        }

        private static int compare(byte[] heap, int start, int length, byte[] bound) {
            return Arrays.compareUnsigned(heap, start, start + length, bound, 0, bound.length);
        }

        /// Writes the flag of each chosen string.
        void flags(BytesBlock values, int[] rows, int count, long[] out) {
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                out[row] = contains(values.heap, values.start[row], values.length[row]) ? 1 : 0;
            }
        }
    }
}
