package io.basaltdb.formats.parquet.page;

import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.PhysicalType;

/// Where a column chunk lies, and how.
///
/// @param position of its first byte
/// @param rowCount of the row group
/// @param valueCount that the footer says the chunk has, NULLs included
/// @param fixedBytes of a value of FIXED_LEN_BYTE_ARRAY
/// @param isRequired whether it has no levels, since no value is NULL
public record ChunkPlace(
        long position,
        long sizeBytes,
        long rowCount,
        long valueCount,
        PhysicalType physical,
        int fixedBytes,
        boolean isRequired,
        CompressionCodec codec) {}
