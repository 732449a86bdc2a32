package io.basaltdb.storage.table;

import io.basaltdb.storage.vector.Batch;

/// What becomes of a row whose primary key a row of the table has already.
public sealed interface KeyConflict {
    /// It is left out; of several rows of one key the first counts.
    record Ignore() implements KeyConflict {}

    /// It takes the place of the row that is there. Where rows of one statement have the same key, the last one counts, or that is an error.
    record Replace(boolean lastCounts) implements KeyConflict {}

    /// The row that is there is replaced by one that is computed from both. Two rows of one key in one statement are an error.
    ///
    /// @param keepsKeys whether the rows that are computed have the keys of those that they replace
    record Update(Change change, boolean keepsKeys) implements KeyConflict {}

    /// Computes rows from pairs of rows.
    interface Change {
        /// @param pairs the columns of the row that is there, then those of the row that was to come
        /// @return rows of the table's columns, a lane per pair; pairs that are not selected stay as they are. Lent until the next call
        Batch apply(Batch pairs);
    }
}
