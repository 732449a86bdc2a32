package io.basaltdb.query.optimizer;

import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Ranges.Interval;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Intersection and union of sets of values.
final class RangeAlgebra {
    private RangeAlgebra() {}

    static Ranges intersect(Ranges left, Ranges right) {
        List<Interval> result = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < left.intervals().size() && j < right.intervals().size()) {
            Interval a = left.intervals().get(i);
            Interval b = right.intervals().get(j);
            @Nullable Interval common = intersect(a, b);
            if (common != null) {
                result.add(common);
            }
            if (compareHighs(a, b) < 0) {
                i++;
            } else {
                j++;
            }
        }
        return new Ranges(result, left.includesNull() && right.includesNull());
    }

    static Ranges union(Ranges left, Ranges right) {
        List<Interval> all = new ArrayList<>(left.intervals());
        all.addAll(right.intervals());
        all.sort(RangeAlgebra::compareLows);
        List<Interval> result = new ArrayList<>();
        for (Interval next : all) {
            @Nullable Interval last = result.isEmpty() ? null : result.getLast();
            if (last != null && touches(last, next)) {
                result.set(result.size() - 1, span(last, next));
            } else {
                result.add(next);
            }
        }
        return new Ranges(result, left.includesNull() || right.includesNull());
    }

    /// The values, NULL apart, that are not in the set.
    static List<Interval> complement(Ranges ranges) {
        List<Interval> gaps = new ArrayList<>();
        @Nullable Value from = null;
        boolean fromInclusive = false;
        for (Interval interval : ranges.intervals()) {
            @Nullable Value low = interval.low();
            boolean empty =
                    from != null
                            && low != null
                            && Value.compare(from, low) == 0
                            && !(fromInclusive && !interval.lowInclusive());
            if (low != null && !empty) {
                gaps.add(new Interval(from, fromInclusive, low, !interval.lowInclusive()));
            }
            from = interval.high();
            fromInclusive = !interval.highInclusive();
            if (from == null) {
                return gaps;
            }
        }
        gaps.add(new Interval(from, fromInclusive, null, false));
        return gaps;
    }

    private static @Nullable Interval intersect(Interval a, Interval b) {
        Interval low = compareLows(a, b) >= 0 ? a : b;
        Interval high = compareHighs(a, b) <= 0 ? a : b;
        @Nullable Value from = low.low();
        @Nullable Value to = high.high();
        if (from != null && to != null) {
            int order = Value.compare(from, to);
            if (order > 0 || (order == 0 && !(low.lowInclusive() && high.highInclusive()))) {
                return null;
            }
        }
        return new Interval(from, low.lowInclusive(), to, high.highInclusive());
    }

    private static Interval span(Interval a, Interval b) {
        Interval high = compareHighs(a, b) >= 0 ? a : b;
        return new Interval(a.low(), a.lowInclusive(), high.high(), high.highInclusive());
    }

    /// Whether the second, which does not begin before the first, begins inside it or right at its end.
    private static boolean touches(Interval first, Interval second) {
        @Nullable Value end = first.high();
        @Nullable Value start = second.low();
        if (end == null || start == null) {
            return true;
        }
        int order = Value.compare(start, end);
        return order < 0 || (order == 0 && (first.highInclusive() || second.lowInclusive()));
    }

    private static int compareLows(Interval a, Interval b) {
        @Nullable Value left = a.low();
        @Nullable Value right = b.low();
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        int order = Value.compare(left, right);
        return order != 0 ? order : Boolean.compare(b.lowInclusive(), a.lowInclusive());
    }

    private static int compareHighs(Interval a, Interval b) {
        @Nullable Value left = a.high();
        @Nullable Value right = b.high();
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        int order = Value.compare(left, right);
        return order != 0 ? order : Boolean.compare(a.highInclusive(), b.highInclusive());
    }
}
