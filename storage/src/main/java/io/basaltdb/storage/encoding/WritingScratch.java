package io.basaltdb.storage.encoding;

import io.basaltdb.storage.vector.Batch;

/// The part of an [EncodingScratch] that reading does without.
final class WritingScratch {
    /// Numbers that are written after others.
    final long[] numbers = new long[Batch.MAX_ROWS];

    /// Differences of neighbours.
    final int[] deltas = new int[Batch.MAX_ROWS];

    /// Strings that are put together, or others' strings in another order.
    final BytesBlock strings = new BytesBlock();

    final BytesTable table = new BytesTable();
    final Lz4Writer lz4 = new Lz4Writer();
    final ByteSink packed = new ByteSink();
    final ByteSink lengths = new ByteSink();
}
