package io.basaltdb.storage.io;

import java.util.List;

/// The directory of one database. Every failure is a [io.basaltdb.storage.error.BasaltException] that names the file: IO_ERROR,
/// DISK_FULL (with the bytes needed and free), FILE_NOT_FOUND. Safe for use by many threads.
public interface Disk {
    /// Creates the file, which must not exist, with `sizeBytes` preallocated (0: none), for writing in order. Where that fails there is no file.
    AppendWriter create(String path, long sizeBytes);

    /// Opens the existing file for writing from `position` on; what stood behind is cut off and preallocated anew to `sizeBytes`.
    AppendWriter reopen(String path, long position, long sizeBytes);

    /// Opens the file for reading at any place, by any number of threads.
    RandomReader open(String path);

    boolean exists(String path);

    /// Names (not paths) of the files and directories in that directory, sorted; empty where it does not exist.
    List<String> list(String directory);

    void createDirectory(String directory);

    /// Removes the file; does nothing where there is none.
    void delete(String path);

    /// Makes creations and deletions in that directory durable. `""` is the database directory itself.
    void forceDirectory(String directory);

    /// Takes the directory for one open database; closing gives it back, and so does the end of the process.
    ///
    /// @throws io.basaltdb.storage.error.BasaltException LOCKED where another has it
    DirectoryLock lock();

    /// Bytes that can still be written.
    long freeBytes();

    /// A name for messages: the directory's path as the user gave it, or that it is in memory.
    String describe();
}
