package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.BytesBlock;
import io.basaltdb.storage.encoding.BytesTable;
import io.basaltdb.storage.encoding.LongProfile;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Validity;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Finds the zone map of a granule's values.
final class GranuleBounds {
    private GranuleBounds() {}

    /// The zone map of what the buffer holds; its NULL lanes were filled, see [GranuleBuffer#fillNulls].
    ///
    /// @param profile of numbers that are LONG, where one is not NULL
    static ZoneMap of(GranuleBuffer buffer, @Nullable LongProfile profile) {
        int count = buffer.count;
        int nulls = buffer.nullCount;
        if (nulls == count) {
            return new ZoneMap(count, nulls, null, null, true);
        }
        return switch (buffer.type.physical()) {
            case LONG -> {
                if (profile == null) {
                    throw new AssertionError("numbers without a profile");
                }
                yield longs(profile, nulls);
            }
            case DOUBLE -> doubles(buffer.doubles, count, nulls);
            case WIDE -> wides(buffer, count, nulls);
            case BITS -> bits(buffer.bits, count, nulls);
            case BYTES -> bytes(buffer, count, nulls);
        };
    }

    private static ZoneMap longs(LongProfile profile, int nulls) {
        Value min = Value.of(profile.min());
        Value max = Value.of(profile.max());
        return new ZoneMap(profile.count(), nulls, min, max, true);
    }

    private static ZoneMap doubles(double[] values, int count, int nulls) {
        double min = values[0];
        double max = values[0];
        for (int i = 1; i < count; i++) {
            min = Value.compareDoubles(values[i], min) < 0 ? values[i] : min;
            max = Value.compareDoubles(values[i], max) > 0 ? values[i] : max;
        }
        return new ZoneMap(count, nulls, Value.of(min + 0.0), Value.of(max + 0.0), true);
    }

    private static ZoneMap wides(GranuleBuffer buffer, int count, int nulls) {
        int min = 0;
        int max = 0;
        for (int i = 1; i < count; i++) {
            min = compareWide(buffer, i, min) < 0 ? i : min;
            max = compareWide(buffer, i, max) > 0 ? i : max;
        }
        return new ZoneMap(
                count,
                nulls,
                Value.of(buffer.high[min], buffer.longs[min]),
                Value.of(buffer.high[max], buffer.longs[max]),
                true);
    }

    private static int compareWide(GranuleBuffer buffer, int left, int right) {
        int order = Long.compare(buffer.high[left], buffer.high[right]);
        return order != 0 ? order : Long.compareUnsigned(buffer.longs[left], buffer.longs[right]);
    }

    private static ZoneMap bits(long[] words, int count, int nulls) {
        int set = Validity.count(words, count);
        return new ZoneMap(count, nulls, Value.of(set == count), Value.of(set > 0), true);
    }

    private static ZoneMap bytes(GranuleBuffer buffer, int count, int nulls) {
        BytesBlock bytes = buffer.bytes;
        int min = -1;
        int max = -1;
        for (int i = 0; i < count; i++) {
            if (nulls > 0 && !Validity.isValid(buffer.validity, i)) {
                continue;
            }
            min = min < 0 || compareBytes(bytes, i, min) < 0 ? i : min;
            max = max < 0 || compareBytes(bytes, i, max) > 0 ? i : max;
        }
        return ofStrings(count, nulls, bytes(bytes, min), bytes(bytes, max));
    }

    /// The zone map of a granule of codes.
    ///
    /// @param sorted the table's codes in the order of their strings
    /// @param ranks the place of each code in that order
    static ZoneMap ofCodes(GranuleBuffer buffer, BytesTable table, int[] sorted, int[] ranks) {
        int count = buffer.count;
        int nulls = buffer.nullCount;
        if (nulls == count) {
            return new ZoneMap(count, nulls, null, null, true);
        }
        int min = Integer.MAX_VALUE;
        int max = -1;
        for (int i = 0; i < count; i++) {
            int rank = ranks[buffer.codes[i]];
            min = Math.min(min, rank);
            max = Math.max(max, rank);
        }
        return ofStrings(count, nulls, value(table, sorted[min]), value(table, sorted[max]));
    }

    static Value value(BytesTable table, int code) {
        int from = table.start(code);
        return new Value.Bytes(Arrays.copyOfRange(table.heap(), from, from + table.length(code)));
    }

    /// A zone map whose bounds are cut.
    static ZoneMap ofStrings(long count, long nulls, Value min, Value max) {
        boolean exact =
                !Bounds.isCut(min, Bounds.ZONE_BYTES) && !Bounds.isCut(max, Bounds.ZONE_BYTES);
        return new ZoneMap(
                count,
                nulls,
                Bounds.lower(min, Bounds.ZONE_BYTES),
                Bounds.upper(max, Bounds.ZONE_BYTES),
                exact);
    }

    private static Value bytes(BytesBlock bytes, int index) {
        int from = bytes.start[index];
        return new Value.Bytes(Arrays.copyOfRange(bytes.heap, from, from + bytes.length[index]));
    }

    private static int compareBytes(BytesBlock bytes, int left, int right) {
        return Arrays.compareUnsigned(
                bytes.heap,
                bytes.start[left],
                bytes.start[left] + bytes.length[left],
                bytes.heap,
                bytes.start[right],
                bytes.start[right] + bytes.length[right]);
    }
}
