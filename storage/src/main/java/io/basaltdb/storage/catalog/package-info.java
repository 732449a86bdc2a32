/// Names, definitions, log records, the manifest (checkpoint of the log), commit numbers and the Committer.
///
/// Doors: [TableDefinition], [CatalogSnapshot], [Manifest], [LogRecord], [Committer]. Definitions are immutable records that everyone
/// may read; only the Committer publishes new ones. It knows nothing of deltas and parts in memory: `table` hands it [PendingCommit]s and
/// is told when to publish.
///
/// **A commit** is the payload of one log frame: the wall time in microseconds (8 bytes), then its records, one after the other, each a
/// kind (1 byte) and its fields. Numbers are little-endian, texts and blobs have their length (4 bytes) before them, lists their count.
///
/// | kind | record | fields |
/// |---|---|---|
/// | 1, 2 | create, drop schema | name |
/// | 3 | create table | definition: id, schema, name, schema version, columns (id, name, type, nullable, default, initial value, generation expression), ids of the sort key, partition transforms, ids of the primary key, next column id, checks (name, expression), TTL expression, options |
/// | 4, 5 | drop, truncate table | table id |
/// | 6, 7 | create, drop view | definition; schema and name |
/// | 8 | alter table | definition, as for create |
/// | 9 | drop partition | table id, values of the partition |
/// | 10, 11 | create, drop macro | definition: schema, name, parameters (name, default), whether it is a query, text, schema in which it was created; schema and name |
/// | 12 | comment on a table, view or column | id of the table or view, column id (0: none), text (empty: taken away) |
/// | 13, 14 | create (replace, extend), drop type | the type, an ENUM with its name; name |
/// | 16 | rows | table id, schema version, row count, columns as a blob (specified in `table`'s `RowBytes`) |
/// | 17 | parts added | table id, part summaries |
/// | 18 | sealed | table id, sequence number up to which the delta is gone, placed parts |
/// | 19 | merged | table id, part ids, placed parts |
/// | 20 | deleted from a part, up to 64 rows | table id, part id, row numbers (4 bytes each) |
/// | 21 | deleted from the delta | table id, sequence numbers (8 bytes each) |
/// | 22 | deleted from a part, more than 64 rows | table id, part id, [delete vector][io.basaltdb.storage.part.DeleteVector] as a blob |
/// | 23 | part forgotten | table id, part id |
/// | 24 | idempotency token used | table id, token: name, content (16 bytes), row count (8), wall time in microseconds (8) |
/// | 25 | history forgotten | table id, the commit with which it begins |
/// | 26–31 | kept for offsets | |
///
/// A part summary: id (16), number of rows (8), rows per granule (4), bytes of the file (8), checksum of the footer (4), schema version (4), partition
/// values, least and greatest birth (8 each), what is known of the columns as a blob, which [io.basaltdb.storage.part.PartColumns] specifies: log records keep
/// the sketches in it, the manifest those of whole tables alone.
///
/// A placed part is a part summary and its dead rows: row number (4) and commit of its death (8).
///
/// **The manifest** is `manifest/<commit, 16 hex digits>.manifest`: a header (magic `BASALTMF`, format version, feature flags, commit, next id,
/// CRC32C) and sections, each a kind, a length, its own position and a CRC32C over these and its bytes: one catalog (1; before it the wall time of the commit and the timeline: commits and wall times; behind it, where there are any, the types that were created), one per table
/// (2), the end (0). The newest whole one counts; the one before is deleted only once it is durable, log only after that, and
/// the manifest of a commit is written once.
@NullMarked
package io.basaltdb.storage.catalog;

import org.jspecify.annotations.NullMarked;
