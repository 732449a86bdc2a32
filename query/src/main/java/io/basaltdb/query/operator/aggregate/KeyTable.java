package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Vector;

/// Distinct keys, numbered from 0 in the order in which they came. For one thread at a time.
///
/// The table grows by doubling; the bytes of the old and the new arrays are reserved before the new ones are made.
abstract sealed class KeyTable permits LongKeyTable, WordKeyTable {
    static final int NO_GROUP = -1;

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

    final int count() {
        return count;
    }

    /// Puts the group of each row among the first `rowCount` into `groups`, making new groups for new keys.
    abstract void findOrAdd(KeyBlock keys, int rowCount, int[] groups);

    /// As [#findOrAdd], but rows with new keys get [#NO_GROUP].
    abstract void find(KeyBlock keys, int rowCount, int[] groups);

    /// For each of the other table's groups `from[0 … rowCount − 1]`, puts the group of the same key here into `to`.
    abstract void addFrom(KeyTable other, int[] from, int rowCount, int[] to);

    /// The hash of a group's key, as it was in its block.
    abstract long hash(int group);

    /// A key column's values for `rowCount` groups from `first` on.
    abstract Vector column(int column, int first, int rowCount);
}
