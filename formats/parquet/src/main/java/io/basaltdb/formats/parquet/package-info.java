/// Parquet files as relations, read in place, and written.
///
/// Door: [ParquetFormat]; the engine is given it when it is opened.
///
/// A row group is a split, 4,096 of its rows a granule. The footer is read once, when the relation is made, by the Parquet library Hardwood. A reader decodes
/// only the columns that it is asked for, in batches of one granule; the statistics of row groups serve as zone maps.
///
/// Flat columns are read out of their pages here, by a [PageColumn] and the package `page`; columns with values inside, and pages in forms that are read by nobody
/// else, by the library, as a [LibraryColumn]. Both give [LeafValues], of which a [VectorDecoder] makes vectors. Texts that the file has in a dictionary become
/// dictionary vectors, one [io.basaltdb.storage.vector.Dictionary] for all granules of a row group.
///
/// Pages may be plain, GZIP, LZ4 or LZ4_RAW, of flat columns also SNAPPY. ZSTD, and SNAPPY of nested columns, need a library that holds native code, which only the
/// launcher brings: an embedding program adds `zstd-jni` or `snappy-java` to its class path, or gets an error that says so. BROTLI and LZO are refused.
///
/// Lists, maps and structs are read at any depth: a [ParquetShape] says how a column lies in the leaves of the file, in the three levels
/// of today or in the forms of earlier writers, and a [NestedAssembler] puts values together out of the levels of the leaves, which it
/// believes no more than they agree with each other. Of entries of a map with the same key the last one counts, as the format says.
///
/// Numbers without sign become the next wider type (64 bits: DECIMAL(20, 0)), ENUM is TEXT, INTERVAL a STRUCT of months, days and
/// milliseconds, INT96 a TIMESTAMP to the microsecond. Bytes of which the file says nothing are TEXT, for early writers marked no
/// texts; those of writers that do are VARBINARY, and `binary_as_string` says otherwise. Numbers that their type cannot hold are refused.
///
/// Files are written by a [ParquetWriter]: plain values in pages of about a megabyte, lists and maps in three levels, bounds and counts of NULLs of
/// each row group, which is held packed until it is full. Snappy is packed here, without native code.
///
/// Not here: VARIANT and geometries, which are refused by name, and dictionaries in what is written.
@NullMarked
package io.basaltdb.formats.parquet;

import org.jspecify.annotations.NullMarked;
