package io.basaltdb.storage.io;

/// Reads a file of a [MemoryDisk].
final class MemoryRandomReader implements RandomReader {
    private final MemoryFile file;
    private final long sizeBytes;
    private volatile boolean closed;

    MemoryRandomReader(MemoryFile file) {
        this.file = file;
        this.sizeBytes = file.sizeBytes();
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) {
        if (closed) {
            throw DiskPath.closed(file.path());
        }
        if (position < 0 || length < 0 || position > sizeBytes - length) {
            throw DiskPath.endsEarly(file.path(), position, length, sizeBytes);
        }
        file.read(position, target, offset, length);
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public String path() {
        return file.path();
    }

    @Override
    public void close() {
        closed = true;
    }
}
