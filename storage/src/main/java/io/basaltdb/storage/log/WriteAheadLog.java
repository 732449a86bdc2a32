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

/// Appends frames and forces them. For one thread, the Committer's, except [#deleteThrough] and [#retainedBytes].
///
/// After a failed write or force nothing is known about what stands in the file: the log is **poisoned**, refuses everything, and only a
/// recovery into a new file goes on.
public final class WriteAheadLog implements AutoCloseable {
    /// A file that is no longer written to.
    record OldFile(long number, long sizeBytes, long lastCommit) {}

    private static final byte[] NOTHING = {};

    private final Disk disk;
    private final long fileBytes;
    private final long epoch;
    private final CRC32C checksum = new CRC32C();
    private final ByteWriter buffer = new ByteWriter(1 << 16);
    // Guarded by itself.
    private final Deque<OldFile> oldFiles;
    private AppendWriter writer;
    private volatile long number;
    private volatile long written;
    private long forced;
    private long marked;
    private long lastCommit;
    private @Nullable BasaltException poison;

    private WriteAheadLog(
            Disk disk,
            long fileBytes,
            long epoch,
            long number,
            long lastCommit,
            long firstCommit,
            List<OldFile> oldFiles) {
        this.disk = disk;
        this.fileBytes = fileBytes;
        this.epoch = epoch;
        this.number = number;
        this.lastCommit = lastCommit;
        this.oldFiles = new ArrayDeque<>(oldFiles);
        this.writer = begin(number, firstCommit);
        this.written = writer.position();
        this.forced = written;
        this.marked = written;
    }

    static WriteAheadLog create(
            Disk disk,
            long fileBytes,
            long epoch,
            long number,
            long lastCommit,
            List<OldFile> oldFiles,
            Map<Long, byte[]> copied) {
        disk.createDirectory(LogFormat.DIRECTORY);
        disk.forceDirectory("");
        long firstCommit =
                copied.isEmpty() ? lastCommit + 1 : copied.keySet().iterator().next();
        WriteAheadLog log =
                new WriteAheadLog(
                        disk, fileBytes, epoch, number, lastCommit, firstCommit, oldFiles);
        ByteWriter payload = new ByteWriter(16);
        for (Map.Entry<Long, byte[]> commit : copied.entrySet()) {
            payload.truncate(0);
            payload.putBytes(commit.getValue(), 0, commit.getValue().length);
            log.lastCommit = commit.getKey() - 1;
            log.ensureRoom(LogFormat.frameBytes(payload.size()));
            log.append(commit.getKey(), payload);
        }
        log.force();
        return log;
    }

    private AppendWriter begin(long fileNumber, long firstCommit) {
        String path = LogFormat.path(fileNumber);
        AppendWriter begun = disk.create(path, fileBytes);
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

    /// Largest payload that a frame can have.
    public int maxPayloadBytes() {
        return (int) (fileBytes - LogFormat.HEADER_BYTES - 2 * LogFormat.FRAME_HEADER_BYTES - 8);
    }

    /// Bytes that a frame with that payload takes, for [#ensureRoom].
    public static long frameBytes(int payloadBytes) {
        return LogFormat.frameBytes(payloadBytes);
    }

    /// Begins the next file where that many bytes of frames do not fit into this one. A failure changes nothing: nothing was appended.
    public void ensureRoom(long bytes) {
        checkUsable();
        if (written + buffer.size() + bytes + LogFormat.FRAME_HEADER_BYTES <= fileBytes) {
            return;
        }
        force();
        AppendWriter next = begin(number + 1, lastCommit + 1);
        writer.close();
        synchronized (oldFiles) {
            oldFiles.add(new OldFile(number, written, lastCommit));
        }
        writer = next;
        number++;
        written = next.position();
        forced = written;
        marked = written;
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
        lastCommit = commit;
    }

    /// Hands what was appended to the operating system: it outlives the process, not the machine.
    public void flush() {
        checkUsable();
        if (buffer.size() == 0) {
            return;
        }
        try {
            writer.append(buffer.array(), 0, buffer.size());
        } catch (BasaltException failure) {
            throw poisoned(failure);
        }
        written += buffer.size();
        buffer.truncate(0);
    }

    /// Makes everything appended so far durable.
    public void force() {
        flush();
        if (forced == written) {
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
        if (poison != null || marked == forced || forced != written) {
            return;
        }
        LogFormat.putFrame(
                buffer,
                LogFormat.KIND_MARK,
                (int) epoch,
                forced,
                lastCommit,
                NOTHING,
                0,
                checksum);
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

    /// Number of files that stand on the disk.
    public int fileCount() {
        synchronized (oldFiles) {
            return oldFiles.size() + 1;
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
            if (poison == null) {
                force();
                mark();
                writer.truncateToPosition();
                writer.force();
            }
        } finally {
            writer.close();
        }
    }
}
