package io.basaltdb.storage.table;

import io.basaltdb.storage.vector.Batch;

/// Adds rows to one table within a transaction. For one thread. Large amounts become sorted parts on disk before the commit; small ones stay
/// in memory until the commit puts them into the log and the delta.
public interface Appender extends AutoCloseable {
    /// Copies the selected rows of the batch; its columns are those of the definition, in order and of their types, in any vector form.
    ///
    /// @return the rows as they were added, with their generated columns; lent until the next call
    /// @throws io.basaltdb.storage.error.BasaltException CHECK_VIOLATION, NOT_NULL_VIOLATION, PROGRAM_LIMIT (a value above 16 MiB), DISK_FULL
    Batch append(Batch rows);

    /// Rows appended so far.
    long rowCount();

    /// Hands what was appended to the transaction; nothing is visible yet.
    @Override
    void close();
}
