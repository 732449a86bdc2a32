package io.basaltdb.storage.log;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.io.Disk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Appends frames and forces them. For one thread, the Committer's, except [#deleteThrough], [#retainedBytes] and [#files].
///
/// After a failed write or force nothing is known about what stands in the file: the log is **poisoned**, refuses everything, and only a
/// recovery into a new file goes on.
public final class WriteAheadLog implements AutoCloseable {
    /// A file that is no longer written to.
    record OldFile(long number, long sizeBytes, long lastCommit) {}

    private static final byte[] NOTHING = {};

    // A life begins with a small file, so that a short one pays for little; each next one is
    // larger, up to the limit.
    private static final int GROWTH = 4;
    private static final int FIRST_FILE_SHARE = GROWTH * GROWTH * GROWTH;

    private final Disk disk;
    private final long maxFileBytes;
    private final long epoch;
    private final CRC32C checksum = new CRC32C();
    private final ByteWriter buffer = new ByteWriter(1 << 16);
    // Guarded by itself.
    private final Deque<OldFile> oldFiles;
    // Null until the first frame of this life: a database that is only read writes nothing.
    private volatile @Nullable AppendWriter writer;
    private long fileBytes;
    private volatile long number;
    private volatile long written;
    private long forced;
    private long marked;
    private long commitsEnd;
    private volatile long lastCommit;
    private @Nullable BasaltException poison;

    private WriteAheadLog(
            Disk disk,
            long maxFileBytes,
            long epoch,
            long number,
            long lastCommit,
            List<OldFile> oldFiles) {
        this.disk = disk;
        this.maxFileBytes = maxFileBytes;
        this.epoch = epoch;
        this.number = number;
        this.lastCommit = lastCommit;
        this.oldFiles = new ArrayDeque<>(oldFiles);
        this.fileBytes = maxFileBytes / FIRST_FILE_SHARE;
    }

    /// @param copied commits, up to the last, that go into the first file before anything else
    static WriteAheadLog create(
            Disk disk,
            long maxFileBytes,
            long epoch,
            long number,
            long lastCommit,
            List<OldFile> oldFiles,
            Map<Long, byte[]> copied) {
        long before = copied.isEmpty() ? lastCommit : copied.keySet().iterator().next() - 1;
        WriteAheadLog log =
                new WriteAheadLog(disk, maxFileBytes, epoch, number - 1, before, oldFiles);
        ByteWriter payload = new ByteWriter(16);
        for (Map.Entry<Long, byte[]> commit : copied.entrySet()) {
            payload.truncate(0);
            payload.putBytes(commit.getValue(), 0, commit.getValue().length);
            log.ensureRoom(LogFormat.frameBytes(payload.size()));
            log.append(commit.getKey(), payload);
        }
        log.force();
        return log;
    }

    private AppendWriter begin(long fileNumber, long firstCommit, long sizeBytes) {
        disk.createDirectory(LogFormat.DIRECTORY);
        disk.forceDirectory("");
        String path = LogFormat.path(fileNumber);
        AppendWriter begun = disk.create(path, sizeBytes);
        try {
            byte[] header = LogFormat.header(fileNumber, epoch, firstCommit);
            begun.append(header, 0, header.length);
            begun.force();
            disk.forceDirectory(LogFormat.DIRECTORY);
            return begun;
        } catch (RuntimeException failure) {
            begun.close();
            disk.delete(path);
            throw failure;
        }
    }

    /// Counts the recoveries of the database.
    public long epoch() {
        return epoch;
    }

    /// Bytes that a frame with that payload takes, for [#ensureRoom].
    public static long frameBytes(int payloadBytes) {
        return LogFormat.frameBytes(payloadBytes);
    }

    /// Begins the next file where that many bytes of frames do not fit into this one. A failure changes nothing: nothing was appended.
    public void ensureRoom(long bytes) {
        checkUsable();
        long needed = bytes + 2 * LogFormat.FRAME_HEADER_BYTES;
        if (writer != null && written + buffer.size() + needed <= fileBytes) {
            return;
        }
        force();
        long leastBytes = LogFormat.HEADER_BYTES + needed;
        long nextBytes = Math.max(Math.min(maxFileBytes, fileBytes * GROWTH), leastBytes);
        long nextNumber = number + 1;
        AppendWriter next = null;
        while (next == null) {
            try {
                next = begin(nextNumber, lastCommit + 1, nextBytes);
            } catch (BasaltException failure) {
                if (failure.code() != ErrorCode.DISK_FULL || nextBytes == leastBytes) {
                    throw failure;
                }
                // Where there is no room for a large file a small one does.
                nextBytes = Math.max(nextBytes / GROWTH, leastBytes);
            }
        }
        if (writer != null) {
            writer.close();
            synchronized (oldFiles) {
                oldFiles.add(new OldFile(number, fileBytes, lastCommit));
            }
        }
        writer = next;
        fileBytes = nextBytes;
        number = nextNumber;
        written = next.position();
        forced = written;
        marked = written;
        commitsEnd = written;
    }

