package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.Validity;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which codes of a dictionary have been seen, so that their values are looked up once however many rows have them. The codes of one
/// part's dictionary mean nothing in the next: then it begins anew.
final class SeenCodes {
    private final Reservation reservation;
    private @Nullable Dictionary dictionary;
    private long[] seen = {};

    SeenCodes(Reservation reservation) {
        this.reservation = reservation;
    }

    /// Keeps, of the first `count` positions in `rows`, the first of each code that has not been seen; returns how many there are.
    @SuppressWarnings("ReferenceEquality") // a dictionary is known by its identity
    int keepNew(Dictionary of, int[] codes, int[] rows, int count) {
        if (of != dictionary) {
            begin(of);
        }
        return keepNew(seen, codes, rows, count);
    }

    private void begin(Dictionary next) {
        int words = Validity.words(next.size());
        if (words > seen.length) {
            reservation.grow(8L * (words - seen.length));
            seen = new long[words];
        } else {
            Arrays.fill(seen, 0, words, 0);
        }
        dictionary = next;
    }

    private static int keepNew(long[] seen, int[] codes, int[] rows, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int code = codes[row];
            long word = seen[code >> 6];
            rows[kept] = row;
            kept += (int) (~(word >>> code) & 1);
            seen[code >> 6] = word | 1L << code;
        }
        return kept;
    }
}
