package io.basaltdb.query.kernel;

/// Work on bit words (BOOLEAN values, validity) and their turning into row numbers.
public final class Bits {
    private Bits() {}

    public static void fill(long[] out, long word, int words) {
        for (int i = 0; i < words; i++) {
            out[i] = word;
        }
    }

    public static void copy(long[] in, long[] out, int words) {
        System.arraycopy(in, 0, out, 0, words);
    }

    public static void and(long[] left, long[] right, long[] out, int words) {
        for (int i = 0; i < words; i++) {
            out[i] = left[i] & right[i];
        }
    }

    public static void or(long[] left, long[] right, long[] out, int words) {
        for (int i = 0; i < words; i++) {
            out[i] = left[i] | right[i];
        }
    }

    /// left and not right.
    public static void andNot(long[] left, long[] right, long[] out, int words) {
        for (int i = 0; i < words; i++) {
            out[i] = left[i] & ~right[i];
        }
    }

    /// left or not right.
    public static void orNot(long[] left, long[] right, long[] out, int words) {
        for (int i = 0; i < words; i++) {
            out[i] = left[i] | ~right[i];
        }
    }

    public static void xor(long[] left, long[] right, long[] out, int words) {
        for (int i = 0; i < words; i++) {
            out[i] = left[i] ^ right[i];
        }
    }

    public static void not(long[] in, long[] out, int words) {
        for (int i = 0; i < words; i++) {
            out[i] = ~in[i];
        }
    }

    /// Takes bits of `chosen` where `mask` is set, and leaves the others of `out`.
    public static void blend(long[] chosen, long[] mask, long[] out, int words) {
        for (int i = 0; i < words; i++) {
            out[i] = (out[i] & ~mask[i]) | (chosen[i] & mask[i]);
        }
    }

    /// Bits of the last word that belong to the first `size` lanes.
    public static long tailMask(int size) {
        return (size & 63) == 0 ? -1L : (1L << (size & 63)) - 1;
    }

    /// Number of bits set among the first `size`.
    public static int count(long[] words, int size) {
        int full = size >>> 6;
        int count = 0;
        for (int i = 0; i < full; i++) {
            count += Long.bitCount(words[i]);
        }
        return (size & 63) == 0 ? count : count + Long.bitCount(words[full] & tailMask(size));
    }

    /// Sets the bits of the chosen rows and no others among the first `size`.
    public static void fromRows(int[] rows, int count, long[] out, int size) {
        fill(out, 0, (size + 63) >>> 6);
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            out[row >> 6] |= 1L << row;
        }
    }

    /// Writes the numbers of the bits set among the first `size`, ascending, and returns how many there are. `out` has room for `size`.
    public static int toRows(long[] words, int[] out, int size) {
        int count = 0;
        int used = (size + 63) >>> 6;
        for (int w = 0; w < used; w++) {
            long word = w == used - 1 ? words[w] & tailMask(size) : words[w];
            int set = Long.bitCount(word);
            if (set > 16) {
                count = spread(word, w << 6, out, count, Math.min(64, size - (w << 6)));
            } else {
                count = pick(word, w << 6, out, count);
            }
        }
        return count;
    }

    /// A store for each lane, kept where its bit is set: no branch on data, for words with many bits.
    private static int spread(long word, int base, int[] out, int count, int lanes) {
        int at = count;
        for (int i = 0; i < lanes; i++) {
            out[at] = base + i;
            at += (int) (word >>> i) & 1;
        }
        return at;
    }

    /// One step for each bit that is set.
    private static int pick(long word, int base, int[] out, int count) {
        int at = count;
        for (long rest = word; rest != 0; rest &= rest - 1) {
            out[at++] = base + Long.numberOfTrailingZeros(rest);
        }
        return at;
    }

    /// Keeps those of the chosen rows whose bit is set; `out` may be `rows` and has room for `count`.
    public static int filterRows(long[] words, int[] rows, int count, int[] out) {
        int at = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            out[at] = row;
            at += (int) (words[row >> 6] >>> row) & 1;
        }
        return at;
    }

    /// out lane i = bit `codes[i]` of `words`.
    public static void gather(long[] words, int[] codes, long[] out, int count) {
        for (int base = 0; base < count; base += 64) {
            int lanes = Math.min(64, count - base);
            long word = 0;
            for (int i = 0; i < lanes; i++) {
                int code = codes[base + i];
                word |= (words[code >> 6] >>> code & 1) << i;
            }
            out[base >> 6] = word;
        }
    }
}
