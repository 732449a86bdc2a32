package io.basaltdb.formats.parquet;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.Statistics;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.type.Value;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Reads what a file says of one column in one row group.
final class ChunkStatistics {
    private ChunkStatistics() {}

    /// The bounds, or null where the file gives none that can be trusted: for fractions NaN may lie outside of
    /// them, and early writers ordered texts by signed bytes.
    static @Nullable ZoneMap zoneMap(
            ParquetLayout layout, boolean isRequired, ColumnChunk chunk, long rowCount) {
        Statistics statistics = chunk.metaData().statistics();
        if (statistics == null) {
            return null;
        }
        long nulls = isRequired ? 0 : statistics.nullCount() == null ? -1 : statistics.nullCount();
        if (nulls < 0 || nulls > rowCount) {
            return null;
        }
        if (nulls == rowCount) {
            return new ZoneMap(rowCount, nulls, null, null, false);
        }
        if (statistics.minValue() == null || statistics.maxValue() == null) {
            return null;
        }
        Value min = value(layout, statistics.minValue(), statistics.isMinMaxDeprecated());
        Value max = value(layout, statistics.maxValue(), statistics.isMinMaxDeprecated());
        return min == null || max == null || Value.compare(min, max) > 0
                ? null
                : new ZoneMap(rowCount, nulls, min, max, false);
    }

    private static @Nullable Value value(ParquetLayout layout, byte[] bytes, boolean deprecated) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return switch (layout.kind()) {
            case INTS -> bytes.length != Integer.BYTES ? null : Value.of((long) buffer.getInt());
            case UNSIGNED_INTS ->
                    bytes.length != Integer.BYTES || deprecated
                            ? null
                            : Value.of(Integer.toUnsignedLong(buffer.getInt()));
            case LONGS -> bytes.length != Long.BYTES ? null : Value.of(buffer.getLong());
            case TIME_MILLISECONDS ->
                    bytes.length != Integer.BYTES ? null : Value.of(buffer.getInt() * 1000L);
            case UNSIGNED_LONGS ->
                    bytes.length != Long.BYTES || deprecated ? null : Value.of(0, buffer.getLong());
            case MILLISECONDS -> bytes.length != Long.BYTES ? null : micros(buffer.getLong());
            case TEXT, JSON, BINARY -> deprecated ? null : new Value.Bytes(bytes);
            case BIG_ENDIAN ->
                    deprecated || bytes.length == 0 || bytes.length > 2 * Long.BYTES
                            ? null
                            : Value.of(new BigInteger(bytes));
            case BITS, FLOATS, DOUBLES, HALVES, INT96, UUID, INTERVAL, TIME_NANOSECONDS -> null;
        };
    }

    private static @Nullable Value micros(long millis) {
        return Math.abs(millis) > Long.MAX_VALUE / 1000 ? null : Value.of(millis * 1000);
    }
}
