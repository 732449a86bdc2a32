package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.Vocabulary;
import java.util.Arrays;

/// Dictionaries that texts of keys lie in, so that a table names them by number and code instead of copying their bytes. One for all tables that are
/// merged into each other. Safe for use by many threads.
///
/// Bounded: of dictionaries beyond it, and where the memory limit leaves no room for one, texts are copied.
final class KeptDictionaries {
    static final int NOT_KEPT = -1;

    private static final int MOST_DICTIONARIES = 256;
    private static final long MOST_BYTES = 256L << 20;
    private static final int PART_OF_LIMIT = 4;

    /// Closed by its owner.
    private final Reservation reservation;

    /// Replaced under this object's monitor, never changed.
    private volatile Dictionary[] kept = {};

    private final long mostBytes;
    private long bytes;

    KeptDictionaries(Reservation reservation) {
        this(reservation, MOST_BYTES);
    }

    /// Keeps more where the operator may use much.
    ///
    /// @param limitBytes what it may use at most
    static KeptDictionaries within(long limitBytes, Reservation reservation) {
        return new KeptDictionaries(reservation, Math.max(MOST_BYTES, limitBytes / PART_OF_LIMIT));
    }

    private KeptDictionaries(Reservation reservation, long mostBytes) {
        this.reservation = reservation;
        this.mostBytes = mostBytes;
    }

    /// Keeps none.
    static KeptDictionaries none(Reservation reservation) {
        return new KeptDictionaries(reservation, 0);
    }

    /// The dictionary's number, or [#NOT_KEPT].
    int number(Dictionary dictionary) {
        int known = find(kept, dictionary);
        return known >= 0 ? known : keep(dictionary);
    }

    @SuppressWarnings("ReferenceEquality") // a dictionary is known by its identity
    private static int find(Dictionary[] among, Dictionary dictionary) {
        // From the last one: the part that is being read.
        for (int i = among.length - 1; i >= 0; i--) {
            if (among[i] == dictionary) {
                return i;
            }
        }
        return NOT_KEPT;
    }

    private synchronized int keep(Dictionary dictionary) {
        int known = find(kept, dictionary);
        if (known >= 0) {
            return known;
        }
        if (!(dictionary.values() instanceof BytesVector values)) {
            return NOT_KEPT;
        }
        long more = values.heap().length + 8L * values.size();
        if (kept.length == MOST_DICTIONARIES || bytes + more > mostBytes || !reserve(more)) {
            return NOT_KEPT;
        }
        bytes += more;
        Dictionary[] longer = Arrays.copyOf(kept, kept.length + 1);
        longer[kept.length] = dictionary;
        kept = longer;
        return longer.length - 1;
    }

    /// Whether all the vocabulary's dictionaries are kept now, and it itself.
    boolean keep(Vocabulary vocabulary) {
        for (int i = 0; i < vocabulary.memberCount(); i++) {
            if (number(vocabulary.member(i)) == NOT_KEPT) {
                return false;
            }
        }
        return reserve(vocabulary.bytes());
    }

    /// Whether there is room for so many bytes beside the dictionaries.
    synchronized boolean reserve(long more) {
        try {
            reservation.grow(more);
            return true;
        } catch (BasaltException full) {
            return false;
        }
    }

    Dictionary get(int number) {
        return kept[number];
    }

    /// The values of the dictionary with that number.
    BytesVector values(int number) {
        return (BytesVector) kept[number].values();
    }
}
