package io.basaltdb.storage.io;

import io.basaltdb.storage.error.BasaltException;

/// Writes a file of a [MemoryDisk].
final class MemoryAppendWriter implements AppendWriter {
    private final MemoryFile file;
    private long position;
    private boolean poisoned;
    private boolean closed;

    MemoryAppendWriter(MemoryFile file, long position) {
        this.file = file;
        this.position = position;
    }

    @Override
    public void append(byte[] bytes, int offset, int length) {
        refuseUnusable();
        try {
            file.write(position, bytes, offset, length);
        } catch (BasaltException full) {
            poisoned = true;
            throw full;
        }
        position += length;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void force() {
        refuseUnusable();
    }

    @Override
    public void truncateToPosition() {
        refuseUnusable();
        file.truncate(position);
    }

    private void refuseUnusable() {
        if (closed) {
            throw DiskPath.closed(file.path());
        }
        if (poisoned) {
            throw DiskPath.poisoned(file.path());
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
