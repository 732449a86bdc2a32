package io.basaltdb.embedded.process;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The right of this process to a database directory: the operating system's lock on the file `LOCK`,
/// which goes with the process however it ends. The file is opened once and never read, since
/// closing any channel on it may drop the lock.
final class DirectoryLock implements AutoCloseable {
    private static final String FILE = "LOCK";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock take(Path directory) {
        FileChannel channel;
        FileLock lock;
        try {
            channel =
                    FileChannel.open(
                            directory.resolve(FILE),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new BasaltException(
                    ErrorCode.IO_ERROR, "the file LOCK in " + directory + " cannot be opened", e);
        }
        try {
            lock = channel.tryLock();
        } catch (IOException | OverlappingFileLockException e) {
            close(channel);
            throw inUse(directory, e);
        }
        if (lock == null) {
            close(channel);
            throw inUse(directory, null);
        }
        return new DirectoryLock(channel);
    }

    private static BasaltException inUse(Path directory, @Nullable Exception cause) {
        return new BasaltException(
                ErrorCode.LOCKED,
                "the database in "
                        + directory
                        + " is open in another process; stop that process, or connect to its server",
                cause);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock goes with the process at the latest.
        }
    }

    @Override
    public void close() {
        close(channel);
    }
}
