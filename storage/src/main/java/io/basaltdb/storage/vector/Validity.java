package io.basaltdb.storage.vector;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Work on validity words: bit i of word i / 64 is set where lane i is not null; no words at all where no lane is null.
public final class Validity {
    private Validity() {}

    /// Words that `size` lanes need.
    public static int words(int size) {
        return (size + 63) >>> 6;
    }

    public static boolean isValid(long @Nullable [] validity, int row) {
        return validity == null || (validity[row >> 6] >>> row & 1) != 0;
    }

    public static void setValid(long[] validity, int row) {
        validity[row >> 6] |= 1L << row;
    }

    public static void setNull(long[] validity, int row) {
        validity[row >> 6] &= ~(1L << row);
    }

    /// Marks the first `size` lanes valid.
    public static void fill(long[] validity, int size) {
        Arrays.fill(validity, 0, words(size), -1L);
    }

    /// Number of valid lanes among the first `size`.
    public static int count(long @Nullable [] validity, int size) {
        if (validity == null) {
            return size;
        }
        int count = 0;
        int full = size >>> 6;
        for (int i = 0; i < full; i++) {
            count += Long.bitCount(validity[i]);
        }
        int rest = size & 63;
        return rest == 0 ? count : count + Long.bitCount(validity[full] & ((1L << rest) - 1));
    }
}
