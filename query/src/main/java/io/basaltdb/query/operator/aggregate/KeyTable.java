package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Distinct keys, numbered from 0 in the order in which they came. For one thread at a time.
///
/// The table grows by doubling; the bytes of the old and the new arrays are reserved before the new ones are made.
abstract sealed class KeyTable permits DenseKeyTable, LongKeyTable, WordKeyTable {
    static final int NO_GROUP = -1;
    static final long MOST_EXPECTED_SLOTS = 1 << 24;

    final Reservation reservation;
    int count;

    KeyTable(Reservation reservation) {
        this.reservation = reservation;
    }

    /// @param dictionaries the same for all tables between which [#addFrom] is called
    static KeyTable of(KeyLayout layout, KeptDictionaries dictionaries, Reservation reservation) {
        return layout.wordCount == 1 && layout.texts.length == 0
                ? new LongKeyTable(layout, reservation)
                : new WordKeyTable(layout, dictionaries, reservation);
    }

    /// All groups' numbers are below it.
    final int count() {
        return count;
    }

    /// How many groups there are.
    int presentCount() {
        return count;
    }

    /// Which of `rowCount` numbers from `first` on are those of groups, as positions behind `first`; null where all are.
    @Nullable Selection present(int first, int rowCount) {
        return null;
    }

    /// Puts the group of each row among the first `rowCount` into `groups`, making new groups for new keys.
    abstract void findOrAdd(KeyBlock keys, int rowCount, int[] groups);

    /// As [#findOrAdd], but rows with new keys get [#NO_GROUP].
    abstract void find(KeyBlock keys, int rowCount, int[] groups);

    /// For each of the other table's groups `from[0 … rowCount − 1]`, puts the group of the same key here into `to`.
    abstract void addFrom(KeyTable other, int[] from, int rowCount, int[] to);

    /// Makes room for that many more groups at once, where they are as good as sure to come.
    abstract void expect(int moreGroups);

    /// The hash of a group's key, as it was in its block.
    abstract long hash(int group);

    /// A key column's values for `rowCount` groups from `first` on.
    ///
    /// @param wanted the groups whose texts count, by their place behind `first`; null where all do
    abstract Vector column(int column, int first, int rowCount, @Nullable Selection wanted);

    /// The codes of a key column whose texts lie in a vocabulary, for `rowCount` groups from `first` on.
    abstract LongVector codes(int column, int first, int rowCount);
}
