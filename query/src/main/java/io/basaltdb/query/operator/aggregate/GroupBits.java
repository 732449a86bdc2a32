package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Validity;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One bit per group: whether it has something.
final class GroupBits {
    private final Reservation reservation;
    private long[] words = {};

    GroupBits(Reservation reservation) {
        this.reservation = reservation;
    }

    void ensure(int groupCount) {
        int needed = Validity.words(groupCount);
        if (needed > words.length) {
            int size = Math.max(needed, 2 * words.length);
            reservation.grow(8L * (size - words.length));
            words = Arrays.copyOf(words, size);
        }
    }

    boolean get(int group) {
        return (words[group >> 6] >>> group & 1) != 0;
    }

    void set(int group) {
        words[group >> 6] |= 1L << group;
    }

    void clear(int group) {
        words[group >> 6] &= ~(1L << group);
    }

    /// The bits of `count` groups from `first` on, as a validity; null where all are set.
    long @Nullable [] validity(int first, int count) {
        long[] out = new long[Validity.words(count)];
        int set = 0;
        for (int i = 0; i < count; i++) {
            long bit = words[(first + i) >> 6] >>> (first + i) & 1;
            out[i >> 6] |= bit << i;
            set += (int) bit;
        }
        return set == count ? null : out;
    }
}
