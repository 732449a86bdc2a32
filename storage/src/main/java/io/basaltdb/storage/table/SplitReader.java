package io.basaltdb.storage.table;

import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Reads granules of one split, in ascending order, for one thread. What it hands out is lent until the next [#seek].
public interface SplitReader extends AutoCloseable {
    /// Goes to that granule; granules may be left out, never visited again.
    void seek(int granule);

    /// The rows of the granule that live at the snapshot; null where all do.
    @Nullable Selection live();

    /// The rows among `among` (null: all rows) whose value in that column is allowed, found on the encoded data where possible. A result
    /// of the same count as `among` means that all passed.
    Selection select(int column, Ranges ranges, @Nullable Selection among);

    /// The column's values: one lane per row of the granule; lanes that `wanted` leaves out may hold anything (null: all are wanted).
    Vector read(int column, @Nullable Selection wanted);

    /// Encoded bytes fetched so far.
    long bytesRead();

    @Override
    void close();
}
