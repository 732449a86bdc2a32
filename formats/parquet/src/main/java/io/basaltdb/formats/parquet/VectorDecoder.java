package io.basaltdb.formats.parquet;

import io.basaltdb.query.function.ExactNumbers;
import io.basaltdb.query.function.JsonText;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.kernel.Utf8;
import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
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

    private @Nullable NestedWriter intervals;

    /// The entries that were seen last, and what was made of them.
    private LeafValues.@Nullable Bytes knownEntries;

    private @Nullable DistinctEntries dictionary;

    VectorDecoder(ParquetLayout layout, String path, String column) {
        this.layout = layout;
        this.path = path;
        this.column = column;
    }

    /// The values as a vector, lent as they are.
    Vector decode(LeafValues values, int count) {
        long @Nullable [] validity = values.validity();
        Type type = layout.type();
        return switch (layout.kind()) {
            case BITS -> new BitVector(type, count, values.bits(), validity);
            case INTS -> longs(signed(values.ints(), count, 1), count, validity);
            case UNSIGNED_INTS -> longs(unsigned(values.ints(), count), count, validity);
            case TIME_MILLISECONDS ->
                    longs(signed(values.ints(), count, MICROS_PER_MILLI), count, validity);
            case LONGS -> longs(values.longs(), count, validity);
            case TIME_NANOSECONDS ->
                    longs(microsOfDay(values.longs(), count, validity), count, validity);
            case UNSIGNED_LONGS ->
                    new WideVector(type, count, new long[count], values.longs(), validity);
            case MILLISECONDS -> longs(micros(values.longs(), count, validity), count, validity);
            case FLOATS, DOUBLES -> new DoubleVector(type, count, values.doubles(), validity);
            case TEXT, JSON, BINARY -> {
                DictionaryVector coded = coded(values, count, validity);
                yield coded == null ? bytes(values.bytes(), count, validity) : coded;
            }
            case BIG_ENDIAN, UUID, INTERVAL, INT96, HALVES ->
                    bytes(values.bytes(), count, validity);
        };
    }

    /// Codes of one dictionary for all batches of a row group; null where the values are none, or where the dictionary has entries that are no values of the type.
    @SuppressWarnings("ReferenceEquality") // a chunk's entries are one object
    private @Nullable DictionaryVector coded(
            LeafValues values, int count, long @Nullable [] validity) {
        LeafValues.Codes codes = values.codes();
        if (codes == null) {
            return null;
        }
        LeafValues.Bytes entries = codes.entries();
        if (entries != knownEntries) {
            knownEntries = entries;
            dictionary = null;
            if (isAllowed(entries, codes.entryCount())) {
                dictionary = new DistinctEntries(layout.type(), entries, codes.entryCount());
            }
        }
        DistinctEntries known = dictionary;
        return known == null ? null : known.vector(codes.codes(), count, validity);
    }

    private boolean isAllowed(LeafValues.Bytes entries, int count) {
        return switch (layout.kind()) {
            case TEXT -> isText(entries, count);
            case JSON -> isText(entries, count) && isJson(entries, count, null);
            default -> true;
        };
    }

    private Vector bytes(LeafValues.Bytes bytes, int count, long @Nullable [] validity) {
        return switch (layout.kind()) {
            case TEXT -> {
                checkText(bytes, count);
                yield vector(bytes, count, validity);
            }
            case JSON -> {
                checkText(bytes, count);
                checkJson(bytes, count, validity);
                yield vector(bytes, count, validity);
            }
            case BINARY -> vector(bytes, count, validity);
            case BIG_ENDIAN -> bigEndian(bytes, count, validity);
            case UUID -> uuids(bytes, count, validity);
            case INTERVAL -> intervals(bytes, count, validity);
            case INT96 -> julian(bytes, count, validity);
            case HALVES -> halves(bytes, count, validity);
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
        if (min == Long.MIN_VALUE && max == Long.MAX_VALUE) {
            return new LongVector(layout.type(), count, values, validity);
        }
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
        return Validity.isValid(validity, lane);
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

    private Vector vector(LeafValues.Bytes bytes, int count, long @Nullable [] validity) {
        return new BytesVector(
                layout.type(), count, bytes.heap(), bytes.starts(), bytes.lengths(), validity);
    }

    private void checkText(LeafValues.Bytes bytes, int count) {
        if (!isText(bytes, count)) {
            throw wrong(
                    "a value is not valid UTF-8 text; read the file with binary_as_string => false to have VARBINARY");
        }
    }

    private static boolean isText(LeafValues.Bytes bytes, int count) {
        byte[] heap = bytes.heap();
        if (bytes.from() < bytes.to()
                && Utf8.isAscii(heap, bytes.from(), bytes.to() - bytes.from())) {
            return true;
        }
        for (int i = 0; i < count; i++) {
            if (!Utf8.isValid(heap, bytes.starts()[i], bytes.lengths()[i])) {
                return false;
            }
        }
        return true;
    }

    private void checkJson(LeafValues.Bytes bytes, int count, long @Nullable [] validity) {
        if (!isJson(bytes, count, validity)) {
            throw wrong("a value is not JSON, which the file says that it is");
        }
    }

    private static boolean isJson(LeafValues.Bytes bytes, int count, long @Nullable [] validity) {
        for (int i = 0; i < count; i++) {
            int start = bytes.starts()[i];
            if (isValid(validity, i)
                    && !JsonText.isValid(bytes.heap(), start, start + bytes.lengths()[i])) {
                return false;
            }
        }
        return true;
    }

    /// Values of one length each; those of NULL have none.
    private void checkLength(
            LeafValues.Bytes bytes,
            int count,
            long @Nullable [] validity,
            int wanted,
            String what) {
        for (int i = 0; i < count; i++) {
            int length = bytes.lengths()[i];
            if (length != wanted && isValid(validity, i)) {
                throw wrong(what + " has " + length + " bytes; " + wanted + " were expected");
            }
        }
    }

    private Vector uuids(LeafValues.Bytes bytes, int count, long @Nullable [] validity) {
        byte[] heap = bytes.heap();
        int[] starts = bytes.starts();
        int[] lengths = bytes.lengths();
        checkLength(bytes, count, validity, 16, "a UUID");
        long[] high = new long[count];
        long[] low = new long[count];
        for (int i = 0; i < count; i++) {
            if (lengths[i] == 16) {
                high[i] = (long) BIG_LONGS.get(heap, starts[i]) ^ Long.MIN_VALUE;
                low[i] = (long) BIG_LONGS.get(heap, starts[i] + 8);
            }
        }
        return new WideVector(layout.type(), count, high, low, validity);
    }

    private Vector intervals(LeafValues.Bytes bytes, int count, long @Nullable [] validity) {
        byte[] heap = bytes.heap();
        int[] starts = bytes.starts();
        int[] lengths = bytes.lengths();
        checkLength(bytes, count, validity, 12, "an interval");
        NestedWriter out = intervals;
        if (out == null) {
            out = new NestedWriter();
            intervals = out;
        }
        out.begin(count);
        for (int i = 0; i < count; i++) {
            if (lengths[i] == 12) {
                for (int part = 0; part < 12; part += 4) {
                    out.putLong((int) INTS.get(heap, starts[i] + part) & 0xFFFF_FFFFL);
                }
                out.end(i);
            }
        }
        return out.vector(layout.type(), count, validity);
    }

    private Vector julian(LeafValues.Bytes bytes, int count, long @Nullable [] validity) {
        byte[] heap = bytes.heap();
        int[] starts = bytes.starts();
        int[] lengths = bytes.lengths();
        checkLength(bytes, count, validity, 12, "a timestamp");
        long[] micros = lanes(count);
        for (int i = 0; i < count; i++) {
            micros[i] = 0;
            if (lengths[i] == 12 && isValid(validity, i)) {
                long nanos = (long) LONGS.get(heap, starts[i]);
                long day = (int) INTS.get(heap, starts[i] + 8) - JULIAN_EPOCH;
                if (nanos < 0 || nanos >= NANOS_PER_DAY) {
                    throw wrong("a timestamp is " + nanos + " nanoseconds into its day");
                }
                micros[i] = day * Type.Time.MICROSECONDS_PER_DAY + nanos / NANOS_PER_MICRO;
            }
        }
        return longs(micros, count, validity);
    }

    private Vector halves(LeafValues.Bytes bytes, int count, long @Nullable [] validity) {
        byte[] heap = bytes.heap();
        int[] starts = bytes.starts();
        int[] lengths = bytes.lengths();
        checkLength(bytes, count, validity, 2, "a number of 16 bits");
        double[] doubles = new double[count];
        for (int i = 0; i < count; i++) {
            if (lengths[i] == 2) {
                doubles[i] =
                        Float.float16ToFloat(
                                (short) ((heap[starts[i]] & 0xFF) | (heap[starts[i] + 1] << 8)));
            }
        }
        return new DoubleVector(layout.type(), count, doubles, validity);
    }

    private Vector bigEndian(LeafValues.Bytes bytes, int count, long @Nullable [] validity) {
        byte[] heap = bytes.heap();
        int[] starts = bytes.starts();
        int[] lengths = bytes.lengths();
        long[] high = new long[count];
        long[] low = new long[count];
        for (int i = 0; i < count; i++) {
            int at = starts[i];
            int end = at + lengths[i];
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