    /// Adds a frame to what the next [#flush] or [#force] writes. Room must have been ensured.
    public void append(long commit, ByteWriter payload) {
        checkUsable();
        assert commit == lastCommit + 1 : "commit " + commit + " after " + lastCommit;
        LogFormat.putFrame(
                buffer,
                LogFormat.KIND_COMMIT,
                (int) epoch,
                forced,
                commit,
                payload.array(),
                payload.size(),
                checksum);
        assert written + buffer.size() <= fileBytes : "no room was ensured";
        marked = forced;
        commitsEnd = written + buffer.size();
        lastCommit = commit;
    }

    /// Hands what was appended to the operating system: it outlives the process, not the machine.
    public void flush() {
        checkUsable();
        if (buffer.size() == 0 || writer == null) {
            return;
        }
        try {
            writer.append(buffer.array(), 0, buffer.size());
        } catch (BasaltException failure) {
            throw poisoned(failure);
        }
        long end = written + buffer.size();
        written = end;
        buffer.truncate(0);
    }

    /// Makes everything appended so far durable.
    public void force() {
        flush();
        if (forced == written || writer == null) {
            return;
        }
        try {
            writer.force();
        } catch (BasaltException failure) {
            throw poisoned(failure);
        }
        forced = written;
    }

    /// Whether some of what was appended is not known to be durable.
    public boolean hasUnforced() {
        return forced < written || buffer.size() > 0;
    }

    /// Leaves a frame that says how much was forced, where the file does not yet say so; to be called when nothing else is to do. Not forced
    /// itself.
    public void mark() {
        if (poison != null || marked >= commitsEnd || forced < commitsEnd) {
            return;
        }
        LogFormat.putFrame(
                buffer, LogFormat.KIND_MARK, (int) epoch, forced, lastCommit, NOTHING, 0, checksum);
        if (written + buffer.size() > fileBytes) {
            buffer.truncate(0);
            return;
        }
        flush();
        marked = forced;
    }

    /// Deletes the files that hold no commit above `commit`.
    public void deleteThrough(long commit) {
        List<OldFile> deleted = new ArrayList<>();
        synchronized (oldFiles) {
            while (!oldFiles.isEmpty() && oldFiles.getFirst().lastCommit <= commit) {
                deleted.add(oldFiles.removeFirst());
            }
        }
        for (OldFile file : deleted) {
            disk.delete(LogFormat.path(file.number));
        }
    }

    /// Bytes of log that stand on the disk.
    public long retainedBytes() {
        long bytes = written;
        synchronized (oldFiles) {
            for (OldFile file : oldFiles) {
                bytes += file.sizeBytes;
            }
        }
        return bytes;
    }

    /// Makes what tells of a file.
    public interface FileTeller<F> {
        /// @param isWritten whether commits still go into it
        F tell(String path, long sizeBytes, long lastCommit, boolean isWritten);
    }

    /// What there is to tell of the files that stand on the disk, oldest first.
    public <F> List<F> files(FileTeller<F> teller) {
        List<F> files = new ArrayList<>();
        synchronized (oldFiles) {
            for (OldFile file : oldFiles) {
                files.add(
                        teller.tell(
                                LogFormat.path(file.number),
                                file.sizeBytes,
                                file.lastCommit,
                                false));
            }
            if (writer != null) {
                files.add(teller.tell(LogFormat.path(number), written, lastCommit, true));
            }
        }
        return files;
    }

    /// Number of files that stand on the disk.
    public int fileCount() {
        synchronized (oldFiles) {
            return oldFiles.size() + (writer == null ? 0 : 1);
        }
    }

    private long lastFile() {
        synchronized (oldFiles) {
            return writer != null ? number : oldFiles.isEmpty() ? 0 : oldFiles.getLast().number;
        }
    }

    private void checkUsable() {
        if (poison != null) {
            throw new BasaltException(
                    ErrorCode.READ_ONLY,
                    "the database is read-only since its log failed ("
                            + poison.text()
                            + "); close and open it again to recover",
                    poison);
        }
    }

    private BasaltException poisoned(BasaltException failure) {
        poison = failure;
        return failure;
    }

    /// Says how much was forced, gives the preallocated rest back and closes. A poisoned log is only let go.
    @Override
    public void close() {
        try {
            if (poison == null && writer != null) {
                force();
                mark();
                force();
                writer.truncateToPosition();
                writer.force();
            }
            if (poison == null && lastCommit > 0) {
                new ClosedMark(lastCommit, lastFile()).write(disk);
            }
        } finally {
            if (writer != null) {
                writer.close();
            }
        }
    }
}
