package io.basaltdb.formats.parquet;

import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.Validity;
import io.basaltdb.query.kernel.Utf8;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import org.jspecify.annotations.Nullable;

/// Lays the values of a batch out as vectors have them. Loops over arrays; a null lane may hold anything.
final class VectorDecoder {
    private static final long MICROS_PER_MILLI = 1000;

    private final ParquetColumn.Layout layout;
    private final String path;
    private final String column;

    /// Lent with the vector of numbers.
    private final long[] lanes = new long[Batch.MAX_ROWS];

    /// Lent with the vector of texts.
    private final int[] lengths = new int[Batch.MAX_ROWS];

    VectorDecoder(ParquetColumn.Layout layout, String path, String column) {
        this.layout = layout;
        this.path = path;
        this.column = column;
    }

    /// The batch at which the reader stands, lent until it moves on.
    Vector decode(ColumnReader reader, int count) {
        Validity nulls = reader.getLeafValidity();
        long @Nullable [] validity = nulls.hasNulls() ? nulls.words() : null;
        Type type = layout.type();
        return switch (layout.kind()) {
            case BITS -> new BitVector(type, count, bits(reader.getBooleans(), count), validity);
            case INTS -> longs(signed(reader.getInts(), count), count, validity);
            case UNSIGNED_INTS -> longs(unsigned(reader.getInts(), count), count, validity);
            case LONGS -> longs(reader.getLongs(), count, validity);
            case UNSIGNED_LONGS ->
                    new WideVector(type, count, new long[count], reader.getLongs(), validity);
            case MILLISECONDS -> longs(micros(reader.getLongs(), count, validity), count, validity);
            case FLOATS ->
                    new DoubleVector(type, count, widened(reader.getFloats(), count), validity);
            case DOUBLES -> new DoubleVector(type, count, reader.getDoubles(), validity);
            case TEXT -> text(reader.getBinaryValues(), reader.getBinaryOffsets(), count, validity);
            case BIG_ENDIAN ->
                    bigEndian(reader.getBinaryValues(), reader.getBinaryOffsets(), count, validity);
        };
    }

    private Vector longs(long[] values, int count, long @Nullable [] validity) {
        return new LongVector(layout.type(), count, values, validity);
    }

    private static long[] bits(boolean[] values, int count) {
        long[] words = new long[io.basaltdb.storage.vector.Validity.words(count)];
        for (int i = 0; i < count; i++) {
            words[i >> 6] |= (values[i] ? 1L : 0L) << i;
        }
        return words;
    }

    private long[] signed(int[] values, int count) {
        long[] longs = lanes;
        for (int i = 0; i < count; i++) {
            longs[i] = values[i];
        }
        return longs;
    }

    private long[] unsigned(int[] values, int count) {
        long[] longs = lanes;
        for (int i = 0; i < count; i++) {
            longs[i] = values[i] & 0xFFFF_FFFFL;
        }
        return longs;
    }

    private static double[] widened(float[] values, int count) {
        double[] doubles = new double[count];
        for (int i = 0; i < count; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private long[] micros(long[] millis, int count, long @Nullable [] validity) {
        long[] micros = new long[count];
        long bound = Long.MAX_VALUE / MICROS_PER_MILLI;
        for (int i = 0; i < count; i++) {
            micros[i] = millis[i] * MICROS_PER_MILLI;
        }
        for (int i = 0; i < count; i++) {
            boolean isTooFar = millis[i] > bound || millis[i] < -bound;
            if (isTooFar && io.basaltdb.storage.vector.Validity.isValid(validity, i)) {
                throw wrong(
                        millis[i] + " milliseconds are beyond the years that a timestamp can hold");
            }
        }
        return micros;
    }

    private Vector text(byte[] heap, int[] offsets, int count, long @Nullable [] validity) {
        if (!Utf8.isAscii(heap, offsets[0], offsets[count] - offsets[0])) {
            checkText(heap, offsets, count);
        }
        return new BytesVector(
                layout.type(), count, heap, offsets, lengths(offsets, count), validity);
    }

    private int[] lengths(int[] offsets, int count) {
        for (int i = 0; i < count; i++) {
            lengths[i] = offsets[i + 1] - offsets[i];
        }
        return lengths;
    }

    private void checkText(byte[] heap, int[] offsets, int count) {
        for (int i = 0; i < count; i++) {
            if (!Utf8.isValid(heap, offsets[i], offsets[i + 1] - offsets[i])) {
                throw wrong("a value is not valid UTF-8 text; bytes of other kinds cannot be read");
            }
        }
    }

    private Vector bigEndian(byte[] heap, int[] offsets, int count, long @Nullable [] validity) {
        long[] high = new long[count];
        long[] low = new long[count];
        for (int i = 0; i < count; i++) {
            int length = offsets[i + 1] - offsets[i];
            if (length > 2 * Long.BYTES) {
                throw wrong("a decimal has " + length + " bytes; at most 16 can be read");
            }
            long h = length > 0 && heap[offsets[i]] < 0 ? -1 : 0;
            long l = h;
            for (int at = offsets[i]; at < offsets[i + 1]; at++) {
                h = h << 8 | l >>> 56;
                l = l << 8 | (heap[at] & 0xFF);
            }
            high[i] = h;
            low[i] = l;
        }
        Type.Decimal decimal = (Type.Decimal) layout.type();
        return decimal.precision() <= Type.Decimal.MAX_LONG_PRECISION
                ? longs(low, count, validity)
                : new WideVector(decimal, count, high, low, validity);
    }

    private RuntimeException wrong(String reason) {
        return ParquetFile.failure(path, column, reason, null);
    }
}
