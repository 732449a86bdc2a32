package io.basaltdb.storage.table;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.RandomReader;
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
            open = PartReader.open(file(disk, id), id);
            reader = open;
        }
        return open;
    }

    /// The file of a part that the database names: that it is missing is damage.
    static RandomReader file(Disk disk, PartId id) {
        try {
            return disk.open(id.path());
        } catch (BasaltException failure) {
            if (failure.code() != ErrorCode.FILE_NOT_FOUND) {
                throw failure;
            }
            throw new BasaltException(
                    ErrorCode.PART_CORRUPT,
                    "part "
                            + id
                            + ": its file "
                            + id.path()
                            + " in "
                            + disk.describe()
                            + " is missing; restore it from a backup",
                    failure);
        }
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
