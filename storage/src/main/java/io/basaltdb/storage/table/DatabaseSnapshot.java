package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.CatalogSnapshot;

/// The whole database at one commit number; pins the files it needs until it is closed. Safe for use by many threads.
public interface DatabaseSnapshot extends AutoCloseable {
    long commit();

    CatalogSnapshot catalog();

    /// @throws io.basaltdb.storage.error.BasaltException UNDEFINED_TABLE where the table does not exist at this commit
    TableSnapshot table(int tableId);

    @Override
    void close();
}
