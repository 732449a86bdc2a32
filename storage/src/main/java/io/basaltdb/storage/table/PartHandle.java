package io.basaltdb.storage.table;

import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartReader;
import org.jspecify.annotations.Nullable;

/// The file of a part, opened when it is first read and closed once no snapshot can reach it.
final class PartHandle {
    private final Disk disk;
    private final PartId id;
    private volatile @Nullable PartReader reader;
    private boolean closed;

    PartHandle(Disk disk, PartId id) {
        this.disk = disk;
        this.id = id;
    }

    PartId id() {
        return id;
    }

    PartReader reader() {
        PartReader open = reader;
        return open != null ? open : open();
    }

    private synchronized PartReader open() {
        PartReader open = reader;
        if (open == null) {
            assert !closed : "part " + id + " is read after it was let go";
            open = PartReader.open(disk.open(id.path()), id);
            reader = open;
        }
        return open;
    }

    synchronized void close() {
        closed = true;
        PartReader open = reader;
        if (open != null) {
            open.close();
            reader = null;
        }
    }

    /// Closes and deletes the file.
    void purge() {
        close();
        disk.delete(id.path());
    }
}
