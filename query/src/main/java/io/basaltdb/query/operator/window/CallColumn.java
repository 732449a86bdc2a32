package io.basaltdb.query.operator.window;

import io.basaltdb.storage.vector.Vector;

/// The column of one call over the rows of one bucket, made from the first row to the last. For one thread.
abstract sealed class CallColumn implements AutoCloseable
        permits PlaceColumn,
                TileColumn,
                ShiftColumn,
                HasShiftedColumn,
                NthColumn,
                ExtremeColumn,
                SlidingColumn,
                GrowingColumn {
    /// The values of the next `count` rows, lent until the next call.
    abstract Vector next(int count);

    @Override
    public void close() {}
}
