package io.basaltdb.storage.part;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.encoding.ValueBytes;
import io.basaltdb.storage.segment.Bounds;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sort key of the first row of each granule, strings cut to [Bounds#ZONE_BYTES] + 1 bytes (so that a cut one is known as such).
/// Immutable.
///
/// As bytes: granule by granule, column by column of the sort key, the value as [ValueBytes] writes it.
record SparseIndex(List<List<Value>> firstKeys) {
    SparseIndex {
        firstKeys = List.copyOf(firstKeys);
    }

    /// @param columns per column of the sort key, the value of each granule's first row
    static SparseIndex ofColumns(int granuleCount, List<List<Value>> columns) {
        List<List<Value>> keys = new ArrayList<>(granuleCount);
        for (int g = 0; g < granuleCount; g++) {
            List<Value> key = new ArrayList<>(columns.size());
            for (List<Value> column : columns) {
                key.add(column.get(g));
            }
            keys.add(List.copyOf(key));
        }
        return new SparseIndex(keys);
    }

    void write(ByteSink sink) {
        for (List<Value> key : firstKeys) {
            for (Value value : key) {
                ValueBytes.write(value, sink);
            }
        }
    }

    static SparseIndex read(ByteSource source, int granuleCount, int keyColumns) {
        List<List<Value>> keys = new ArrayList<>();
        for (int g = 0; g < granuleCount; g++) {
            List<Value> key = new ArrayList<>(keyColumns);
            for (int i = 0; i < keyColumns; i++) {
                key.add(ValueBytes.read(source));
            }
            keys.add(List.copyOf(key));
        }
        source.expectEnd();
        return new SparseIndex(keys);
    }

    /// Clears the bits of granules whose rows cannot satisfy all predicates.
    ///
    /// @param predicates per column of the sort key the allowed values; null: any
    void prune(List<@Nullable Ranges> predicates, BitSet granules) {
        for (int g = granules.nextSetBit(0); g >= 0; g = granules.nextSetBit(g + 1)) {
            if (!mayMatch(g, predicates)) {
                granules.clear(g);
            }
        }
    }

    /// The first and the last granule in which a row may begin with that key, as the high and the low half of one number.
    ///
    /// @param key a value for each of the first columns
    long granules(List<Value> key) {
        int from = first(key, false) - 1;
        int to = first(key, true) - 1;
        return (long) Math.max(0, from) << 32 | Math.max(0, to);
    }

    /// The first column of all first keys, where it holds nothing but whole numbers; else null.
    long @Nullable [] firstNumbers() {
        long[] numbers = new long[firstKeys.size()];
        for (int g = 0; g < numbers.length; g++) {
            if (!(firstKeys.get(g).getFirst() instanceof Value.Whole(long number))) {
                return null;
            }
            numbers[g] = number;
        }
        return numbers;
    }

    /// The first granule whose first row stands surely not before the key, or, with `behind`, surely behind it.
    private int first(List<Value> key, boolean behind) {
        int low = 0;
        int high = firstKeys.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = compare(firstKeys.get(middle), key);
            if (order > 0 || (order == 0 && !behind)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// 0 also where a text that was cut does not tell.
    private static int compare(List<Value> first, List<Value> key) {
        for (int i = 0; i < key.size(); i++) {
            Value cut = Bounds.lower(key.get(i), Bounds.ZONE_BYTES + 1);
            int order = Value.compare(first.get(i), cut);
            if (order != 0 || isCut(cut)) {
                return order;
            }
        }
        return 0;
    }

    /// All rows of the granule lie between its first key and the next granule's. As long as the two agree, the next column is
    /// bounded too.
    private boolean mayMatch(int granule, List<@Nullable Ranges> predicates) {
        List<Value> from = firstKeys.get(granule);
        @Nullable List<Value> to =
                granule + 1 < firstKeys.size() ? firstKeys.get(granule + 1) : null;
        for (int i = 0; i < from.size(); i++) {
            Value low = from.get(i);
            Value high = to == null ? Value.NULL : to.get(i);
            Ranges ranges = predicates.get(i);
            if (ranges != null && !mayHold(low, high, ranges)) {
                return false;
            }
            if (isCut(low) || Value.compare(low, high) != 0) {
                return true;
            }
        }
        return true;
    }

    /// Whether a value from `low` to `high`, both inclusive, NULL being greatest, may be allowed.
    private static boolean mayHold(Value low, Value high, Ranges ranges) {
        if (high.isNull() && ranges.includesNull()) {
            return true;
        }
        if (low.isNull()) {
            return ranges.includesNull();
        }
        Value least = Bounds.lower(low, Bounds.ZONE_BYTES);
        for (Ranges.Interval interval : ranges.intervals()) {
            boolean aboveLow = overlapsFrom(interval, least);
            boolean belowHigh = high.isNull() || overlapsTo(interval, upper(high));
            if (aboveLow && belowHigh) {
                return true;
            }
        }
        return false;
    }

    private static Value upper(Value high) {
        return isCut(high) ? Bounds.upper(high, Bounds.ZONE_BYTES) : high;
    }

    private static boolean isCut(Value value) {
        return Bounds.isCut(value, Bounds.ZONE_BYTES);
    }

    /// Whether the interval holds something at or above `least`.
    private static boolean overlapsFrom(Ranges.Interval interval, Value least) {
        Value high = interval.high();
        if (high == null) {
            return true;
        }
        int order = Value.compare(high, least);
        return order > 0 || (order == 0 && interval.highInclusive());
    }

    /// Whether the interval holds something at or below `greatest`.
    private static boolean overlapsTo(Ranges.Interval interval, Value greatest) {
        Value low = interval.low();
        if (low == null) {
            return true;
        }
        int order = Value.compare(low, greatest);
        return order < 0 || (order == 0 && interval.lowInclusive());
    }
}
