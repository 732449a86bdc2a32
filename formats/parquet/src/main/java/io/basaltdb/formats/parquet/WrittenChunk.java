package io.basaltdb.formats.parquet;

import java.util.List;

/// What the footer says of one leaf in one row group.
///
/// @param bounds the least and the greatest value; empty where they are not known
record WrittenChunk(
        WrittenLeaf leaf,
        long position,
        long levelCount,
        long nullCount,
        long plainBytes,
        long sizeBytes,
        List<byte[]> bounds) {}
