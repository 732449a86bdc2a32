package io.basaltdb.query.operator.aggregate;

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
import org.jspecify.annotations.Nullable;

/// Key columns as vectors again.
final class KeyColumns {
    private KeyColumns() {}

    /// The column of a single key, whose words are its values.
    static Vector single(KeyLayout layout, long[] keys, int nullGroup, int first, int count) {
        long[] validity = null;
        if (nullGroup >= first && nullGroup < first + count) {
            validity = new long[Validity.words(count)];
            Validity.fill(validity, count);
            Validity.setNull(validity, nullGroup - first);
        }
        long[] values = new long[count];
        System.arraycopy(keys, first, values, 0, count);
        return vector(layout.type(0), values, false, count, validity);
    }

    /// A column that is not a text, or of texts that have codes, from packed words.
    static Vector packed(KeyLayout layout, int column, long[] words, int first, int count) {
        int stride = layout.wordCount;
        int word = layout.word[column];
        long[] validity = validity(layout, column, words, first, count);
        long[] values = new long[count];
        if (layout.width[column] == 128) {
            long[] high = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = words[(first + i) * stride + word];
                high[i] = words[(first + i) * stride + word + 1];
            }
            return new WideVector(layout.type(column), count, high, values, validity);
        }
        int up = 64 - layout.shift[column] - layout.width[column];
        int down = 64 - layout.width[column];
        for (int i = 0; i < count; i++) {
            values[i] = words[(first + i) * stride + word] << up >> down;
        }
        Dictionary dictionary = layout.dictionary(column);
        return dictionary == null
                ? vector(layout.type(column), values, true, count, validity)
                : codes(values, count, dictionary, validity);
    }

    private static Vector codes(
            long[] values, int count, Dictionary dictionary, long @Nullable [] validity) {
        int[] codes = new int[count];
        for (int i = 0; i < count; i++) {
            codes[i] = (int) values[i];
        }
        return new DictionaryVector(count, codes, dictionary, validity);
    }

    static Vector texts(
            KeyLayout layout,
            int column,
            long[] words,
            int first,
            int count,
            byte[] heap,
            int[] start,
            int[] length) {
        long[] validity = validity(layout, column, words, first, count);
        return new BytesVector(layout.type(column), count, heap, start, length, validity);
    }

    static Vector codes(
            KeyLayout layout,
            int column,
            long[] words,
            int first,
            int count,
            int[] codes,
            Dictionary dictionary) {
        return new DictionaryVector(
                count, codes, dictionary, validity(layout, column, words, first, count));
    }

    private static long @Nullable [] validity(
            KeyLayout layout, int column, long[] words, int first, int count) {
        int nullWord = layout.nullWord[column];
        if (nullWord < 0) {
            return null;
        }
        long[] validity = new long[Validity.words(count)];
        int shift = layout.nullShift[column];
        for (int i = 0; i < count; i++) {
            long isNull = words[(first + i) * layout.wordCount + nullWord] >>> shift & 1;
            validity[i >> 6] |= (isNull ^ 1) << i;
        }
        return validity;
    }

    /// @param packed whether a REAL is kept as 32 bits instead of a double's 64
    private static Vector vector(
            Type type, long[] values, boolean packed, int count, long @Nullable [] validity) {
        return switch (type.physical()) {
            case LONG -> new LongVector(type, count, values, validity);
            case DOUBLE -> {
                double[] doubles = new double[count];
                boolean floats = packed && type instanceof Type.Real;
                for (int i = 0; i < count; i++) {
                    doubles[i] =
                            floats
                                    ? Float.intBitsToFloat((int) values[i])
                                    : Double.longBitsToDouble(values[i]);
                }
                yield new DoubleVector(type, count, doubles, validity);
            }
            case BITS -> {
                long[] words = new long[Validity.words(count)];
                for (int i = 0; i < count; i++) {
                    words[i >> 6] |= (values[i] & 1) << i;
                }
                yield new BitVector(type, count, words, validity);
            }
            case WIDE, BYTES -> throw new AssertionError("not one word: " + type);
        };
    }
}
