package io.basaltdb.storage.encoding;

import io.basaltdb.storage.vector.Batch;

/// Arrays of fixed size that encoding and decoding work in; one per thread and column, used again for each granule.
public final class EncodingScratch {
    /// Words of a granule packed at full width.
    final int[] words = new int[BitPacking.words(Batch.MAX_ROWS, Long.SIZE)];

    /// Values of a block inside a block.
    final long[] inner = new long[Batch.MAX_ROWS];

    /// Values of a second block inside a block.
    final long[] second = new long[Batch.MAX_ROWS];

    /// Values between the caller and the outer block.
    final long[] outer = new long[Batch.MAX_ROWS];
}
