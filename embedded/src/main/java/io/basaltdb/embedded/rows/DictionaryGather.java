package io.basaltdb.embedded.rows;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import org.jspecify.annotations.Nullable;

/// Turns rows of a dictionary vector into a flat vector.
final class DictionaryGather {
    private DictionaryGather() {}

    /// Rows `[from, to)`, which count in the selection where there is one, as lanes from 0.
    static Vector gather(DictionaryVector vector, int @Nullable [] selection, int from, int to) {
        int count = to - from;
        int[] codes = codes(vector.codes(), selection, from, count);
        long[] validity = validity(vector, selection, from, count);
        Type type = vector.type();
        return switch (vector.dictionary().values()) {
            case LongVector v -> new LongVector(type, count, longs(v.values(), codes), validity);
            case DoubleVector v ->
                    new DoubleVector(type, count, doubles(v.values(), codes), validity);
            case WideVector v ->
                    new WideVector(
                            type, count, longs(v.high(), codes), longs(v.low(), codes), validity);
            case BitVector v -> new BitVector(type, count, bits(v.words(), codes), validity);
            case BytesVector v ->
                    new BytesVector(
                            type,
                            count,
                            v.heap(),
                            ints(v.start(), codes),
                            ints(v.length(), codes),
                            validity);
            case DictionaryVector _, ConstantVector _ ->
                    throw new AssertionError("the values of a dictionary are flat");
        };
    }

    private static int[] codes(int[] source, int @Nullable [] selection, int from, int count) {
        int[] codes = new int[count];
        if (selection == null) {
            System.arraycopy(source, from, codes, 0, count);
        } else {
            for (int i = 0; i < count; i++) {
                codes[i] = source[selection[from + i]];
            }
        }
        return codes;
    }

    private static long @Nullable [] validity(
            DictionaryVector vector, int @Nullable [] selection, int from, int count) {
        long[] source = vector.validity();
        if (source == null) {
            return null;
        }
        long[] target = new long[Validity.words(count)];
        for (int i = 0; i < count; i++) {
            int row = selection == null ? from + i : selection[from + i];
            target[i >> 6] |= (source[row >> 6] >>> row & 1) << i;
        }
        return target;
    }

    private static long[] longs(long[] values, int[] codes) {
        long[] out = new long[codes.length];
        for (int i = 0; i < codes.length; i++) {
            out[i] = values[codes[i]];
        }
        return out;
    }

    private static double[] doubles(double[] values, int[] codes) {
        double[] out = new double[codes.length];
        for (int i = 0; i < codes.length; i++) {
            out[i] = values[codes[i]];
        }
        return out;
    }

    private static int[] ints(int[] values, int[] codes) {
        int[] out = new int[codes.length];
        for (int i = 0; i < codes.length; i++) {
            out[i] = values[codes[i]];
        }
        return out;
    }

    private static long[] bits(long[] words, int[] codes) {
        long[] out = new long[Validity.words(codes.length)];
        for (int i = 0; i < codes.length; i++) {
            int code = codes[i];
            out[i >> 6] |= (words[code >> 6] >>> code & 1) << i;
        }
        return out;
    }
}
