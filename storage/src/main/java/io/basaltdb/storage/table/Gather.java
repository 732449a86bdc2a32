package io.basaltdb.storage.table;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Brings rows of many chunks of one column together in one vector. For one thread; what it hands out is lent until the next call.
final class Gather {
    private final Type type;
    private final Vector[] chunks;
    private final boolean mayHaveNulls;

    /// The arrays of each chunk: numbers, low halves, bits; high halves; and of texts all three.
    private final long[][] values;

    private final long[][] highs;
    private final double[][] doubles;
    private final byte[][] heaps;
    private final int[][] starts;
    private final int[][] lengths;

    /// Where all chunks are codes: of all their dictionaries together, and where the texts of each chunk's begin there.
    private final @Nullable Dictionary dictionary;

    private final int[] firstCodes;
    private int[] codesOut = {};

    private long[] longsOut = {};
    private long[] highsOut = {};
    private double[] doublesOut = {};
    private long[] validityOut = {};
    private int[] startOut = {};
    private int[] lengthOut = {};
    private byte[] heapOut = {};

    /// @param given chunks, flat or codes
    Gather(Type type, Vector[] given) {
        int count = given.length;
        this.type = type;
        this.firstCodes = new int[count];
        this.dictionary = JoinedDictionary.of(type, given, firstCodes);
        this.chunks = dictionary == null ? flat(given) : given;
        this.values = new long[count][];
        this.highs = new long[count][];
        this.doubles = new double[count][];
        this.heaps = new byte[count][];
        this.starts = new int[count][];
        this.lengths = new int[count][];
        boolean some = false;
        for (int c = 0; c < count; c++) {
            some |= chunks[c].mayHaveNulls();
            if (dictionary == null) {
                take(c, chunks[c]);
            }
        }
        this.mayHaveNulls = some;
    }

    private static Vector[] flat(Vector[] given) {
        Vector[] flat = new Vector[given.length];
        for (int c = 0; c < flat.length; c++) {
            flat[c] = FlatVectors.flat(given[c]);
        }
        return flat;
    }

    /// Whether what is handed out are codes into one dictionary.
    boolean isCoded() {
        return dictionary != null;
    }

    private void take(int chunk, Vector vector) {
        switch (type.physical()) {
            case LONG -> values[chunk] = ((LongVector) vector).values();
            case DOUBLE -> doubles[chunk] = ((DoubleVector) vector).values();
            case WIDE -> {
                highs[chunk] = ((WideVector) vector).high();
                values[chunk] = ((WideVector) vector).low();
            }
            case BITS -> values[chunk] = ((BitVector) vector).words();
            case BYTES -> {
                BytesVector text = (BytesVector) vector;
                heaps[chunk] = text.heap();
                starts[chunk] = text.start();
                lengths[chunk] = text.length();
            }
        }
    }

    /// The rows at those addresses, in a vector of its own.
    static Vector rows(Type type, Vector[] chunks, int[] rows, int from, int count) {
        return new Gather(type, chunks).rows(rows, from, count);
    }

    /// The rows at `rows[from … from + count − 1]`.
    Vector rows(int[] rows, int from, int count) {
        long[] validity = mayHaveNulls ? validity(rows, from, count) : null;
        if (dictionary != null) {
            return codes(dictionary, rows, from, count, validity);
        }
        return switch (type.physical()) {
            case LONG -> {
                longsOut = room(longsOut, count);
                gather(values, rows, from, count, longsOut);
                yield new LongVector(type, count, longsOut, validity);
            }
            case DOUBLE -> {
                doublesOut = doublesOut.length < count ? new double[count] : doublesOut;
                gather(doubles, rows, from, count, doublesOut);
                yield new DoubleVector(type, count, doublesOut, validity);
            }
            case WIDE -> {
                highsOut = room(highsOut, count);
                longsOut = room(longsOut, count);
                gather(highs, rows, from, count, highsOut);
                gather(values, rows, from, count, longsOut);
                yield new WideVector(type, count, highsOut, longsOut, validity);
            }
            case BITS -> {
                longsOut = room(longsOut, Validity.words(count));
                gatherBits(values, rows, from, count, longsOut);
                yield new BitVector(type, count, longsOut, validity);
            }
            case BYTES -> text(rows, from, count, validity);
        };
    }

    private Vector codes(
            Dictionary all, int[] rows, int from, int count, long @Nullable [] validity) {
        codesOut = codesOut.length < count ? new int[count] : codesOut;
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            int chunk = SortOrder.chunk(row);
            int code = ((DictionaryVector) chunks[chunk]).codes()[SortOrder.lane(row)];
            codesOut[i] = firstCodes[chunk] + code;
        }
        return new DictionaryVector(count, codesOut, all, validity);
    }

    private static long[] room(long[] array, int size) {
        return array.length < size ? new long[size] : array;
    }

    private static void gather(long[][] chunks, int[] rows, int from, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            out[i] = chunks[SortOrder.chunk(row)][SortOrder.lane(row)];
        }
    }

    private static void gather(double[][] chunks, int[] rows, int from, int count, double[] out) {
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            out[i] = chunks[SortOrder.chunk(row)][SortOrder.lane(row)];
        }
    }

    private static void gatherBits(long[][] chunks, int[] rows, int from, int count, long[] out) {
        Arrays.fill(out, 0, Validity.words(count), 0);
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            int lane = SortOrder.lane(row);
            out[i >> 6] |= (chunks[SortOrder.chunk(row)][lane >> 6] >>> lane & 1) << i;
        }
    }

    private Vector text(int[] rows, int from, int count, long @Nullable [] validity) {
        if (startOut.length < count) {
            startOut = new int[count];
            lengthOut = new int[count];
        }
        int bytes = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            int length = lengths[SortOrder.chunk(row)][SortOrder.lane(row)];
            lengthOut[i] = length;
            startOut[i] = bytes;
            bytes = Math.addExact(bytes, length);
        }
        heapOut = heapOut.length < bytes ? new byte[bytes] : heapOut;
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            int chunk = SortOrder.chunk(row);
            int start = starts[chunk][SortOrder.lane(row)];
            System.arraycopy(heaps[chunk], start, heapOut, startOut[i], lengthOut[i]);
        }
        return new BytesVector(type, count, heapOut, startOut, lengthOut, validity);
    }

    private long[] validity(int[] rows, int from, int count) {
        validityOut = room(validityOut, Validity.words(count));
        Arrays.fill(validityOut, 0, Validity.words(count), 0);
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            boolean isNull = chunks[SortOrder.chunk(row)].isNull(SortOrder.lane(row));
            validityOut[i >> 6] |= (isNull ? 0L : 1L) << i;
        }
        return validityOut;
    }
}
