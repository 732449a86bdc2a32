package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.Vocabulary;
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
    ///
    /// @param wanted the rows whose texts count; null where all do
    static Vector packed(
            KeyLayout layout,
            int column,
            long[] words,
            int first,
            int count,
            @Nullable Selection wanted) {
        if (layout.width[column] == 128) {
            int stride = layout.wordCount;
            int word = layout.word[column];
            long[] low = new long[count];
            long[] high = new long[count];
            for (int i = 0; i < count; i++) {
                low[i] = words[(first + i) * stride + word];
                high[i] = words[(first + i) * stride + word + 1];
            }
            return new WideVector(
                    layout.type(column),
                    count,
                    high,
                    low,
                    validity(layout, column, words, first, count));
        }
        LongVector values = words(layout, column, words, first, count);
        Vocabulary vocabulary = layout.vocabulary(column);
        return vocabulary == null
                ? vector(layout.type(column), values.values(), true, count, values.validity())
                : texts(layout.type(column), values, vocabulary, wanted);
    }

    /// The bits of a column of at most one word.
    static LongVector words(KeyLayout layout, int column, long[] words, int first, int count) {
        int stride = layout.wordCount;
        int word = layout.word[column];
        int up = 64 - layout.shift[column] - layout.width[column];
        int down = 64 - layout.width[column];
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = words[(first + i) * stride + word] << up >> down;
        }
        return new LongVector(
                Type.BIGINT, count, values, validity(layout, column, words, first, count));
    }

    private static Vector texts(
            Type type, LongVector values, Vocabulary vocabulary, @Nullable Selection wanted) {
        int count = values.size();
        int some = wanted == null ? count : wanted.count();
        int[] codes = new int[count];
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int i = 0; i < some; i++) {
            int row = wanted == null ? i : wanted.rows()[i];
            int code = (int) values.values()[row];
            codes[row] = code;
            least = Math.min(least, code);
            most = Math.max(most, code);
        }
        int member = vocabulary.memberOf(most);
        if (least < vocabulary.firstOf(member)) {
            return texts(type, values, codes, vocabulary, wanted);
        }
        for (int i = 0; member > 0 && i < some; i++) {
            int row = wanted == null ? i : wanted.rows()[i];
            codes[row] = vocabulary.codeInMember(member, codes[row]);
        }
        return new DictionaryVector(count, codes, vocabulary.member(member), values.validity());
    }

    /// Copies the texts, which lie in several dictionaries.
    private static Vector texts(
            Type type,
            LongVector values,
            int[] codes,
            Vocabulary vocabulary,
            @Nullable Selection wanted) {
        int count = values.size();
        int some = wanted == null ? count : wanted.count();
        int[] start = new int[count];
        int[] length = new int[count];
        byte[][] heaps = new byte[some][];
        long total = 0;
        for (int i = 0; i < some; i++) {
            int row = wanted == null ? i : wanted.rows()[i];
            int member = vocabulary.memberOf(codes[row]);
            int code = vocabulary.codeInMember(member, codes[row]);
            BytesVector texts = (BytesVector) vocabulary.member(member).values();
            heaps[i] = texts.heap();
            start[row] = texts.start()[code];
            length[row] = texts.length()[code];
            total += length[row];
        }
        byte[] heap = new byte[Math.toIntExact(total)];
        int used = 0;
        for (int i = 0; i < some; i++) {
            int row = wanted == null ? i : wanted.rows()[i];
            System.arraycopy(heaps[i], start[row], heap, used, length[row]);
            start[row] = used;
            used += length[row];
        }
        return new BytesVector(type, count, heap, start, length, values.validity());
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
