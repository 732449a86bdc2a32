package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.encoding.ValueBytes;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The zone maps of all granules of a segment, in arrays. Immutable once read or written in full.
///
/// As bytes, per granule: the number of NULLs as a varint, then unless all are NULL the least and the greatest value. Those are signed
/// varints for LONG, the greatest less the least; one byte each for BITS; eight bytes each for DOUBLE; else values as
/// [ValueBytes] writes them, behind one byte that is 1 where both are exact.
final class ZoneMaps {
    private final Physical physical;
    private final int[] rowCounts;
    private final int[] nullCounts;
    private final long[] mins;
    private final long[] maxs;
    private final @Nullable Value[] minValues;
    private final @Nullable Value[] maxValues;
    private final boolean[] exact;
    // Of values: whether both bounds are the same, so that nobody has to look at them again.
    private final boolean[] constant;

    ZoneMaps(Physical physical, int granules) {
        this.physical = physical;
        boolean simple = physical != Physical.WIDE && physical != Physical.BYTES;
        rowCounts = new int[granules];
        nullCounts = new int[granules];
        mins = new long[simple ? granules : 0];
        maxs = new long[simple ? granules : 0];
        minValues = new @Nullable Value[simple ? 0 : granules];
        maxValues = new @Nullable Value[simple ? 0 : granules];
        exact = new boolean[simple ? 0 : granules];
        constant = new boolean[simple ? 0 : granules];
    }

    /// The first ones of another's, and room for more where it has fewer.
    ZoneMaps(ZoneMaps first, int granules) {
        physical = first.physical;
        rowCounts = Arrays.copyOf(first.rowCounts, granules);
        nullCounts = Arrays.copyOf(first.nullCounts, granules);
        boolean simple = physical != Physical.WIDE && physical != Physical.BYTES;
        mins = Arrays.copyOf(first.mins, simple ? granules : 0);
        maxs = Arrays.copyOf(first.maxs, simple ? granules : 0);
        minValues = Arrays.copyOf(first.minValues, simple ? 0 : granules);
        maxValues = Arrays.copyOf(first.maxValues, simple ? 0 : granules);
        exact = Arrays.copyOf(first.exact, simple ? 0 : granules);
        constant = Arrays.copyOf(first.constant, simple ? 0 : granules);
    }

    int size() {
        return rowCounts.length;
    }

    int nullCount(int granule) {
        return nullCounts[granule];
    }

    int rowCount(int granule) {
        return rowCounts[granule];
    }

    void set(int granule, ZoneMap zone) {
        rowCounts[granule] = (int) zone.rowCount();
        nullCounts[granule] = (int) zone.nullCount();
        Value min = zone.min();
        Value max = zone.max();
        if (min == null || max == null) {
            return;
        }
        switch (physical) {
            case LONG, BITS, DOUBLE -> {
                mins[granule] = simple(min);
                maxs[granule] = simple(max);
            }
            case WIDE, BYTES -> {
                minValues[granule] = min;
                maxValues[granule] = max;
                exact[granule] = zone.exact();
                constant[granule] = zone.exact() && Value.compare(min, max) == 0;
            }
        }
    }

    private static long simple(Value value) {
        return switch (value) {
            case Value.Bool(boolean bit) -> bit ? 1 : 0;
            case Value.Whole(long whole) -> whole;
            case Value.Floating(double number) -> Double.doubleToRawLongBits(number);
            case Value.Null _, Value.Wide _, Value.Bytes _ -> throw new AssertionError(value);
        };
    }

    private Value value(long simple) {
        return switch (physical) {
            case LONG -> Value.of(simple);
            case BITS -> Value.of(simple != 0);
            case DOUBLE -> Value.of(Double.longBitsToDouble(simple));
            case WIDE, BYTES -> throw new AssertionError(physical);
        };
    }

