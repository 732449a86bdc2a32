package io.basaltdb.storage.io;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A directory of the local file system.
///
/// Files are written through channels and read through mappings, so that no thread which is interrupted while it reads can close a
/// file under all others. Space is preallocated by writing zeros: only then is it surely there, and only then does a
/// later force of the same bytes write no metadata.
public final class LocalDisk implements Disk {
    private final Path root;
    private final String name;

    /// @param root the database directory, which must exist
    public LocalDisk(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.name = root.toString();
    }

    @Override
    public AppendWriter create(String path, long sizeBytes) {
        Path file = resolve(path);
        FileChannel channel;
        try {
            channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw DiskPath.alreadyExists(this, path);
        } catch (NoSuchFileException e) {
            throw DiskPath.noDirectory(this, path);
        } catch (IOException e) {
            throw failure("create", path, 0, e);
        }
        try {
            return preallocated(new LocalAppendWriter(this, path, channel, 0), 0, sizeBytes);
        } catch (BasaltException failure) {
            throw abandoned(file, path, sizeBytes, failure);
        }
    }

    /// A file that found no room goes again, so that what it took is free and its name can be tried once more.
    private BasaltException abandoned(
            Path file, String path, long sizeBytes, BasaltException failure) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure.code() == ErrorCode.DISK_FULL
                ? DiskPath.full(this, path, sizeBytes, freeBytesOrZero())
                : failure;
    }

    @Override
    public AppendWriter reopen(String path, long position, long sizeBytes) {
        FileChannel channel;
        try {
            channel = FileChannel.open(resolve(path), StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            throw DiskPath.notFound(this, path);
        } catch (IOException e) {
            throw failure("open", path, 0, e);
        }
        try {
            long size = channel.size();
            if (size < position) {
                channel.close();
                throw DiskPath.endsEarly(path, position, 0, size);
            }
            channel.truncate(position);
        } catch (IOException e) {
            closeQuietly(channel);
            throw failure("truncate", path, 0, e);
        }
        return preallocated(
                new LocalAppendWriter(this, path, channel, position), position, sizeBytes);
    }

    private static AppendWriter preallocated(LocalAppendWriter writer, long from, long to) {
        try {
            writer.preallocate(from, to);
            return writer;
        } catch (BasaltException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public RandomReader open(String path) {
        try (FileChannel channel = FileChannel.open(resolve(path), StandardOpenOption.READ)) {
            return LocalRandomReader.map(path, channel);
        } catch (NoSuchFileException e) {
            throw DiskPath.notFound(this, path);
        } catch (IOException e) {
            throw failure("open", path, 0, e);
        }
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(resolve(path));
    }

    @Override
    public List<String> list(String directory) {
        try (Stream<Path> entries = Files.list(resolve(directory))) {
            return entries.map(Path::getFileName).map(String::valueOf).sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw failure("list", directory, 0, e);
        }
    }

    @Override
    public void createDirectory(String directory) {
        try {
            Files.createDirectories(resolve(directory));
        } catch (IOException e) {
            throw failure("create directory", directory, 0, e);
        }
    }

    @Override
    public void delete(String path) {
        try {
            Files.deleteIfExists(resolve(path));
        } catch (IOException e) {
            throw failure("delete", path, 0, e);
        }
    }

    @Override
    public void forceDirectory(String directory) {
        if (isWindows()) {
            return; // directories cannot be opened there; the file system keeps its names itself
        }
        try (FileChannel channel = FileChannel.open(resolve(directory), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (NoSuchFileException e) {
            throw DiskPath.notFound(this, directory);
        } catch (IOException e) {
            throw failure("force directory", directory, 0, e);
        }
    }

    @Override
    public DirectoryLock lock() {
        return LocalLock.take(root, name);
    }

    @Override
    public long freeBytes() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            throw failure("ask for free space of", "", 0, e);
        }
    }

    @Override
    public String describe() {
        return name;
    }

    private Path resolve(String path) {
        String checked = DiskPath.checked(path);
        return checked.isEmpty() ? root : root.resolve(checked);
    }

    /// Turns what the operating system said into an error that names the file.
    ///
    /// @param neededBytes what was to be written, for a full disk
    BasaltException failure(String action, String path, long neededBytes, IOException cause) {
        if (isDiskFull(cause)) {
            return DiskPath.full(this, path, neededBytes, freeBytesOrZero());
        }
        String file = path.isEmpty() ? name : path + " in " + name;
        return new BasaltException(
                ErrorCode.IO_ERROR, "cannot " + action + " " + file + ": " + reason(cause), cause);
    }

    /// The reasons that the operating systems give in place of an own exception.
    static boolean isDiskFull(IOException cause) {
        String message = cause.getMessage();
        if (message == null) {
            return false;
        }
        String text = message.toLowerCase(Locale.ROOT);
        return text.contains("no space left")
                || text.contains("not enough space")
                || text.contains("disk quota exceeded")
                || text.contains("disk full");
    }

    private static String reason(IOException cause) {
        @Nullable String message = cause.getMessage();
        return switch (cause) {
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case java.nio.file.DirectoryNotEmptyException _ -> "the directory is not empty";
            case java.nio.channels.ClosedChannelException _ -> "the file was closed";
            default -> message == null ? "the operating system gave no reason" : message;
        };
    }

    private long freeBytesOrZero() {
        try {
            return freeBytes();
        } catch (BasaltException e) {
            return 0;
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // the failure that led here is the one to report
        }
    }
}
