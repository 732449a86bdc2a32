/// The values of flat columns out of the bytes of a file, as [the format](https://parquet.apache.org/docs/file-format/) lays them out.
///
/// Door: [ChunkReader], which is given the place of a column chunk and gives lanes of its physical type, some thousand rows at a time, in arrays that it
/// uses again. What the values mean is not known here. [PageBuffers] are shared by the readers of a query.
///
/// A chunk is read in pieces of a megabyte at most, or of one packed page where that is more. Pages of versions 1 and 2 are read, with definition levels of
/// one bit: columns that are required, or NULL at their own level only. Values may be PLAIN, coded by a dictionary, RLE (of booleans),
/// DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY and BYTE_STREAM_SPLIT. For what else there is an [UnreadPageException] is raised, and the caller
/// reads the chunk by other means.
///
/// No length, count or code of a file is believed: each is held against the bytes that are there, and what does not fit is a [DamagedPageException]. Checksums of
/// pages are verified where there are any. Arrays have [PageBuffers#SLACK] bytes behind what was read, so that loops may load whole words.
@NullMarked
package io.basaltdb.formats.parquet.page;

import org.jspecify.annotations.NullMarked;
