package io.basaltdb.storage.segment;

import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns allowed strings into allowed codes of a sorted dictionary, by binary search.
final class CodeRanges {
    /// Compares strings of a dictionary with a bound.
    private interface Strings {
        int size();

        /// Orders the code's string and the bound.
        int compare(int code, byte[] bound);
    }

    private CodeRanges() {}

    static RangeFilter of(Ranges ranges, Dictionary dictionary) {
        BytesVector values = (BytesVector) dictionary.values();
        return of(
                ranges,
                new Strings() {
                    @Override
                    public int size() {
                        return values.size();
                    }

                    @Override
                    public int compare(int code, byte[] bound) {
                        int from = values.start()[code];
                        int to = from + values.length()[code];
                        return Arrays.compareUnsigned(
                                values.heap(), from, to, bound, 0, bound.length);
                    }
                });
    }

    static RangeFilter of(
            Ranges ranges, SegmentDictionary dictionary, SegmentDictionary.Block block) {
        return of(
                ranges,
                new Strings() {
                    @Override
                    public int size() {
                        return dictionary.size();
                    }

                    @Override
                    public int compare(int code, byte[] bound) {
                        int at = block.find(code);
                        int from = block.strings.start[at];
                        int to = from + block.strings.length[at];
                        return Arrays.compareUnsigned(
                                block.strings.heap, from, to, bound, 0, bound.length);
                    }
                });
    }

    private static RangeFilter of(Ranges ranges, Strings strings) {
        List<Ranges.Interval> intervals = ranges.intervals();
        long[] lows = new long[intervals.size()];
        long[] highs = new long[intervals.size()];
        int kept = 0;
        for (Ranges.Interval interval : intervals) {
            int low = first(strings, interval.low(), interval.lowInclusive(), 0);
            int high =
                    first(strings, interval.high(), !interval.highInclusive(), strings.size()) - 1;
            if (low > high) {
                continue;
            }
            if (kept > 0 && highs[kept - 1] == low - 1) {
                highs[kept - 1] = high;
            } else {
                lows[kept] = low;
                highs[kept++] = high;
            }
        }
        return RangeFilter.ofKeys(
                ranges.includesNull(), Arrays.copyOf(lows, kept), Arrays.copyOf(highs, kept));
    }

    /// The first code whose string is at or above the bound (above it, where `orEqual` is not set).
    private static int first(Strings strings, @Nullable Value bound, boolean orEqual, int open) {
        if (bound == null) {
            return open;
        }
        byte[] bytes = ((Value.Bytes) bound).value();
        int from = 0;
        int to = strings.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            int order = strings.compare(middle, bytes);
            if (order > 0 || (order == 0 && orEqual)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }
}
