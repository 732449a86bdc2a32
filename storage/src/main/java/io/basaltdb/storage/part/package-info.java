/// Immutable rows on disk: one file per part with its indexes and footer, and its delete vectors.
///
/// Doors: [PartWriter], or [PartStream] for rows whose number nobody knows yet, [PartReader] with [PartCursor], [PartCheck], [DeleteVector]; the records [PartId], [PartDescription],
/// [PartSummary]; [KeyHash] for primary keys. Called by `table` and by `basalt check`. What lies inside a column is the affair of
/// [io.basaltdb.storage.segment]; which parts live is known to the manifest alone.
///
/// # The file, format 1
///
/// A part is one file, called `parts/<id>.part`, that says everything about itself: a process that can read ranges of bytes can
/// read it. Numbers are little-endian; *varint* is seven bits per byte, lowest first; *signed varint* is a varint of the
/// number with its sign moved to the lowest bit; values and types are written as
/// [io.basaltdb.storage.encoding.ValueBytes] and [io.basaltdb.storage.encoding.TypeBytes] say. Between header and
/// footer there is no byte that belongs to nothing.
///
/// | stretch | bytes |
/// |---|---|
/// | header | magic `BASALTP\n` (8), format version (4), length of the features' names (4), part id (high 8, low 8), the names (UTF-8, comma between two), CRC32C of all before (4) |
/// | segments | one per column, and perhaps the hidden one of birth commits, in the order in which they were written; see [io.basaltdb.storage.segment] |
/// | sparse index | only where the part has a sort key: granule by granule, per column of the key the first row's value, a string cut to 33 bytes |
/// | key index | only where the table has a primary key (feature `key-index`): see below |
/// | footer | see below |
/// | trailer | position of the footer (8), its length (4), its checksum (4), length of the file (8), the magic (8) |
///
/// The footer: table id (4), schema version (4), number of rows (varint), rows per granule (varint), least and greatest birth commit
/// (8 each), number of partition values (varint) and the values, number of columns (varint), per column its id (varint), its
/// type, whether it may be NULL (1), its segment; number of columns of the sort key (varint) and their ids (varints); whether there is a
/// sparse index (1) and if so its position (varint), length (varint) and checksum (4); whether there is a segment of births (1) and
/// if so that segment. With the feature `key-index` then: number of columns of the primary key (varint) and their ids (varints), position of
/// the key index (varint), length (varint) and checksum (4) of its head, bytes of its entries (varint).
///
/// The key index is built over the [hashes][io.basaltdb.storage.part.KeyHash] of the rows' primary keys. Its head: number of the filter's
/// buckets (varint), per bucket 8 words (8 bytes each), number of entries (varint), per block of 512 entries the high half of the first one's hash
/// (4) and the block's checksum (4). A hash sets one bit in each word of bucket `high half × buckets / 2³²`: in word i bit number
/// `(low half × salt i) >>> 26`, where the salts are 47b6137b, 44974d91, 8824ad5b, a2b7289d, 705495c7, 2df1424b, 9efc4947 and 5c6bfb31.
/// Behind the head stand the entries, ascending: the high half of a row's hash (high 4 bytes) and the row's number (low 4). A part whose sort key
/// begins with the primary key's columns has no entries: there the sparse index leads to the row.
///
/// A segment in the footer: where it begins (varint), where its index begins (varint), the index's length (varint) and checksum (4), number
/// of NULLs (varint), whether the bounds are exact (1), least and greatest value (NULL where there is none; strings cut to 32 bytes,
/// the upper bound rounded up), its bytes in the file (varint), its bytes in memory (varint), length of the distinct-count sketch (varint)
/// and the sketch.
///
/// The checksums of footer, sparse index and key index are the CRC32C over the part's id (high half, low half, big-endian) and the bytes. The footer's
/// is also kept by the database: the file that is read is the file that was written.
///
/// **Features** are what a reader must know to read a part rightly. They stand in the header by name, so that an older program can say
/// what it misses. Format 1 knows `key-index`. Magic and version keep their places in all formats.
///
/// Files are written under their final name, forced, then their directory is forced, and only then does the database name them; a file
/// that nobody names is removed when the database is opened.
@NullMarked
package io.basaltdb.storage.part;

import org.jspecify.annotations.NullMarked;
