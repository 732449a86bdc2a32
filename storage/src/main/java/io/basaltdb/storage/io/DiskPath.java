package io.basaltdb.storage.io;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;

/// The rules for paths inside a [Disk], the same for every disk.
final class DiskPath {
    private DiskPath() {}

    /// Returns the path where it is relative, of plain names with `/` between them; `""` is the database directory itself.
    ///
    /// @throws BasaltException INTERNAL for anything that could lead out of the database directory
    static String checked(String path) {
        for (String name : path.isEmpty() ? new String[0] : path.split("/", -1)) {
            if (name.isEmpty()
                    || name.equals(".")
                    || name.equals("..")
                    || name.indexOf('\\') >= 0
                    || name.indexOf('\0') >= 0) {
                throw new BasaltException(
                        ErrorCode.INTERNAL,
                        "path '" + path + "' is not a relative path of plain names");
            }
        }
        return path;
    }

    /// The directory that holds the path; `""` for a name without one.
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    static BasaltException notFound(Disk disk, String path) {
        return new BasaltException(
                ErrorCode.FILE_NOT_FOUND,
                "file " + path + " in " + disk.describe() + " does not exist");
    }

    static BasaltException alreadyExists(Disk disk, String path) {
        return new BasaltException(
                ErrorCode.IO_ERROR,
                "file "
                        + path
                        + " in "
                        + disk.describe()
                        + " exists already; a new file was expected");
    }

    static BasaltException noDirectory(Disk disk, String path) {
        return new BasaltException(
                ErrorCode.IO_ERROR,
                "cannot create file "
                        + path
                        + " in "
                        + disk.describe()
                        + ": its directory does not exist");
    }

    static BasaltException full(Disk disk, String path, long neededBytes, long freeBytes) {
        return new BasaltException(
                ErrorCode.DISK_FULL,
                "disk full: file "
                        + path
                        + " in "
                        + disk.describe()
                        + " needs "
                        + neededBytes
                        + " more bytes, "
                        + freeBytes
                        + " are free; free some space or move the database");
    }

    static BasaltException endsEarly(String path, long position, int length, long sizeBytes) {
        return new BasaltException(
                ErrorCode.IO_ERROR,
                "file "
                        + path
                        + ": "
                        + length
                        + " bytes were expected at byte "
                        + position
                        + ", but the file has "
                        + sizeBytes);
    }

    static BasaltException closed(String path) {
        return new BasaltException(ErrorCode.IO_ERROR, "file " + path + " is closed");
    }

    static BasaltException poisoned(String path) {
        return new BasaltException(
                ErrorCode.IO_ERROR,
                "file " + path + " refuses further writes, since an earlier write or force failed");
    }
}
