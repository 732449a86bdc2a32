package io.basaltdb.storage.part;

import io.basaltdb.storage.segment.Bounds;
import io.basaltdb.storage.segment.SegmentSummary;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.type.Value;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the database keeps of one column of a part.
///
/// @param min a lower bound on the non-null values, TEXT cut to 16 bytes; null where all are NULL
/// @param max an upper bound, TEXT cut to 16 bytes and rounded up; null where all are NULL or no such bound exists
/// @param encodedBytes bytes in the file
/// @param decodedBytes bytes of the values in memory
/// @param sketch a [io.basaltdb.storage.segment.DistinctSketch] of the non-null values
public record PartColumnSummary(
        int columnId,
        long nullCount,
        @Nullable Value min,
        @Nullable Value max,
        long encodedBytes,
        long decodedBytes,
        byte[] sketch) {
    /// Bytes of a string that the database keeps.
    public static final int BOUND_BYTES = 16;

    static PartColumnSummary of(int columnId, SegmentSummary segment) {
        ZoneMap zone = segment.zoneMap();
        Value min = zone.min();
        Value max = zone.max();
        return new PartColumnSummary(
                columnId,
                zone.nullCount(),
                min == null ? null : Bounds.lower(min, BOUND_BYTES),
                max == null ? null : Bounds.upper(max, BOUND_BYTES),
                segment.encodedBytes(),
                segment.decodedBytes(),
                segment.sketch());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartColumnSummary that
                && columnId == that.columnId
                && nullCount == that.nullCount
                && Objects.equals(min, that.min)
                && Objects.equals(max, that.max)
                && encodedBytes == that.encodedBytes
                && decodedBytes == that.decodedBytes
                && Arrays.equals(sketch, that.sketch);
    }

    @Override
    public int hashCode() {
        return Objects.hash(columnId, nullCount, encodedBytes);
    }
}
