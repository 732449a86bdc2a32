/// A table at work: delta, append, seal, merge, purge, snapshots and splits.
///
/// Doors: [Transaction] with [KeyedInsert], [RowRule] and [ExpiryRule], [DatabaseSnapshot], [AsOf], [TableSnapshot], [Split], [MergePolicy], [Quarantine];
/// for other engines [SnapshotLeases] with [LeasedSplit] and [StagedIngests] with [StagedWriter]; and
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
/// **History.** What a table with the option `history` keeps is its `TableHistory`: the floor, below which nothing can be told, and parts that
/// went as a whole. Seals, merges and checkpoints ask a table's floor, not the oldest reader alone, which rows may go; that is all that
/// they know of it. `TableState.asOf` makes the state of an earlier commit from the newest one.
///
/// **Leases and staged ingests** are for engines that read and write in many pieces, from many processes. Both are nothing but part files that stay
/// although no table names them: `PartHolds` counts who needs a file, and a file that the tables give up meanwhile is deleted by the last who
/// lets go. Why a file stays is said by a `NoteFile`, written before anybody may rely on it and deleted first of all, so that whatever a crash leaves
/// over is named by nobody and goes with the next opening:
///
/// | file | content |
/// |---|---|
/// | `leases/<id>-<n>.lease` | id (16 bytes), n (4), commit (8), end (8, wall micros), number of tables (4), per table a blob: the log records "create table" and "sealed" with the parts and their dead rows |
/// | `staging/<id>.begun` | id (16), end (8, wall micros) |
/// | `staging/<id>.<task>.task` | id (16), task, rows (8), schema version (4), a blob: the log record "parts added" |
///
/// A lease is taken with [SnapshotLeases#take], lasts until its end unless it is [renewed][SnapshotLeases#renew], and its [LeasedSplit]s are sent
/// as bytes to whoever reads them, with the directory alone. An ingest [begins][StagedIngests#begin], its writers finish one by one, in any
/// process life, and one [commit][StagedIngests#commit] under an [InsertToken] shows the rows of the chosen ones in all tables.
///
/// **Broken parts** are set aside: whoever meets damage notes it at the part's `PartHandle`, merges leave such parts out, and [Quarantine] checks
/// tables, takes mended parts back and gives lost ones up. A query reads the granules of a broken part that are whole.
///
/// **Background work** is done in steps by jobs that hold no lock between steps: production threads run them to their end, the seeded
/// simulator interleaves them from one thread.
@NullMarked
package io.basaltdb.storage.table;

import org.jspecify.annotations.NullMarked;
