package io.basaltdb.storage.part;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Reads granules of a part for one thread, into arrays that it uses again: what it hands out is lent until the next [#seek].
public final class PartCursor implements AutoCloseable {
    private PartCursor() {}

    public void seek(int granule) {
        throw unsupported();
    }

    /// The rows among `among` (null: all rows) whose value is allowed, found on the encoded data where possible.
    public Selection select(int columnId, Ranges ranges, @Nullable Selection among) {
        throw unsupported();
    }

    /// The column's values, a lane per row of the granule; lanes that `wanted` leaves out may hold anything (null: all are wanted).
    public Vector read(int columnId, @Nullable Selection wanted) {
        throw unsupported();
    }

    /// The birth commits of the granule's rows; only where [PartReader#hasBirths].
    public long[] births() {
        throw unsupported();
    }

    /// Encoded bytes fetched so far.
    public long bytesRead() {
        throw unsupported();
    }

    @Override
    public void close() {}

    private static BasaltException unsupported() {
        return new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "parts cannot be written or read yet");
    }
}
