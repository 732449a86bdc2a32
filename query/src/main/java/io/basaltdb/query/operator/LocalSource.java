package io.basaltdb.query.operator;

/// One lane's end of a source.
public interface LocalSource extends AutoCloseable {
    /// The next batch, the end, a signal to wait for, or [Progress#MORE] where there is nothing yet and the lane should ask again at once. A batch is
    /// lent until the next call; it may have no rows.
    Progress next();

    @Override
    void close();
}
