package io.basaltdb.storage.io;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The operating system's lock on the file `LOCK`: it ends with the process, whatever end that is. The file is opened once and never
/// read, since closing any other channel on it would give the lock away; so databases of this process are told apart
/// by their directory, before the file is touched.
final class LocalLock implements DirectoryLock {
    private static final String NAME = "LOCK";

    // Directories that databases of this process have taken.
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private LocalLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static LocalLock take(Path root, String name) {
        Path directory;
        try {
            directory = root.toRealPath();
        } catch (IOException e) {
            throw failure(name, e);
        }
        if (!TAKEN.add(directory)) {
            throw locked(name, "this process has it open already; use that connection");
        }
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            directory.resolve(NAME),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw locked(name, "another process has it open; connect to its server, or end it");
            }
            return new LocalLock(directory, channel);
        } catch (IOException e) {
            release(directory, channel);
            throw failure(name, e);
        } catch (RuntimeException e) {
            release(directory, channel);
            throw e;
        }
    }

    private static void release(Path directory, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw failure(directory.toString(), e);
        } finally {
            TAKEN.remove(directory);
        }
    }

    private static BasaltException locked(String name, String what) {
        return new BasaltException(ErrorCode.LOCKED, "database " + name + " is locked: " + what);
    }

    private static BasaltException failure(String name, IOException e) {
        return new BasaltException(
                ErrorCode.IO_ERROR, "cannot lock database " + name + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        release(directory, channel);
    }
}
