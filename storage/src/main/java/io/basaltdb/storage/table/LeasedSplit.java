package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.CommitBytes;
import io.basaltdb.storage.catalog.LogRecord;
import io.basaltdb.storage.catalog.PlacedPart;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.ByteReader;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.part.PartColumns;
import java.util.List;
import java.util.UUID;

/// Some granules of a part, with everything that a reader needs to know of them: it can be sent to another process, which reads the part's file
/// without asking this one. Immutable.
///
/// @param lease that keeps the file where it is
/// @param commit the lease's
/// @param definition the table's, as it was then; columns that the part lacks have their initial value
/// @param part with the rows in it that were dead then
public record LeasedSplit(
        UUID lease,
        long commit,
        TableDefinition definition,
        PlacedPart part,
        int firstGranule,
        int granuleCount) {

    /// Path of the part's file in the database's directory.
    public String path() {
        return part.summary().id().path();
    }

    /// What is known of the part's columns: bounds, numbers of NULLs.
    public PartColumns statistics() {
        return part.summary().columns();
    }

    /// A form that [#fromBytes] reads.
    public byte[] toBytes() {
        ByteWriter out = new ByteWriter(1 << 10);
        out.putLong(lease.getMostSignificantBits());
        out.putLong(lease.getLeastSignificantBits());
        out.putLong(commit);
        out.putInt(firstGranule);
        out.putInt(granuleCount);
        put(out, definition, List.of(part));
        return out.toByteArray();
    }

    public static LeasedSplit fromBytes(byte[] bytes) {
        ByteReader in =
                new ByteReader(bytes, 0, bytes.length, ErrorCode.PROTOCOL_VIOLATION, "a split");
        UUID lease = new UUID(in.getLong(), in.getLong());
        long commit = in.getLong();
        int firstGranule = in.getInt();
        int granuleCount = in.getInt();
        Parts parts = get(in);
        in.expectEnd();
        return new LeasedSplit(
                lease,
                commit,
                parts.definition,
                parts.parts.getFirst(),
                firstGranule,
                granuleCount);
    }

    /// A table with some of its parts.
    record Parts(TableDefinition definition, List<PlacedPart> parts) {}

    /// As the log would say it.
    static void put(ByteWriter out, TableDefinition definition, List<PlacedPart> parts) {
        ByteWriter records = new ByteWriter(1 << 10);
        CommitBytes.begin(records, 0);
        CommitBytes.put(records, new LogRecord.CreateTable(definition));
        CommitBytes.put(records, new LogRecord.Sealed(definition.id(), 0, parts));
        out.putBlob(records.toByteArray());
    }

    static Parts get(ByteReader in) {
        byte[] blob = in.getBlob();
        List<LogRecord> records =
                CommitBytes.read(0, blob, 0, blob.length, "parts of a table").records();
        if (records.size() == 2
                && records.get(0) instanceof LogRecord.CreateTable(TableDefinition definition)
                && records.get(1) instanceof LogRecord.Sealed(_, _, List<PlacedPart> parts)) {
            return new Parts(definition, parts);
        }
        throw in.damaged("the records", "a table and its parts", records.size());
    }

    /// Reads the granules from the database's directory: granules from [#firstGranule] on, `granuleCount` of them, are sought by their number in the
    /// part. Any process may; in the database's own, [SnapshotLeases#open] looks whether the lease holds.
    ///
    /// @throws BasaltException LEASE_EXPIRED where the file is there no more
    public SplitReader open(Disk disk) {
        if (!disk.exists(path())) {
            throw SnapshotLeases.expired(lease);
        }
        PartHandle handle =
                new PartHandle(disk, part.summary().id(), new KeyCache(0), OpenParts.unlimited());
        int[] dead = part.deadRows();
        PartState state =
                new PartState(
                        part.summary(),
                        0,
                        DeathList.of(
                                DeleteVector.fromRows(dead, dead.length),
                                new int[0],
                                ChunkColumn.NO_LONGS),
                        handle);
        // Every row of the part was born by then.
        SplitReader reader;
        try {
            reader = new PartSplit(state, definition, Long.MAX_VALUE).open();
        } catch (BasaltException failure) {
            handle.close();
            throw failure;
        }
        return new LeasedReader(reader, handle, firstGranule, firstGranule + granuleCount);
    }
}
