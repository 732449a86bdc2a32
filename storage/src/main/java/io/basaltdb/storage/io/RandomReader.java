package io.basaltdb.storage.io;

/// Reads one file at any place. Safe for use by many threads.
public interface RandomReader extends AutoCloseable {
    /// Copies exactly `length` bytes; fails with IO_ERROR where the file ends before.
    void read(long position, byte[] target, int offset, int length);

    long sizeBytes();

    /// The path as given to [Disk#open], for messages.
    String path();

    @Override
    void close();
}
