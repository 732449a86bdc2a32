package io.basaltdb.query.operator;

/// One lane's end of a source.
public interface LocalSource extends AutoCloseable {
    /// The next batch, the end, or a signal to wait for. A batch is lent until the next call; it may have no rows.
    Progress next();

    @Override
    void close();
}
