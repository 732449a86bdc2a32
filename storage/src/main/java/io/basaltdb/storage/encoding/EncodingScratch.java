package io.basaltdb.storage.encoding;

import io.basaltdb.storage.vector.Batch;
import org.jspecify.annotations.Nullable;

/// Arrays of fixed size that encoding and decoding work in; one per thread and column, used again for each granule.
public final class EncodingScratch {
    private @Nullable WritingScratch writing;

    /// What only writing needs.
    WritingScratch writing() {
        WritingScratch known = writing;
        if (known == null) {
            known = new WritingScratch();
            writing = known;
        }
        return known;
    }

    /// Words of a granule packed at full width.
    final int[] words = new int[BitPacking.words(Batch.MAX_ROWS, Long.SIZE)];

    /// Values of a block inside a block.
    final long[] inner = new long[Batch.MAX_ROWS];

    /// Values of a second block inside a block.
    final long[] second = new long[Batch.MAX_ROWS];

    /// Values between the caller and the outer block.
    public final long[] outer = new long[Batch.MAX_ROWS];
}
