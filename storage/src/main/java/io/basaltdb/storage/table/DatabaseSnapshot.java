package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.CatalogSnapshot;

/// The whole database at one commit number; pins the files it needs until it is closed. Safe for use by many threads.
public interface DatabaseSnapshot extends AutoCloseable {
    long commit();

    CatalogSnapshot catalog();

    /// @throws io.basaltdb.storage.error.BasaltException UNDEFINED_TABLE where the table does not exist at this commit
    TableSnapshot table(int tableId);

    /// The rows of a table as they were at a point in its past, under the names and types that its columns have at this snapshot: a column that was
    /// added since has its initial value. What the transaction has changed, if this is the view of one, is not in the past.
    ///
    /// @throws io.basaltdb.storage.error.BasaltException UNDEFINED_TABLE; HISTORY_NOT_KEPT where the table keeps no history, or none so old;
    ///     INVALID_PARAMETER for a commit that this snapshot does not see
    TableSnapshot table(int tableId, AsOf point);

    @Override
    void close();
}
