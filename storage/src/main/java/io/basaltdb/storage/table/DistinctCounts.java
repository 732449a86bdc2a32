package io.basaltdb.storage.table;

import io.basaltdb.storage.segment.DistinctSketch;

/// Work on distinct-count sketches as parts carry them.
final class DistinctCounts {
    private DistinctCounts() {}

    static byte[] union(byte[] left, byte[] right) {
        DistinctSketch sketch = DistinctSketch.fromBytes(left);
        sketch.merge(DistinctSketch.fromBytes(right));
        return sketch.toBytes();
    }

    /// About how many distinct values the sketch has seen, −1 where there is none.
    static long estimate(byte[] sketch) {
        return sketch.length == 0 ? -1 : DistinctSketch.fromBytes(sketch).estimate();
    }
}
