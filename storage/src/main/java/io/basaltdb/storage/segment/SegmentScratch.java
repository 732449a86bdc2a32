package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.EncodingScratch;

/// What segments are encoded in: arrays that one granule uses after the other. For one thread.
public final class SegmentScratch {
    final EncodingScratch encoding = new EncodingScratch();
    final ByteSink block = new ByteSink(1 << 16);
    final ByteSink spare = new ByteSink();
}
