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
    private final OpenParts openParts;
    private volatile @Nullable String damage;
    // Guarded by this, all down to `closed`.
    private @Nullable PartReader reader;
    private int pins;
    private boolean isUsed;
    private long countedBytes;
    // Readers of a file that was replaced: somebody may still read them.
    private final List<PartReader> replaced = new ArrayList<>(0);
    private boolean closed;
    // By granule; written under the lock of the cache.
    private volatile @Nullable AtomicReferenceArray<long @Nullable []> keys;

    /// @param cache says which decoded keys are kept
    /// @param openParts says how many files stay open
    PartHandle(Disk disk, PartId id, KeyCache cache, OpenParts openParts) {
        this.disk = disk;
        this.id = id;
        this.cache = cache;
        this.openParts = openParts;
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
            try (PartPin pin = pin()) {
                kept = new AtomicReferenceArray<>(pin.reader().granuleCount());
            }
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

    /// Opens the file, unless it is open, and keeps it open.
    PartPin pin() {
        PartReader open;
        boolean isNew;
        synchronized (this) {
            isNew = reader == null;
            open = isNew ? open() : present(reader);
            pins++;
            isUsed = true;
        }
        if (isNew) {
            openParts.opened(this);
        }
        return new PartPin(this, open);
    }

    private static PartReader present(@Nullable PartReader reader) {
        assert reader != null;
        return reader;
    }

    void unpin() {
        long more;
        synchronized (this) {
            pins--;
            more = reader == null ? 0 : reader.heldBytes() - countedBytes;
            countedBytes += more;
        }
        if (more != 0) {
            openParts.grew(more);
        }
    }

    /// Closes the file, if nobody has read it since the last call and nobody does now; answers what it held, −1 where it stays open.
    synchronized long closeUnlessUsed() {
        PartReader open = reader;
        if (pins > 0 || (isUsed && open != null)) {
            isUsed = false;
            return -1;
        }
        if (open != null) {
            open.close();
            reader = null;
        }
        long counted = countedBytes;
        countedBytes = 0;
        return counted;
    }

    private PartReader open() {
        assert !closed : "part " + id + " is read after it was let go";
        try {
            PartReader open = PartReader.open(file(disk, id), id);
            reader = open;
            return open;
        } catch (BasaltException failure) {
            throw met(failure);
        }
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
    void restore() {
        long counted;
        synchronized (this) {
            PartReader open = reader;
            if (open != null) {
                replaced.add(open);
                reader = null;
            }
            damage = null;
            counted = countedBytes;
            countedBytes = 0;
        }
        openParts.closed(this, counted);
    }

    void close() {
        long counted;
        synchronized (this) {
            closed = true;
            keys = null;
            replaced.forEach(PartReader::close);
            replaced.clear();
            PartReader open = reader;
            if (open == null) {
                return;
            }
            open.close();
            reader = null;
            counted = countedBytes;
            countedBytes = 0;
        }
        openParts.closed(this, counted);
    }

    /// Closes and deletes the file.
    void purge() {
        close();
        disk.delete(id.path());
    }
}
