package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.ColumnStatistics;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.type.Value;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts together what is known of a table from its parts' summaries and its delta, without opening a file.
final class StatisticsBuilder {
    private static final double UNKNOWN_BYTES = 8;

    private StatisticsBuilder() {}

    static TableStatistics of(TableState state) {
        return new TableStatistics(state.rowCount(), new Columns(state));
    }

    /// Made when somebody looks at it: of a table with very many parts that takes a while.
    private static final class Columns extends AbstractList<ColumnStatistics> {
        private final TableState state;
        private volatile @Nullable List<ColumnStatistics> made;

        Columns(TableState state) {
            this.state = state;
        }

        @Override
        public int size() {
            return state.definition().columns().size();
        }

        @Override
        public ColumnStatistics get(int position) {
            List<ColumnStatistics> known = made;
            if (known == null) {
                known = columns(state);
                made = known;
            }
            return known.get(position);
        }
    }

    private static List<ColumnStatistics> columns(TableState state) {
        List<ColumnStatistics> columns = new ArrayList<>();
        DeltaSplit delta = new DeltaSplit(state.delta(), state.definition(), Long.MAX_VALUE);
        List<ColumnDefinition> definitions = state.definition().columns();
        for (int i = 0; i < definitions.size(); i++) {
            columns.add(column(state, delta, definitions.get(i), i));
        }
        return columns;
    }

    private static ColumnStatistics column(
            TableState state, DeltaSplit delta, ColumnDefinition definition, int position) {
        ColumnTotals totals = state.parts().totals().get(definition.id());
        long partRows = state.parts().rowCount();
        long nulls = totals == null ? 0 : totals.nullCount();
        @Nullable Value min = totals == null ? null : totals.min();
        @Nullable Value max = totals == null ? null : totals.max();
        boolean bounded = totals == null || totals.bounded();
        long bytes = totals == null ? 0 : totals.decodedBytes();
        long older = partRows - (totals == null ? 0 : totals.rowCount());
        if (older > 0) {
            ZoneMap zone = VectorBounds.constant(definition, older);
            nulls += zone.nullCount();
            min = ColumnTotals.least(min, zone.min());
            max = ColumnTotals.greatest(max, zone.max());
        }
        DeltaView view = state.delta();
        for (int c = 0; c < view.chunkCount(); c++) {
            ZoneMap zone = delta.zoneMap(c, position);
            if (zone == null) {
                zone =
                        VectorBounds.zoneMap(
                                view.chunks()[c].columns()[position].vector(view.rows(c)));
            }
            nulls += zone.nullCount();
            min = ColumnTotals.least(min, zone.min());
            max = ColumnTotals.greatest(max, zone.max());
            bounded &= zone.max() != null || zone.nullCount() == zone.rowCount();
        }
        long rows = partRows + view.rowCount();
        long distinct = state.parts().distinctCount(definition.id());
        return new ColumnStatistics(
                Math.min(nulls, state.rowCount()),
                bounded ? min : null,
                bounded ? max : null,
                distinct < 0 ? -1 : Math.min(distinct, rows),
                partRows == 0 ? UNKNOWN_BYTES : (double) bytes / partRows);
    }
}
