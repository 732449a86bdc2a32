package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.ColumnStatistics;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.part.DeleteVector;
import java.util.ArrayList;
import java.util.List;

/// One table as a transaction sees it: its snapshot with its own changes.
final class ChangedTable implements TableSnapshot {
    private final TableState state;
    private final long commit;
    private final TableStatistics statistics;
    private final List<Split> splits;

    /// @param state with the own parts and without the rows of parts that were deleted
    /// @param columns what is known of the snapshot's columns
    /// @param deadInDelta rows of the delta that were deleted, from its first
    /// @param rows the own rows in memory
    /// @param deadInRows those of them that were deleted
    ChangedTable(
            TableState state,
            List<ColumnStatistics> columns,
            long commit,
            DeleteVector deadInDelta,
            DeltaView rows,
            DeleteVector deadInRows,
            String rowsName) {
        this.state = state;
        this.commit = commit;
        this.statistics =
                new TableStatistics(
                        state.rowCount()
                                - deadInDelta.cardinality()
                                + rows.rowCount()
                                - deadInRows.cardinality(),
                        columns);
        List<Split> all = new ArrayList<>(PinnedTable.partSplits(state, commit));
        addDelta(DeltaSplit.NAME, state.delta(), deadInDelta, all);
        addDelta(rowsName, rows, deadInRows, all);
        this.splits = List.copyOf(all);
    }

    private void addDelta(String name, DeltaView view, DeleteVector dead, List<Split> all) {
        if (view.rowCount() > 0) {
            all.add(new DeltaSplit(name, view, dead, state.definition(), commit));
        }
    }

    @Override
    public TableDefinition definition() {
        return state.definition();
    }

    @Override
    public long commit() {
        return commit;
    }

    @Override
    public TableStatistics statistics() {
        return statistics;
    }

    @Override
    public List<Split> splits() {
        return splits;
    }

    @Override
    public List<StoredPart> parts() {
        return StoredPart.of(state);
    }
}
