package io.basaltdb.storage.io;

/// Writes one file from its start to its end. Used by one thread at a time.
public interface AppendWriter extends AutoCloseable {
    void append(byte[] bytes, int offset, int length);

    /// Bytes appended so far (the preallocated rest not counted), from the start of the file.
    long position();

    /// Makes everything appended so far durable. After a failure nothing is known about what was: the writer refuses all further calls.
    void force();

    /// Cuts the preallocated rest off, without forcing.
    void truncateToPosition();

    @Override
    void close();
}
