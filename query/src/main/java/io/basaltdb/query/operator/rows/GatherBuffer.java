package io.basaltdb.query.operator.rows;

import io.basaltdb.storage.vector.Validity;
import org.jspecify.annotations.Nullable;

/// Arrays into which one column's rows are gathered, reused from batch to batch; one per output column and thread.
public final class GatherBuffer {
    private long[] longs = new long[0];
    private long[] highs = new long[0];
    private double[] doubles = new double[0];
    private int[] starts = new int[0];
    private int[] lengths = new int[0];
    private long[] bits = new long[0];
    private long[] valid = new long[0];

    long[] longs(int size) {
        if (longs.length < size) {
            longs = new long[size];
        }
        return longs;
    }

    long[] highs(int size) {
        if (highs.length < size) {
            highs = new long[size];
        }
        return highs;
    }

    double[] doubles(int size) {
        if (doubles.length < size) {
            doubles = new double[size];
        }
        return doubles;
    }

    /// Also used for codes.
    int[] starts(int size) {
        if (starts.length < size) {
            starts = new int[size];
        }
        return starts;
    }

    int[] lengths(int size) {
        if (lengths.length < size) {
            lengths = new int[size];
        }
        return lengths;
    }

    long[] bits(int size) {
        if (bits.length < Validity.words(size)) {
            bits = new long[Validity.words(size)];
        }
        return bits;
    }

    /// Bits `rows[i]` of `words`, at lane i or `lanes[i]`, for `count` rows; the result has room for `size` lanes.
    long[] gatherBits(long[] words, int[] rows, int @Nullable [] lanes, int count, int size) {
        if (valid.length < Validity.words(size)) {
            valid = new long[Validity.words(size)];
        }
        gatherBits(words, rows, lanes, count, valid);
        return valid;
    }

    static void gatherBits(
            long[] words, int[] rows, int @Nullable [] lanes, int count, long[] target) {
        for (int i = 0; i < count; i++) {
            int from = rows[i];
            int to = lanes == null ? i : lanes[i];
            long bit = words[from >> 6] >>> from & 1;
            target[to >> 6] = (target[to >> 6] & ~(1L << to)) | bit << to;
        }
    }
}
