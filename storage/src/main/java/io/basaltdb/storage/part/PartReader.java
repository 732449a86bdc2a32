package io.basaltdb.storage.part;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.RandomReader;
import io.basaltdb.storage.segment.ZoneMap;
import java.util.BitSet;
import java.util.List;

/// One part, open for reading by any number of threads; each has a [PartCursor] of its own.
public final class PartReader implements AutoCloseable {
    private PartReader() {}

    /// Checks magic, version, features, length and the footer's checksum; reads no column.
    ///
    /// @param file closed with the reader, and at once where this fails
    /// @throws BasaltException PART_CORRUPT, or FORMAT_TOO_NEW naming the version or feature that is unknown
    public static PartReader open(RandomReader file, PartId expected) {
        throw unsupported();
    }

    public PartDescription description() {
        throw unsupported();
    }

    public PartSummary summary() {
        throw unsupported();
    }

    public int granuleCount() {
        throw unsupported();
    }

    public int rowCount(int granule) {
        throw unsupported();
    }

    public boolean hasColumn(int columnId) {
        throw unsupported();
    }

    /// Whether the birth commit of each row is kept.
    public boolean hasBirths() {
        throw unsupported();
    }

    public ZoneMap zoneMap(int columnId) {
        throw unsupported();
    }

    public ZoneMap zoneMap(int columnId, int granule) {
        throw unsupported();
    }

    /// Clears the bits of granules in which, by the sort key alone, no row can satisfy all predicates.
    public void pruneBySortKey(List<ColumnIdRanges> predicates, BitSet granules) {
        throw unsupported();
    }

    /// A cursor over those columns, for one thread.
    public PartCursor cursor(List<Integer> columnIds) {
        throw unsupported();
    }

    /// Closes the file; no cursor may be in use.
    @Override
    public void close() {}

    private static BasaltException unsupported() {
        return new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "parts cannot be written or read yet");
    }
}
