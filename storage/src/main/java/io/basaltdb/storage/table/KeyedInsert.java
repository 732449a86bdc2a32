package io.basaltdb.storage.table;

import io.basaltdb.storage.vector.Batch;

/// Rows for a keyed table, with a rule for those whose key is there already: one statement's. Nothing happens before [#finish].
public interface KeyedInsert extends AutoCloseable {
    /// Takes the batch's selected rows; the columns are those of the table, in order and type. Any thread.
    void append(Batch rows);

    /// Bytes of the rows that wait.
    long sizeBytes();

    /// Carries everything out; answers how many rows came or changed.
    ///
    /// @param written gets the rows as they are now, in batches that are lent
    /// @throws io.basaltdb.storage.error.BasaltException CARDINALITY_VIOLATION where a row would be changed twice; UNIQUE_VIOLATION where a
    ///     changed key is another row's
    long finish(Written written);

    @Override
    void close();

    /// Gets the rows that were written.
    interface Written {
        Written NOBODY = _ -> {};

        void accept(Batch rows);
    }
}
