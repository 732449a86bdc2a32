package io.basaltdb.benchmarks.bulk;

import io.basaltdb.storage.Database;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.io.LocalDisk;
import io.basaltdb.storage.io.SystemClock;
import io.basaltdb.storage.table.Appender;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Basalt's storage itself: batches of arrays into the [Appender] of a transaction.
public final class AppenderDoor implements BulkDoor {
    private final Database database;
    private final int tableId;

    public AppenderDoor(Path folder) {
        database =
                Database.open(new LocalDisk(folder), new SystemClock(), DatabaseOptions.defaults());
        List<ColumnDefinition> columns =
                List.of(
                        new ColumnDefinition(1, "id", Type.BIGINT, true, null),
                        new ColumnDefinition(2, "made", Type.TIMESTAMP, true, null),
                        new ColumnDefinition(3, "kind", Type.INTEGER, true, null),
                        new ColumnDefinition(4, "amount", Type.DOUBLE, true, null));
        try (Transaction transaction = database.begin()) {
            tableId =
                    transaction
                            .createTable(
                                    new TableDefinition(
                                            0, "main", "narrow", 1, columns, List.of(), List.of(),
                                            List.of(), Map.of()),
                                    false)
                            .id();
            transaction.commit();
        }
    }

    @Override
    public String name() {
        return "appender";
    }

    @Override
    public void load(long from, long to) {
        try (Transaction transaction = database.begin()) {
            try (Appender appender = transaction.appender(tableId)) {
                for (long row = from; row < to; row += Batch.MAX_ROWS) {
                    appender.append(batch(row, (int) Math.min(to - row, Batch.MAX_ROWS)));
                }
            }
            transaction.commit();
        }
    }

    private static Batch batch(long from, int count) {
        long[] ids = new long[count];
        long[] times = new long[count];
        long[] kinds = new long[count];
        double[] amounts = new double[count];
        for (int i = 0; i < count; i++) {
            ids[i] = from + i;
            times[i] = NarrowRows.atMicros(from + i);
            kinds[i] = NarrowRows.kind(from + i);
            amounts[i] = NarrowRows.amount(from + i);
        }
        List<Vector> columns =
                List.of(
                        new LongVector(Type.BIGINT, count, ids, null),
                        new LongVector(Type.TIMESTAMP, count, times, null),
                        new LongVector(Type.INTEGER, count, kinds, null),
                        new DoubleVector(Type.DOUBLE, count, amounts, null));
        return new Batch(count, columns);
    }

    @Override
    public long count() {
        try (DatabaseSnapshot snapshot = database.snapshot()) {
            return snapshot.table(tableId).statistics().rowCount();
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
