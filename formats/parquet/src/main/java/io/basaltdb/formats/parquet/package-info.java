/// Parquet files as relations, read in place.
///
/// Door: [ParquetFormat]; the engine is given it when it is opened.
///
/// A row group is a split, 4,096 of its rows a granule. A reader opens its own file and decodes only the
/// columns that it is asked for, in batches of one granule; the statistics of row groups serve as zone
/// maps. Pages may be plain, GZIP, LZ4 or LZ4_RAW. SNAPPY and ZSTD need a library that holds native code,
/// which only the launcher brings: an embedding program adds `snappy-java` or `zstd-jni` to its class
/// path, or gets an error that says so. BROTLI and LZO are refused.
///
/// Not here: nested columns (lists, maps, structs), which are refused by name, and writing.
@NullMarked
package io.basaltdb.formats.parquet;

import org.jspecify.annotations.NullMarked;
