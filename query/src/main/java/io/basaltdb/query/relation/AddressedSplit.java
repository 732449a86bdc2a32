package io.basaltdb.query.relation;

import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A split with the addresses of its rows as one more column; they are counted, not read.
final class AddressedSplit implements Split {
    private final Split rows;
    private final int addressColumn;
    private final long[] firstAddresses;

    /// @param first address of the first row
    AddressedSplit(Split rows, int addressColumn, long first) {
        this.rows = rows;
        this.addressColumn = addressColumn;
        this.firstAddresses = new long[rows.granuleCount()];
        long next = first;
        for (int g = 0; g < firstAddresses.length; g++) {
            firstAddresses[g] = next;
            next += rows.rowCount(g);
        }
    }

    @Override
    public String name() {
        return rows.name();
    }

    @Override
    public int granuleCount() {
        return rows.granuleCount();
    }

    @Override
    public int rowCount(int granule) {
        return rows.rowCount(granule);
    }

    @Override
    public @Nullable ZoneMap zoneMap(int granule, int column) {
        return column == addressColumn ? null : rows.zoneMap(granule, column);
    }

    @Override
    public @Nullable ZoneMap zoneMap(int column) {
        return column == addressColumn ? null : rows.zoneMap(column);
    }

    @Override
    public boolean mayHaveDeadRows() {
        return rows.mayHaveDeadRows();
    }

    @Override
    public boolean mayMatch(List<ColumnRanges> predicates) {
        return rows.mayMatch(ofRows(predicates));
    }

    private List<ColumnRanges> ofRows(List<ColumnRanges> predicates) {
        return predicates.stream().filter(p -> p.column() != addressColumn).toList();
    }

    @Override
    public void prune(List<ColumnRanges> predicates, BitSet granules) {
        rows.prune(ofRows(predicates), granules);
    }

    @Override
    public SplitReader open() {
        return new Reader(rows.open());
    }

    /// Reads the rows and counts the addresses.
    private final class Reader implements SplitReader {
        private final SplitReader reader;
        private final long[] addresses = new long[Batch.MAX_ROWS];
        private int granule;

        Reader(SplitReader reader) {
            this.reader = reader;
        }

        @Override
        public void seek(int next) {
            granule = next;
            reader.seek(next);
        }

        @Override
        public @Nullable Selection live() {
            return reader.live();
        }

        @Override
        public Selection select(int column, Ranges ranges, @Nullable Selection among) {
            return column == addressColumn
                    ? selectAddresses(ranges, among)
                    : reader.select(column, ranges, among);
        }

        private Selection selectAddresses(Ranges ranges, @Nullable Selection among) {
            int count = among == null ? rowCount(granule) : among.count();
            int[] kept = new int[count];
            int keptCount = 0;
            for (int i = 0; i < count; i++) {
                int row = among == null ? i : among.rows()[i];
                kept[keptCount] = row;
                keptCount += ranges.contains(Value.of(firstAddresses[granule] + row)) ? 1 : 0;
            }
            return new Selection(kept, keptCount);
        }

        @Override
        public Vector read(int column, @Nullable Selection wanted) {
            return column == addressColumn ? readAddresses() : reader.read(column, wanted);
        }

        private Vector readAddresses() {
            int count = rowCount(granule);
            long first = firstAddresses[granule];
            for (int i = 0; i < count; i++) {
                addresses[i] = first + i;
            }
            return new LongVector(Type.BIGINT, count, addresses, null);
        }

        @Override
        public long bytesRead() {
            return reader.bytesRead();
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
