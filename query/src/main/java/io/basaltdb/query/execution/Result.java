package io.basaltdb.query.execution;

import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.vector.Batch;
import org.jspecify.annotations.Nullable;

/// What a statement gives, batch by batch. Closing it before the end cancels the rest.
public interface Result extends AutoCloseable {
    /// Columns of the rows; empty where the statement gives none.
    Schema schema();

    /// The next batch, lent until the next call; null at the end. Waits for the workers.
    ///
    /// @throws io.basaltdb.storage.error.BasaltException where the query fails, also after earlier batches were given
    @Nullable Batch next();

    /// Rows changed; −1 for a statement that gives rows.
    long updateCount();

    /// Number of the query, as in `system.queries`.
    long queryId();

    /// Commit number that the statement saw, or made.
    long commit();

    /// How far the execution is.
    QueryProgress progress();

    @Override
    void close();
}
