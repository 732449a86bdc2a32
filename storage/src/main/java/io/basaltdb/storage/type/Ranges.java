package io.basaltdb.storage.type;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A set of values of one type as sorted, disjoint, non-empty intervals, and whether NULL belongs to it. What a predicate on one
/// column allows (`x = 5`, `x IN (…)`, `x BETWEEN … AND …`, `x IS NULL`): used to prune by sparse index and zone map and
/// to select on encoded data.
///
/// @param intervals ascending and disjoint
/// @param includesNull whether NULL is allowed
public record Ranges(List<Interval> intervals, boolean includesNull) {
    public Ranges {
        intervals = List.copyOf(intervals);
    }

    /// From `low` to `high`; a null bound is open to that side; never empty.
    public record Interval(
            @Nullable Value low,
            boolean lowInclusive,
            @Nullable Value high,
            boolean highInclusive) {
        public boolean isPoint() {
            return low != null
                    && high != null
                    && lowInclusive
                    && highInclusive
                    && Value.compare(low, high) == 0;
        }

        public boolean contains(Value value) {
            return aboveLow(value) && belowHigh(value);
        }

        private boolean aboveLow(Value value) {
            if (low == null) {
                return true;
            }
            int order = Value.compare(value, low);
            return order > 0 || (order == 0 && lowInclusive);
        }

        private boolean belowHigh(Value value) {
            if (high == null) {
                return true;
            }
            int order = Value.compare(value, high);
            return order < 0 || (order == 0 && highInclusive);
        }

        /// Whether some value between `min` and `max`, both inclusive, may lie in this interval.
        public boolean overlaps(Value min, Value max) {
            return aboveLow(max) && belowHigh(min);
        }

        /// Whether every value between `min` and `max`, both inclusive, lies in this interval.
        public boolean covers(Value min, Value max) {
            return contains(min) && contains(max);
        }
    }

    public static Ranges of(Interval... intervals) {
        return new Ranges(List.of(intervals), false);
    }

    public static Ranges onlyNull() {
        return new Ranges(List.of(), true);
    }

    public static Ranges everythingButNull() {
        return of(new Interval(null, false, null, false));
    }

    public static Ranges point(Value value) {
        return of(new Interval(value, true, value, true));
    }

    /// The points of a list; order and repetition do not matter.
    public static Ranges points(List<Value> values) {
        List<Value> sorted = new ArrayList<>(values);
        sorted.sort(Value::compare);
        List<Interval> intervals = new ArrayList<>(sorted.size());
        @Nullable Value last = null;
        for (Value value : sorted) {
            if (!value.isNull() && (last == null || Value.compare(last, value) != 0)) {
                intervals.add(new Interval(value, true, value, true));
                last = value;
            }
        }
        return new Ranges(intervals, false);
    }

    public boolean isEmpty() {
        return intervals.isEmpty() && !includesNull;
    }

    public boolean contains(Value value) {
        return value.isNull() ? includesNull : indexOf(value) >= 0;
    }

    /// Index of the interval that holds the non-null value, or -1.
    private int indexOf(Value value) {
        int from = 0;
        int to = intervals.size() - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            Interval interval = intervals.get(middle);
            if (!interval.aboveLow(value)) {
                to = middle - 1;
            } else if (!interval.belowHigh(value)) {
                from = middle + 1;
            } else {
                return middle;
            }
        }
        return -1;
    }

    /// Whether a set of non-null values between `min` and `max` may hold an allowed one. Logarithmic in the number of intervals.
    public boolean overlaps(Value min, Value max) {
        int from = 0;
        int to = intervals.size() - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            Interval interval = intervals.get(middle);
            if (!interval.aboveLow(max)) {
                to = middle - 1;
            } else if (!interval.belowHigh(min)) {
                from = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /// Whether every non-null value between `min` and `max` is allowed.
    public boolean covers(Value min, Value max) {
        int at = indexOf(min);
        return at >= 0 && intervals.get(at).contains(max);
    }
}