    ZoneMap get(int granule) {
        int rows = rowCounts[granule];
        int nulls = nullCounts[granule];
        if (nulls == rows) {
            return new ZoneMap(rows, nulls, null, null, true);
        }
        return switch (physical) {
            case LONG, BITS, DOUBLE ->
                    new ZoneMap(rows, nulls, value(mins[granule]), value(maxs[granule]), true);
            case WIDE, BYTES ->
                    new ZoneMap(
                            rows, nulls, minValues[granule], maxValues[granule], exact[granule]);
        };
    }

    /// Whether every row of the granule surely holds the same value, which is not NULL. Of doubles nobody knows: bounds that are equal may stand for
    /// 0.0 and −0.0.
    boolean isConstant(int granule) {
        if (nullCounts[granule] > 0) {
            return false;
        }
        return switch (physical) {
            case LONG, BITS -> mins[granule] == maxs[granule];
            case DOUBLE -> false;
            case WIDE, BYTES -> constant[granule];
        };
    }

    boolean isAllNull(int granule) {
        return nullCounts[granule] == rowCounts[granule];
    }

    /// The least value of a LONG granule that is not all NULL.
    long min(int granule) {
        return mins[granule];
    }

    /// The greatest value of a LONG granule that is not all NULL.
    long max(int granule) {
        return maxs[granule];
    }

    ZoneMap union() {
        ZoneMap all = new ZoneMap(0, 0, null, null, true);
        for (int g = 0; g < size(); g++) {
            all = all.union(get(g));
        }
        return all;
    }

    void write(ByteSink sink) {
        for (int g = 0; g < size(); g++) {
            sink.putVarint(nullCounts[g]);
            if (nullCounts[g] < rowCounts[g]) {
                writeBounds(g, sink);
            }
        }
    }

    private void writeBounds(int g, ByteSink sink) {
        switch (physical) {
            case LONG -> {
                sink.putSignedVarint(mins[g]);
                sink.putSignedVarint(maxs[g] - mins[g]);
            }
            case BITS -> {
                sink.putByte((int) mins[g]);
                sink.putByte((int) maxs[g]);
            }
            case DOUBLE -> {
                sink.putLong(mins[g]);
                sink.putLong(maxs[g]);
            }
            case WIDE, BYTES -> {
                sink.putByte(exact[g] ? 1 : 0);
                writeValue(minValues[g], sink);
                writeValue(maxValues[g], sink);
            }
        }
    }

    private static void writeValue(@Nullable Value value, ByteSink sink) {
        ValueBytes.write(value == null ? Value.NULL : value, sink);
    }

    /// @param rowsPerGranule rows of every granule but the last
    static ZoneMaps read(
            Physical physical, long rowCount, int rowsPerGranule, int granules, ByteSource source) {
        ZoneMaps zones = new ZoneMaps(physical, granules);
        for (int g = 0; g < granules; g++) {
            int rows = (int) Math.min(rowsPerGranule, rowCount - (long) g * rowsPerGranule);
            zones.rowCounts[g] = rows;
            zones.nullCounts[g] = source.getCount(rows);
            if (zones.nullCounts[g] < rows) {
                zones.readBounds(g, source);
            }
        }
        return zones;
    }

    private void readBounds(int g, ByteSource source) {
        switch (physical) {
            case LONG -> {
                mins[g] = source.getSignedVarint();
                maxs[g] = mins[g] + source.getSignedVarint();
            }
            case BITS -> {
                mins[g] = source.getByte();
                maxs[g] = source.getByte();
            }
            case DOUBLE -> {
                mins[g] = source.getLong();
                maxs[g] = source.getLong();
            }
            case WIDE, BYTES -> {
                exact[g] = source.getByte() == 1;
                Value min = readValue(source);
                Value max = readValue(source);
                minValues[g] = min;
                maxValues[g] = max;
                constant[g] = exact[g] && Value.compare(min, max) == 0;
            }
        }
    }

    private Value readValue(ByteSource source) {
        Value value = ValueBytes.read(source);
        boolean fits =
                physical == Physical.BYTES
                        ? value instanceof Value.Bytes
                        : value instanceof Value.Whole || value instanceof Value.Wide;
        if (!fits) {
            throw ByteSource.malformed("a bound of another type");
        }
        return value;
    }
}
