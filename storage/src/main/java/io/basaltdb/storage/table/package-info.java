/// A table at work: delta, append, seal, merge, purge, snapshots and splits.
///
/// Doors: [Transaction] with [KeyedInsert], [RowRule] and [ExpiryRule], [DatabaseSnapshot], [TableSnapshot], [Split], [MergePolicy], [Quarantine], and
/// for those who watch [StoredPart], [BackgroundJob], [WrittenBytes], [LogFile]. The query engine reads through snapshots and
/// their splits and writes through transactions; nothing else of storage's inside is visible to it. The root package wires
/// [DatabaseState], [TransactionContext] and [BackgroundWork].
///
/// **Reading.** A `Root` is the whole database at one commit, immutable, swapped once per group of commits. A snapshot pins one: the
/// `SnapshotRegistry` knows the oldest, and a part's file goes only when no snapshot is older than the commit that retired it. Of a delta a
/// root sees a prefix: rows are appended behind it, arrays never move under a reader, so readers take no lock.
///
/// **Writing.** A transaction prepares alone. Large amounts become sorted parts before the commit, small ones are bytes of the log record
/// when they meet the Committer, which only checks what came since, appends, and copies the rows into the delta.
///
/// **Keyed tables.** A primary key is unique over the whole table. A `KeyMap` finds the rows of the delta by key, a part's key index (see
/// `part`) those of the part. A transaction looks its keys up alone, at its snapshot; `KeyAdmission` then looks, in commit order, only at what
/// came since. A row that is upserted dies where it is, by address, and comes anew: readers pay for nothing but the deaths.
///
/// **Row addresses** are (part, row) or the delta's sequence number. Seals and merges move rows; `Relocations` keeps the old → new
/// maps while an older transaction may still name rows by the old ones.
///
/// **Broken parts** are set aside: whoever meets damage notes it at the part's `PartHandle`, merges leave such parts out, and [Quarantine] checks
/// tables, takes mended parts back and gives lost ones up. A query reads the granules of a broken part that are whole.
///
/// **Background work** is done in steps by jobs that hold no lock between steps: production threads run them to their end, the seeded
/// simulator interleaves them from one thread.
@NullMarked
package io.basaltdb.storage.table;

import org.jspecify.annotations.NullMarked;
