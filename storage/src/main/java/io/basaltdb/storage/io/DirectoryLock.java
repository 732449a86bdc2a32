package io.basaltdb.storage.io;

/// A database directory, taken for one open database until this is closed.
public interface DirectoryLock extends AutoCloseable {
    @Override
    void close();
}
