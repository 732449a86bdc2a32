package io.basaltdb.storage.part;

import io.basaltdb.storage.type.Value;
import java.util.List;

/// What the database keeps of a part outside its file, so that planning opens none.
///
/// @param checksum CRC32C of the footer: the part's file is the one that was written, and no other
/// @param minBirth no row was born at an earlier commit
/// @param maxBirth no row was born at a later commit: a snapshot at or after it sees all rows
public record PartSummary(
        PartId id,
        long rowCount,
        int rowsPerGranule,
        long sizeBytes,
        int checksum,
        int schemaVersion,
        List<Value> partition,
        long minBirth,
        long maxBirth,
        PartColumns columns) {
    public PartSummary {
        partition = List.copyOf(partition);
    }

    public int granuleCount() {
        return (int) ((rowCount + rowsPerGranule - 1) / rowsPerGranule);
    }

    /// Rows of that granule.
    public int rowCount(int granule) {
        return (int) Math.min(rowsPerGranule, rowCount - (long) granule * rowsPerGranule);
    }

    /// The same without the columns' distinct-count sketches.
    @SuppressWarnings("ReferenceEquality") // columns that did not change are the same object
    public PartSummary withoutSketches() {
        PartColumns fewer = columns.withoutSketches();
        return fewer == columns
                ? this
                : new PartSummary(
                        id,
                        rowCount,
                        rowsPerGranule,
                        sizeBytes,
                        checksum,
                        schemaVersion,
                        partition,
                        minBirth,
                        maxBirth,
                        fewer);
    }
}
