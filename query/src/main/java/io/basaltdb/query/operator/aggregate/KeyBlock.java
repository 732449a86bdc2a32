package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.kernel.Hashing;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Validity;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The keys of a block of rows, as words and hashes. Doubles are made canonical first: −0.0 is 0.0, and there is one NaN.
final class KeyBlock {
    /// Hash of the NULL of a single column.
    static final long NULL_HASH = Hashing.mix(0x5EED_0F_0B11L);

    final KeyLayout layout;

    /// Row after row, `layout.wordCount` words each.
    long[] words = {};

    long[] hashes = {};

    /// Of a single column only: its validity.
    long @Nullable [] validity;

    FlatColumn[] columns = {};

    KeyBlock(KeyLayout layout) {
        this.layout = layout;
    }

    /// Makes words and hashes of the columns' first `count` rows.
    void encode(FlatColumn[] keyColumns, int count) {
        columns = keyColumns;
        encodeWords(count);
        hashes = FlatColumn.grown(hashes, count);
        if (layout.single) {
            hashSingle(count);
        } else {
            hashWords(words, layout.wordCount, count, hashes);
            for (int text : layout.texts) {
                hashText(keyColumns[text], count, hashes);
            }
        }
    }

    /// As [#encode], with hashes that are known.
    void encode(FlatColumn[] keyColumns, int count, long[] knownHashes) {
        columns = keyColumns;
        encodeWords(count);
        hashes = FlatColumn.grown(hashes, count);
        System.arraycopy(knownHashes, 0, hashes, 0, count);
    }

    /// Takes keys whose words suffice, as they were made before.
    void take(long[] knownWords, int count) {
        words = knownWords;
        validity = null;
        hashes = FlatColumn.grown(hashes, count);
        if (layout.single) {
            Hashing.longs(words, hashes, count);
        } else {
            hashWords(words, layout.wordCount, count, hashes);
        }
    }

    private void hashSingle(int count) {
        Hashing.longs(words, hashes, count);
        long[] valid = validity;
        if (valid != null) {
            for (int i = 0; i < count; i++) {
                if ((valid[i >> 6] >>> i & 1) == 0) {
                    hashes[i] = NULL_HASH;
                }
            }
        }
    }

    private static void hashWords(long[] words, int stride, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            long hash = stride;
            for (int w = 0; w < stride; w++) {
                hash = Hashing.combine(hash, words[i * stride + w]);
            }
            out[i] = Hashing.mix(hash);
        }
    }

    private static void hashText(FlatColumn text, int count, long[] hashes) {
        byte[] heap = text.heap;
        int[] start = text.start;
        int[] length = text.length;
        for (int i = 0; i < count; i++) {
            if (!text.isNull(i)) {
                hashes[i] = Hashing.combine(hashes[i], Hashing.bytes(heap, start[i], length[i]));
            }
        }
    }

    private void encodeWords(int count) {
        int stride = layout.wordCount;
        if (layout.single) {
            encodeSingle(count);
            return;
        }
        words = FlatColumn.grown(words, count * stride);
        Arrays.fill(words, 0, count * stride, 0);
        for (int c = 0; c < layout.columnCount; c++) {
            encodeColumn(c, count);
        }
    }

    private void encodeSingle(int count) {
        FlatColumn column = columns[0];
        validity = column.validity;
        switch (column.physical) {
            case LONG, BITS, WIDE, BYTES -> words = column.longs;
            case DOUBLE -> {
                doubleWords = FlatColumn.grown(doubleWords, count);
                canonical(column.doubles, count, doubleWords);
                words = doubleWords;
            }
        }
    }

    private long[] doubleWords = {};

    private void encodeColumn(int c, int count) {
        FlatColumn column = columns[c];
        checkNulls(c, column, count);
        int stride = layout.wordCount;
        int word = layout.word[c];
        int shift = layout.shift[c];
        switch (column.physical) {
            case LONG, BITS ->
                    or(column.longs, column.validity, count, words, stride, word, shift, mask(c));
            case DOUBLE -> {
                doubleWords = FlatColumn.grown(doubleWords, count);
                if (column.type instanceof Type.Real) {
                    canonicalFloats(column.doubles, count, doubleWords);
                } else {
                    canonical(column.doubles, count, doubleWords);
                }
                or(doubleWords, column.validity, count, words, stride, word, shift, mask(c));
            }
            case WIDE -> {
                or(column.longs, column.validity, count, words, stride, word, 0, -1L);
                for (int i = 0; i < count; i++) {
                    if (!column.isNull(i)) {
                        words[i * stride + word + 1] = column.high(i);
                    }
                }
            }
            case BYTES ->
                    or(
                            layout.vocabulary(c) == null ? column.length : column.codes,
                            column.validity,
                            count,
                            words,
                            stride,
                            word,
                            shift);
        }
        int nullWord = layout.nullWord[c];
        if (nullWord >= 0) {
            long[] valid = column.validity;
            if (valid != null) {
                orNulls(valid, count, words, stride, nullWord, layout.nullShift[c]);
            }
        }
    }

    private long mask(int c) {
        return layout.width[c] >= 64 ? -1L : (1L << layout.width[c]) - 1;
    }

    private void checkNulls(int c, FlatColumn column, int count) {
        if (layout.nullWord[c] < 0
                && column.validity != null
                && Validity.count(column.validity, count) < count) {
            throw new BasaltException(
                    ErrorCode.INTERNAL,
                    "a mistake in the engine: group column "
                            + c
                            + " was planned as never NULL, but a NULL arrived");
        }
    }

    private static void or(
            long[] values,
            long @Nullable [] validity,
            int count,
            long[] words,
            int stride,
            int word,
            int shift,
            long mask) {
        if (validity == null) {
            for (int i = 0; i < count; i++) {
                words[i * stride + word] |= (values[i] & mask) << shift;
            }
        } else {
            for (int i = 0; i < count; i++) {
                long valid = -(validity[i >> 6] >>> i & 1);
                words[i * stride + word] |= (values[i] & mask & valid) << shift;
            }
        }
    }

    private static void or(
            int[] values,
            long @Nullable [] validity,
            int count,
            long[] words,
            int stride,
            int word,
            int shift) {
        if (validity == null) {
            for (int i = 0; i < count; i++) {
                words[i * stride + word] |= (long) values[i] << shift;
            }
        } else {
            for (int i = 0; i < count; i++) {
                long valid = -(validity[i >> 6] >>> i & 1);
                words[i * stride + word] |= (values[i] & valid) << shift;
            }
        }
    }

    private static void orNulls(
            long[] validity, int count, long[] words, int stride, int word, int shift) {
        for (int i = 0; i < count; i++) {
            words[i * stride + word] |= (~(validity[i >> 6] >>> i) & 1) << shift;
        }
    }

    private static void canonical(double[] values, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = Double.doubleToLongBits(values[i] + 0.0);
        }
    }

    private static void canonicalFloats(double[] values, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = Float.floatToIntBits((float) values[i] + 0.0f);
        }
    }
}
