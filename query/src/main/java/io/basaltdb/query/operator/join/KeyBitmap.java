package io.basaltdb.query.operator.join;

import io.basaltdb.query.operator.rows.LongStore;
import io.basaltdb.storage.vector.Selection;
import org.jspecify.annotations.Nullable;

/// Which values between the least and the greatest a key column of the build side holds, one bit each: small enough to stay in cache while a
/// scan of the probe side asks for every row.
final class KeyBitmap {
    /// Bits per build row, and bits that are always affordable: what a core's cache holds.
    private static final long BITS_PER_ROW = 64;

    private static final long FREE_BITS = 1 << 22;
    private static final long MAX_BITS = 1L << 30;

    private final long min;
    private final long range;
    private final long[] words;
    private final long bitCount;

    private KeyBitmap(long min, long range, long[] words, long bitCount) {
        this.min = min;
        this.range = range;
        this.words = words;
        this.bitCount = bitCount;
    }

    /// Whether the values of so many rows lie close enough to each other.
    static boolean pays(long range, int rowCount) {
        return range < Math.min(MAX_BITS, FREE_BITS + BITS_PER_ROW * rowCount);
    }

    static long bytesFor(long range) {
        return 8 * ((range >> 6) + 1);
    }

    /// The values of the column, none of which lies outside `min … min + range`; NULLs are left out.
    static KeyBitmap of(LongStore column, long min, long range) {
        long[] words = new long[(int) (range >> 6) + 1];
        long[] values = column.values();
        if (column.mayHaveNulls()) {
            setValid(column, min, words);
        } else {
            set(values, column.size(), min, words);
        }
        long bits = 0;
        for (long word : words) {
            bits += Long.bitCount(word);
        }
        return new KeyBitmap(min, range, words, bits);
    }

    private static void set(long[] values, int count, long min, long[] words) {
        for (int i = 0; i < count; i++) {
            long distance = values[i] - min;
            words[(int) (distance >> 6)] |= 1L << distance;
        }
    }

    private static void setValid(LongStore column, long min, long[] words) {
        long[] values = column.values();
        for (int row = 0; row < column.size(); row++) {
            if (!column.isNull(row)) {
                long distance = values[row] - min;
                words[(int) (distance >> 6)] |= 1L << distance;
            }
        }
    }

    /// Whether enough values are missing that a look spares more than it costs.
    boolean isSelective() {
        return bitCount <= range / 2;
    }

    /// The lanes among `among` (null: the first `size`) that hold one of the values; NULLs do not.
    Selection select(
            long[] values,
            long @Nullable [] validity,
            @Nullable Selection among,
            int size,
            int[] out) {
        int count =
                among == null
                        ? select(values, size, out)
                        : select(values, among.rows(), among.count(), out);
        return new Selection(out, validity == null ? count : keepValid(out, count, validity));
    }

    /// Works through 64 lanes at a time: first a bit for each, without a branch, then the lanes of the bits that are set. Where few are, that costs half
    /// of writing every lane's number and keeping some.
    private int select(long[] values, int size, int[] out) {
        int count = 0;
        for (int base = 0; base < size; base += Long.SIZE) {
            long hits = hits(values, base, Math.min(Long.SIZE, size - base));
            for (; hits != 0; hits &= hits - 1) {
                out[count++] = base + Long.numberOfTrailingZeros(hits);
            }
        }
        return count;
    }

    private int select(long[] values, int[] lanes, int size, int[] out) {
        int count = 0;
        for (int base = 0; base < size; base += Long.SIZE) {
            long hits = hits(values, lanes, base, Math.min(Long.SIZE, size - base));
            for (; hits != 0; hits &= hits - 1) {
                out[count++] = lanes[base + Long.numberOfTrailingZeros(hits)];
            }
        }
        return count;
    }

    /// A bit for each of the values from `base` on.
    private long hits(long[] values, int base, int size) {
        long[] bits = words;
        long first = min;
        long last = range;
        long hits = 0;
        for (int i = 0; i < size; i++) {
            long distance = values[base + i] - first;
            boolean inside = Long.compareUnsigned(distance, last) <= 0;
            long at = inside ? distance : 0;
            hits |= (bits[(int) (at >> 6)] >>> at & (inside ? 1 : 0)) << i;
        }
        return hits;
    }

    private long hits(long[] values, int[] lanes, int base, int size) {
        long[] bits = words;
        long first = min;
        long last = range;
        long hits = 0;
        for (int i = 0; i < size; i++) {
            long distance = values[lanes[base + i]] - first;
            boolean inside = Long.compareUnsigned(distance, last) <= 0;
            long at = inside ? distance : 0;
            hits |= (bits[(int) (at >> 6)] >>> at & (inside ? 1 : 0)) << i;
        }
        return hits;
    }

    private static int keepValid(int[] lanes, int count, long[] validity) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int lane = lanes[i];
            lanes[kept] = lane;
            kept += (int) (validity[lane >> 6] >>> lane & 1);
        }
        return kept;
    }
}
