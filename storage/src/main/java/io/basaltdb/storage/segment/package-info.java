/// One column of one part: granules, marks, zone maps, checksums, the dictionary.
///
/// Doors: [SegmentWriter], [SegmentReader] with [SegmentCursor], [ZoneMap], [DistinctSketch], [Bounds]. Called by `part` only; zone maps are
/// seen by everyone who prunes, sketches by whoever estimates. How a granule's values become bytes is said in
/// [io.basaltdb.storage.encoding].
///
/// # The bytes of a segment, format 1
///
/// A segment is: the blocks of its dictionary, if it has one; its granules; its index. They stand one behind the other, without gap.
///
/// **A granule** begins with its form (1): 0, the rest is as it is; or 1, then the plain length of the rest (4) and the rest compressed
/// (LZ4 block format), which is done only where it saves half. The rest is: NULLs (1): 0 none, 1 some, and a block of bits follows with a
/// bit set for each row that is not NULL, 2 all, and then nothing follows; then the values:
///
/// | column | values |
/// |---|---|
/// | one `long` per value | a block of numbers |
/// | REAL, DOUBLE | a block of doubles |
/// | wide DECIMAL | 0 (1) and a block of numbers where all fit; else 1 (1), a block with the low halves, a block with the high halves |
/// | BOOLEAN | a block of bits |
/// | TEXT without dictionary | a block of strings |
/// | TEXT with dictionary | a block of numbers with the codes |
///
/// A row that is NULL has a value all the same: that of a neighbour (a string: the empty one, or a neighbour's code).
///
/// **The dictionary** holds the distinct strings in ascending order of their bytes; a string's code is its place. It is cut into blocks of
/// at most 16 KiB of strings (a longer string has a block of its own) and at most 4,096 strings, each readable alone:
/// [io.basaltdb.storage.encoding.DictionaryBlock].
///
/// **The index**: layout (1): 0 the granules hold values; 1 they hold codes, and then follow the number of dictionary blocks (varint) and
/// per block the number of its strings (varint), their bytes (varint), its length in the file (varint), its checksum (4). Then per
/// granule its length (varint); per granule its checksum (4); per granule its zone map: number of NULLs (varint), and unless all are NULL
/// the bounds: signed varints, the upper one less the lower, for numbers; one byte each for BOOLEAN; eight bytes each for REAL and
/// DOUBLE; else whether they are exact (1) and two values. Strings are cut to 32 bytes, the upper bound rounded up; −0.0 counts as
/// 0.0, NaN as greatest.
///
/// **Checksums** are CRC32C, over what was written to the file (compressed or not), behind a seed that says where the bytes belong: part id
/// (high 8, low 8), column id (4), what it is (4: 0 granule, 1 dictionary block, 2 index), its number (4), all big-endian. They are
/// verified before anything is decoded; after that, whatever cannot be right is reported as damage all the same.
@NullMarked
package io.basaltdb.storage.segment;

import org.jspecify.annotations.NullMarked;
