package io.basaltdb.storage.part;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Disk;

/// Writes one part, column after column. For one thread. Closing without [#finish] deletes the file.
public final class PartWriter implements AutoCloseable {
    private PartWriter() {}

    public static PartWriter create(Disk disk, String path, PartDescription description) {
        throw unsupported();
    }

    /// Begins a column; the one before must be closed. Each column of the description exactly once, in any order.
    public ColumnAppender column(int columnId) {
        throw unsupported();
    }

    /// Begins the hidden segment of birth commits, for a part whose rows were born at different commits above the floor.
    public CommitAppender births() {
        throw unsupported();
    }

    /// Says that no birth commit needs to be kept: all lie from `min` to `max`, and no snapshot in use tells them apart.
    public void births(long min, long max) {
        throw unsupported();
    }

    /// Writes the footer and forces file and directory; the part is immutable from now on.
    public PartSummary finish() {
        throw unsupported();
    }

    @Override
    public void close() {}

    private static BasaltException unsupported() {
        return new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "parts cannot be written or read yet");
    }
}
