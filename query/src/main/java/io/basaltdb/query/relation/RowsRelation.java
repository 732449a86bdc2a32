package io.basaltdb.query.relation;

import io.basaltdb.storage.catalog.ColumnStatistics;
import io.basaltdb.storage.catalog.TableStatistics;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A few rows that are made when the query starts: the virtual tables.
///
/// @param rows each with one value per column of the schema
public record RowsRelation(String name, Schema schema, List<List<Value>> rows) implements Relation {
    public RowsRelation {
        rows = List.copyOf(rows);
    }

    @Override
    public TableStatistics statistics() {
        ColumnStatistics unknown = new ColumnStatistics(0, null, null, -1, 16);
        return new TableStatistics(rows.size(), Collections.nCopies(schema.size(), unknown));
    }

    @Override
    public List<Split> splits() {
        return List.of(new RowsSplit());
    }

    private final class RowsSplit implements Split {
        @Override
        public String name() {
            return name;
        }

        @Override
        public int granuleCount() {
            return (rows.size() + Batch.MAX_ROWS - 1) / Batch.MAX_ROWS;
        }

        @Override
        public int rowCount(int granule) {
            return Math.min(Batch.MAX_ROWS, rows.size() - granule * Batch.MAX_ROWS);
        }

        @Override
        public @Nullable ZoneMap zoneMap(int granule, int column) {
            return null;
        }

        @Override
        public @Nullable ZoneMap zoneMap(int column) {
            return null;
        }

        @Override
        public boolean mayHaveDeadRows() {
            return false;
        }

        @Override
        public SplitReader open() {
            return new RowsReader();
        }
    }

    private final class RowsReader implements SplitReader {
        private int granule;

        @Override
        public void seek(int number) {
            granule = number;
        }

        private List<List<Value>> granuleRows() {
            int from = granule * Batch.MAX_ROWS;
            return rows.subList(from, Math.min(rows.size(), from + Batch.MAX_ROWS));
        }

        @Override
        public @Nullable Selection live() {
            return null;
        }

        @Override
        public Selection select(int column, Ranges ranges, @Nullable Selection among) {
            List<List<Value>> candidates = granuleRows();
            int count = among == null ? candidates.size() : among.count();
            int[] chosen = new int[count];
            int kept = 0;
            for (int i = 0; i < count; i++) {
                int row = among == null ? i : among.rows()[i];
                if (ranges.contains(candidates.get(row).get(column))) {
                    chosen[kept++] = row;
                }
            }
            return new Selection(chosen, kept);
        }

        @Override
        public Vector read(int column, @Nullable Selection wanted) {
            List<Value> values = granuleRows().stream().map(row -> row.get(column)).toList();
            return ValueVectors.of(schema.type(column), values);
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
