package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.EncodingScratch;
import io.basaltdb.storage.vector.Batch;
import org.jspecify.annotations.Nullable;

/// Arrays that hold nothing between two calls of a [SegmentCursor], so that the cursors of one thread share them: for a single column
/// they would be most of what opening it costs.
public final class CursorScratch {
    final EncodingScratch encoding = new EncodingScratch();

    /// Which rows of the granule pass a filter.
    final long[] flags = new long[Batch.MAX_ROWS];

    private long @Nullable [] keys;

    /// Keys in whose order doubles are compared.
    long[] keys() {
        long[] known = keys;
        if (known == null) {
            known = new long[Batch.MAX_ROWS];
            keys = known;
        }
        return known;
    }
}
