package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deletes the rows of one table that have outlived its TTL, in a transaction as any other, one split per step. Where the TTL climbs with one
/// column, bounds tell of whole parts and granules, and only those on the edge are read. Merges clean up.
final class ExpireJob implements Job {
    private final Transaction transaction;
    private final TableDefinition definition;
    private final ExpiryRule rule;
    private final long wallMicros;
    private final List<Split> splits;
    private final boolean asksBounds;
    private int next;

    ExpireJob(TransactionContext context, int tableId, ExpiryRule rule, long wallMicros) {
        this.transaction = context.begin();
        TableSnapshot table = transaction.snapshot().table(tableId);
        this.definition = table.definition();
        this.rule = rule;
        this.wallMicros = wallMicros;
        this.splits = table.splits();
        this.asksBounds = rule.isMonotone() && rule.columns().size() == 1;
    }

    @Override
    public boolean step() {
        if (next < splits.size()) {
            expire(splits.get(next++));
            return true;
        }
        transaction.commit();
        return false;
    }

    private void expire(Split split) {
        if (asksBounds && isAlive(split.zoneMap(rule.columns().getFirst()))) {
            return;
        }
        try (SplitReader reader = split.open()) {
            int first = 0;
            for (int g = 0; g < split.granuleCount(); g++) {
                int rows = split.rowCount(g);
                ZoneMap zone = asksBounds ? split.zoneMap(g, rule.columns().getFirst()) : null;
                if (!isAlive(zone)) {
                    reader.seek(g);
                    Selection live = reader.live();
                    delete(
                            split,
                            first,
                            hasExpired(zone) ? all(live, rows) : read(reader, live, rows));
                }
                first += rows;
            }
        }
    }

    private static Selection all(@Nullable Selection live, int rows) {
        if (live != null) {
            return live;
        }
        int[] lanes = new int[rows];
        for (int i = 0; i < rows; i++) {
            lanes[i] = i;
        }
        return new Selection(lanes, rows);
    }

    private Selection read(SplitReader reader, @Nullable Selection live, int rows) {
        List<Vector> columns = columns(rows);
        for (int column : rule.columns()) {
            columns.set(column, reader.read(column, live));
        }
        return rule.expired(new Batch(rows, columns, live), wallMicros);
    }

    private List<Vector> columns(int rows) {
        List<Vector> columns = new ArrayList<>();
        for (ColumnDefinition column : definition.columns()) {
            columns.add(new ConstantVector(column.type(), rows, Value.NULL));
        }
        return columns;
    }

    private void delete(Split split, int firstRow, Selection expired) {
        int[] rows = new int[expired.count()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = firstRow + expired.rows()[i];
        }
        transaction.delete(definition.id(), split.name(), rows, rows.length);
    }

    /// Whether surely no row has expired.
    private boolean isAlive(@Nullable ZoneMap zone) {
        Value min = zone == null ? null : zone.min();
        return zone != null && (min == null || !isExpired(min));
    }

    /// Whether surely all rows have.
    private boolean hasExpired(@Nullable ZoneMap zone) {
        Value max = zone == null ? null : zone.max();
        return zone != null && zone.nullCount() == 0 && max != null && isExpired(max);
    }

    private boolean isExpired(Value value) {
        int column = rule.columns().getFirst();
        List<Vector> columns = columns(1);
        columns.set(column, new ConstantVector(definition.columns().get(column).type(), 1, value));
        return rule.expired(new Batch(1, columns), wallMicros).count() == 1;
    }

    @Override
    public void close() {
        transaction.close();
    }
}
