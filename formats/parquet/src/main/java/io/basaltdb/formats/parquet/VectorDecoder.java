package io.basaltdb.formats.parquet;

import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.Validity;
import io.basaltdb.query.function.ExactNumbers;
import io.basaltdb.query.function.JsonText;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.kernel.Utf8;
import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Lays the values of a batch out as vectors have them. Loops over arrays; a null lane may hold anything.
final class VectorDecoder {
    private static final long MICROS_PER_MILLI = 1000;
    private static final long NANOS_PER_MICRO = 1000;
    private static final long NANOS_PER_DAY = Type.Time.MICROSECONDS_PER_DAY * NANOS_PER_MICRO;

    /// The Julian day that begins at noon of 1970-01-01.
    private static final long JULIAN_EPOCH = 2_440_588;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final ParquetLayout layout;
    private final String path;
    private final String column;

    /// Lent with the vector of numbers.
    private long[] lanes = {};

    /// Lent with the vector of texts.
    private int[] lengths = {};

    private @Nullable NestedWriter intervals;

    VectorDecoder(ParquetLayout layout, String path, String column) {
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
            case INTS -> longs(signed(reader.getInts(), count, 1), count, validity);
            case UNSIGNED_INTS -> longs(unsigned(reader.getInts(), count), count, validity);
            case TIME_MILLISECONDS ->
                    longs(signed(reader.getInts(), count, MICROS_PER_MILLI), count, validity);
            case LONGS -> longs(reader.getLongs(), count, validity);
            case TIME_NANOSECONDS ->
                    longs(microsOfDay(reader.getLongs(), count, validity), count, validity);
            case UNSIGNED_LONGS ->
                    new WideVector(type, count, new long[count], reader.getLongs(), validity);
            case MILLISECONDS -> longs(micros(reader.getLongs(), count, validity), count, validity);
            case FLOATS ->
                    new DoubleVector(type, count, widened(reader.getFloats(), count), validity);
            case DOUBLES -> new DoubleVector(type, count, reader.getDoubles(), validity);
            case TEXT, JSON, BINARY, BIG_ENDIAN, UUID, INTERVAL, INT96, HALVES ->
                    bytes(reader.getBinaryValues(), reader.getBinaryOffsets(), count, validity);
        };
    }

    private Vector bytes(byte[] heap, int[] offsets, int count, long @Nullable [] validity) {
        Type type = layout.type();
        return switch (layout.kind()) {
            case TEXT -> {
                checkText(heap, offsets, count);
                yield new BytesVector(
                        type, count, heap, offsets, lengths(offsets, count), validity);
            }
            case JSON -> {
                checkText(heap, offsets, count);
                checkJson(heap, offsets, count, validity);
                yield new BytesVector(
                        type, count, heap, offsets, lengths(offsets, count), validity);
            }
            case BINARY ->
                    new BytesVector(type, count, heap, offsets, lengths(offsets, count), validity);
            case BIG_ENDIAN -> bigEndian(heap, offsets, count, validity);
            case UUID -> uuids(heap, offsets, count, validity);
            case INTERVAL -> intervals(heap, offsets, count, validity);
            case INT96 -> julian(heap, offsets, count, validity);
            case HALVES -> halves(heap, offsets, count, validity);
            case BITS,
                    INTS,
                    UNSIGNED_INTS,
                    LONGS,
                    UNSIGNED_LONGS,
                    MILLISECONDS,
                    TIME_MILLISECONDS,
                    TIME_NANOSECONDS,
                    FLOATS,
                    DOUBLES ->
                    throw new AssertionError(layout);
        };
    }

    /// Numbers of the type, which is asked whether it has them.
    private Vector longs(long[] values, int count, long @Nullable [] validity) {
        long min = layout.min();
        long max = layout.max();
        long least = max;
        long most = min;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, values[i]);
            most = Math.max(most, values[i]);
        }
        boolean fit = least >= min && most <= max;
        for (int i = 0; !fit && i < count; i++) {
            if (isValid(validity, i) && (values[i] < min || values[i] > max)) {
                throw wrong(
                        "the number "
                                + values[i]
                                + " stands for a value that "
                                + layout.type().sql()
                                + " cannot hold");
            }
        }
        return new LongVector(layout.type(), count, values, validity);
    }

    private static boolean isValid(long @Nullable [] validity, int lane) {
        return io.basaltdb.storage.vector.Validity.isValid(validity, lane);
    }

    private static long[] bits(boolean[] values, int count) {
        long[] words = new long[io.basaltdb.storage.vector.Validity.words(count)];
        for (int i = 0; i < count; i++) {
            words[i >> 6] |= (values[i] ? 1L : 0L) << i;
        }
        return words;
    }

    private long[] lanes(int count) {
        lanes = Scratch.longs(lanes, count);
        return lanes;
    }

    private long[] signed(int[] values, int count, long factor) {
        long[] longs = lanes(count);
        for (int i = 0; i < count; i++) {
            longs[i] = values[i] * factor;
        }
        return longs;
    }

    private long[] unsigned(int[] values, int count) {
        long[] longs = lanes(count);
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
        long[] micros = lanes(count);
        long bound = Long.MAX_VALUE / MICROS_PER_MILLI;
        for (int i = 0; i < count; i++) {
            micros[i] = millis[i] * MICROS_PER_MILLI;
        }
        for (int i = 0; i < count; i++) {
            boolean isTooFar = millis[i] > bound || millis[i] < -bound;
            if (isTooFar && isValid(validity, i)) {
                throw wrong(
                        millis[i] + " milliseconds are beyond the years that a timestamp can hold");
            }
        }
        return micros;
    }

    private long[] microsOfDay(long[] nanos, int count, long @Nullable [] validity) {
        long[] micros = lanes(count);
        for (int i = 0; i < count; i++) {
            micros[i] = Math.floorDiv(nanos[i], NANOS_PER_MICRO);
            if (micros[i] * NANOS_PER_MICRO != nanos[i] && isValid(validity, i)) {
                throw wrong(
                        nanos[i] + " nanoseconds of a day are finer than the microseconds of TIME");
            }
        }
        return micros;
    }

    private int[] lengths(int[] offsets, int count) {
        lengths = Scratch.ints(lengths, count);
        for (int i = 0; i < count; i++) {
            lengths[i] = offsets[i + 1] - offsets[i];
        }
        return lengths;
    }

    private void checkText(byte[] heap, int[] offsets, int count) {
        if (Utf8.isAscii(heap, offsets[0], offsets[count] - offsets[0])) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (!Utf8.isValid(heap, offsets[i], offsets[i + 1] - offsets[i])) {
                throw wrong(
                        "a value is not valid UTF-8 text; read the file with binary_as_string => false to have VARBINARY");
            }
        }
    }

    private void checkJson(byte[] heap, int[] offsets, int count, long @Nullable [] validity) {
        for (int i = 0; i < count; i++) {
            if (isValid(validity, i) && !JsonText.isValid(heap, offsets[i], offsets[i + 1])) {
                throw wrong("a value is not JSON, which the file says that it is");
            }
        }
    }

    /// Values of one length each; those of NULL have none.
    private void checkLength(
            int[] offsets, int count, long @Nullable [] validity, int wanted, String what) {
        for (int i = 0; i < count; i++) {
            int length = offsets[i + 1] - offsets[i];
            if (length != wanted && isValid(validity, i)) {
                throw wrong(what + " has " + length + " bytes; " + wanted + " were expected");
            }
        }
    }

    /// Whether the lane has all bytes of such a value; that of NULL may have none.
    private static boolean isWhole(int[] offsets, int lane, int length) {
        return offsets[lane + 1] - offsets[lane] == length;
    }

    private Vector uuids(byte[] heap, int[] offsets, int count, long @Nullable [] validity) {
        checkLength(offsets, count, validity, 16, "a UUID");
        long[] high = new long[count];
        long[] low = new long[count];
        for (int i = 0; i < count; i++) {
            if (isWhole(offsets, i, 16)) {
                high[i] = (long) BIG_LONGS.get(heap, offsets[i]) ^ Long.MIN_VALUE;
                low[i] = (long) BIG_LONGS.get(heap, offsets[i] + 8);
            }
        }
        return new WideVector(layout.type(), count, high, low, validity);
    }

    private Vector intervals(byte[] heap, int[] offsets, int count, long @Nullable [] validity) {
        checkLength(offsets, count, validity, 12, "an interval");
        NestedWriter out = intervals;
        if (out == null) {
            out = new NestedWriter();
            intervals = out;
        }
        out.begin(count);
        for (int i = 0; i < count; i++) {
            if (isWhole(offsets, i, 12)) {
                for (int part = 0; part < 12; part += 4) {
                    out.putLong((int) INTS.get(heap, offsets[i] + part) & 0xFFFF_FFFFL);
                }
                out.end(i);
            }
        }
        return out.vector(layout.type(), count, validity);
    }

    private Vector julian(byte[] heap, int[] offsets, int count, long @Nullable [] validity) {
        checkLength(offsets, count, validity, 12, "a timestamp");
        long[] micros = lanes(count);
        for (int i = 0; i < count; i++) {
            micros[i] = 0;
            if (isWhole(offsets, i, 12) && isValid(validity, i)) {
                long nanos = (long) LONGS.get(heap, offsets[i]);
                long day = (int) INTS.get(heap, offsets[i] + 8) - JULIAN_EPOCH;
                if (nanos < 0 || nanos >= NANOS_PER_DAY) {
                    throw wrong("a timestamp is " + nanos + " nanoseconds into its day");
                }
                micros[i] = day * Type.Time.MICROSECONDS_PER_DAY + nanos / NANOS_PER_MICRO;
            }
        }
        return longs(micros, count, validity);
    }

    private Vector halves(byte[] heap, int[] offsets, int count, long @Nullable [] validity) {
        checkLength(offsets, count, validity, 2, "a number of 16 bits");
        double[] doubles = new double[count];
        for (int i = 0; i < count; i++) {
            if (isWhole(offsets, i, 2)) {
                doubles[i] =
                        Float.float16ToFloat(
                                (short) ((heap[offsets[i]] & 0xFF) | (heap[offsets[i] + 1] << 8)));
            }
        }
        return new DoubleVector(layout.type(), count, doubles, validity);
    }

    private Vector bigEndian(byte[] heap, int[] offsets, int count, long @Nullable [] validity) {
        long[] high = new long[count];
        long[] low = new long[count];
        for (int i = 0; i < count; i++) {
            int at = offsets[i];
            int end = offsets[i + 1];
            int sign = at < end ? heap[at] >> 7 : 0;
            while (end - at > 2 * Long.BYTES && heap[at] == sign) {
                at++;
            }
            if (end - at > 2 * Long.BYTES && isValid(validity, i)) {
                throw wrong("a decimal has " + (end - at) + " bytes; at most 16 can be read");
            }
            long h = sign;
            long l = sign;
            for (; at < end; at++) {
                h = h << 8 | l >>> 56;
                l = l << 8 | (heap[at] & 0xFF);
            }
            high[i] = h;
            low[i] = l;
        }
        Type.Decimal decimal = (Type.Decimal) layout.type();
        boolean isLong = decimal.precision() <= Type.Decimal.MAX_LONG_PRECISION;
        for (int i = 0; i < count; i++) {
            boolean isShort = high[i] == low[i] >> 63;
            boolean isOut =
                    isLong
                            ? !isShort
                            : !isShort
                                    && !ExactNumbers.fits(
                                            Value.unscaled(Value.of(high[i], low[i])), decimal);
            if (isOut && isValid(validity, i)) {
                throw wrong("a number has more digits than " + decimal.sql());
            }
        }
        return isLong
                ? longs(low, count, validity)
                : new WideVector(decimal, count, high, low, validity);
    }

    private RuntimeException wrong(String reason) {
        return ParquetFile.failure(path, column, reason, null);
    }
}
