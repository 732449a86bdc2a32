package io.basaltdb.storage.table;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.RandomReader;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The file of a part, opened when it is first read and closed once no snapshot can reach it.
final class PartHandle {
    private final Disk disk;
    private final PartId id;
    private final KeyCache cache;
    private volatile @Nullable PartReader reader;
    private volatile @Nullable String damage;
    // Guarded by this; readers of a file that was replaced: somebody may still read them.
    private final List<PartReader> replaced = new ArrayList<>();
    private boolean closed;
    // By granule; written under the lock of the cache.
    private volatile @Nullable AtomicReferenceArray<long @Nullable []> keys;

    /// @param cache says which decoded keys are kept
    PartHandle(Disk disk, PartId id, KeyCache cache) {
        this.disk = disk;
        this.id = id;
        this.cache = cache;
    }

    KeyCache cache() {
        return cache;
    }

    /// The decoded keys of a granule, where they are kept. Not to be written.
    long @Nullable [] keys(int granule) {
        AtomicReferenceArray<long @Nullable []> kept = keys;
        return kept == null ? null : kept.get(granule);
    }

    /// Only for the cache.
    void keepKeys(int granule, long[] decoded) {
        AtomicReferenceArray<long @Nullable []> kept = keys;
        if (kept == null) {
            kept = new AtomicReferenceArray<>(reader().granuleCount());
            keys = kept;
        }
        kept.set(granule, decoded);
    }

    /// Only for the cache.
    void forgetKeys(int granule) {
        AtomicReferenceArray<long @Nullable []> kept = keys;
        if (kept != null) {
            kept.set(granule, null);
        }
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
            try {
                open = PartReader.open(file(disk, id), id);
            } catch (BasaltException failure) {
                throw met(failure);
            }
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

    /// What is wrong with the part, where somebody met it.
    @Nullable String damage() {
        return damage;
    }

    /// Notes a failure to read the part, where it means that the part is broken, and gives it back to be thrown.
    BasaltException met(BasaltException failure) {
        if (failure.code().kind() == ErrorCode.Kind.CORRUPTION
                || failure.code() == ErrorCode.FORMAT_TOO_NEW) {
            damage = failure.text();
        }
        return failure;
    }

    /// Notes that the part is broken.
    void broken(String problem) {
        damage = problem;
    }

    /// The file is whole: it is opened anew with the next read.
    synchronized void restore() {
        PartReader open = reader;
        if (open != null) {
            replaced.add(open);
            reader = null;
        }
        damage = null;
    }

    synchronized void close() {
        closed = true;
        keys = null;
        replaced.forEach(PartReader::close);
        replaced.clear();
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
