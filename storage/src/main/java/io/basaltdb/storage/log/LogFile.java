package io.basaltdb.storage.log;

import static io.basaltdb.storage.log.LogFormat.FRAME_HEADER_BYTES;
import static io.basaltdb.storage.log.LogFormat.HEADER_BYTES;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.error.FormatVersion;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.RandomReader;
import java.util.zip.CRC32C;

/// One log file as an earlier life left it, read into memory, and a walk over its frames.
final class LogFile {
    private final String path;
    private final byte[] bytes;
    private final CRC32C checksum = new CRC32C();
    private final int generation;
    private int at = HEADER_BYTES;

    private LogFile(String path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes;
        this.generation = bytes.length < HEADER_BYTES ? 0 : (int) LogFormat.longAt(bytes, 24);
    }

    static LogFile read(Disk disk, long number) {
        String path = LogFormat.path(number);
        try (RandomReader reader = disk.open(path)) {
            byte[] bytes = new byte[Math.toIntExact(reader.sizeBytes())];
            reader.read(0, bytes, 0, bytes.length);
            return new LogFile(path, bytes);
        }
    }

    /// Whether the header is whole. One that is not belongs to a file whose creation was cut off, unless frames follow: then it is damage.
    boolean hasHeader(long number) {
        if (bytes.length >= HEADER_BYTES
                && LogFormat.longAt(bytes, 0) == LogFormat.MAGIC
                && LogFormat.headerChecksumFits(bytes)) {
            checkVersion();
            if (LogFormat.longAt(bytes, 16) != number) {
                throw corrupt("holds file number " + LogFormat.longAt(bytes, 16) + " instead");
            }
            return true;
        }
        for (int p = 0; p + FRAME_HEADER_BYTES <= bytes.length; p += 8) {
            if (frameAt(p, LogFormat.intAt(bytes, p + 4))) {
                throw corrupt("its header is damaged, but a frame stands at byte " + p);
            }
        }
        return false;
    }

    private void checkVersion() {
        int version = LogFormat.intAt(bytes, 8);
        int flags = LogFormat.intAt(bytes, 12);
        if (version != LogFormat.VERSION || flags != 0) {
            throw FormatVersion.refused(path + ": log", version, flags, LogFormat.VERSION);
        }
    }

    long epoch() {
        return LogFormat.longAt(bytes, 24);
    }

    long firstCommit() {
        return LogFormat.longAt(bytes, 32);
    }

    String path() {
        return path;
    }

    byte[] bytes() {
        return bytes;
    }

    /// Goes to the next frame; false at the end of what can be believed.
    ///
    /// @throws BasaltException LOG_CORRUPT where what cannot be believed had been forced
    boolean next() {
        if (at + FRAME_HEADER_BYTES <= bytes.length && frameAt(at, generation)) {
            return true;
        }
        for (int p = (at + 8) & ~7; p + FRAME_HEADER_BYTES <= bytes.length; p += 8) {
            if (frameAt(p, generation) && LogFormat.longAt(bytes, p + 16) > at) {
                throw corrupt(
                        "the frame at byte "
                                + at
                                + " is damaged, though a later one at byte "
                                + p
                                + " says that it was forced");
            }
        }
        return false;
    }

    /// Steps over the frame at which [#next()] stands.
    void advance() {
        at += (int) LogFormat.frameBytes(payloadLength());
    }

    int position() {
        return at;
    }

    int kind() {
        return LogFormat.intAt(bytes, at + 8);
    }

    long forced() {
        return LogFormat.longAt(bytes, at + 16);
    }

    long commit() {
        return LogFormat.longAt(bytes, at + 24);
    }

    int payloadStart() {
        return at + FRAME_HEADER_BYTES;
    }

    int payloadLength() {
        return LogFormat.intAt(bytes, at);
    }

    private boolean frameAt(int p, int expectedGeneration) {
        int length = LogFormat.intAt(bytes, p);
        int kind = LogFormat.intAt(bytes, p + 8);
        if (length < 0
                || (kind != LogFormat.KIND_COMMIT && kind != LogFormat.KIND_MARK)
                || LogFormat.intAt(bytes, p + 4) != expectedGeneration) {
            return false;
        }
        long frame = LogFormat.frameBytes(length);
        return p + frame <= bytes.length
                && LogFormat.checksum(checksum, bytes, p, (int) frame)
                        == LogFormat.intAt(bytes, p + 12);
    }

    BasaltException corrupt(String why) {
        return new BasaltException(
                ErrorCode.LOG_CORRUPT, path + ": " + why + "; restore the database from a backup");
    }
}
