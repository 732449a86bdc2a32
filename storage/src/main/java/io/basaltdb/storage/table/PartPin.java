package io.basaltdb.storage.table;

import io.basaltdb.storage.part.PartReader;

/// A part that is read: its file stays open until this is closed.
final class PartPin implements AutoCloseable {
    private final PartHandle handle;
    private final PartReader reader;
    private boolean closed;

    PartPin(PartHandle handle, PartReader reader) {
        this.handle = handle;
        this.reader = reader;
    }

    PartReader reader() {
        return reader;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            handle.unpin();
        }
    }
}
