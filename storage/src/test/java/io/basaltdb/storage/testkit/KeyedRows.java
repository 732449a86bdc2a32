package io.basaltdb.storage.testkit;

import io.basaltdb.storage.Database;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.table.KeyConflict;
import io.basaltdb.storage.table.KeyedInsert;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.table.TableSnapshot;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A table (id BIGINT PRIMARY KEY, value BIGINT), sorted by its values, and what it holds as a map.
public final class KeyedRows {
    private KeyedRows() {}

    public static TableDefinition create(Database database, String name) {
        try (Transaction transaction = database.begin()) {
            TableDefinition created =
                    transaction.createTable(
                            new TableDefinition(
                                    0,
                                    "main",
                                    name,
                                    1,
                                    List.of(
                                            new ColumnDefinition(1, "id", Type.BIGINT, false, null),
                                            new ColumnDefinition(
                                                    2, "value", Type.BIGINT, false, null)),
                                    List.of(2),
                                    List.of(),
                                    List.of(1),
                                    Map.of()),
                            false);
            transaction.commit();
            return created;
        }
    }

    /// A row without values, which the table does not take.
    public static Batch nulls() {
        return new Batch(
                1,
                List.of(
                        new LongVector(Type.BIGINT, 1, new long[1], new long[1]),
                        new LongVector(Type.BIGINT, 1, new long[1], new long[1])));
    }

    public static Batch batch(SortedMap<Long, Long> rows) {
        int size = rows.size();
        long[] ids = rows.keySet().stream().mapToLong(Long::longValue).toArray();
        long[] values = rows.values().stream().mapToLong(Long::longValue).toArray();
        return new Batch(
                size,
                List.of(
                        new LongVector(Type.BIGINT, size, ids, null),
                        new LongVector(Type.BIGINT, size, values, null)));
    }

    /// Each row takes the place of the one of its key.
    public static void upsert(Transaction transaction, int tableId, SortedMap<Long, Long> rows) {
        try (KeyedInsert insert =
                transaction.keyedInsert(tableId, new KeyConflict.Replace(false))) {
            insert.append(batch(rows));
            insert.finish(KeyedInsert.Written.NOBODY);
        }
    }

    /// Deletes the rows of those keys.
    public static void delete(Transaction transaction, int tableId, Collection<Long> ids) {
        Map<Long, ModelDatabase.RowPlace> places = new HashMap<>();
        scan(transaction.snapshot().table(tableId), places);
        ModelDatabase.delete(transaction, tableId, places, List.copyOf(ids));
    }

    /// What the table holds; a key that is there twice is an error.
    public static TreeMap<Long, Long> scan(TableSnapshot table) {
        return scan(table, new HashMap<>());
    }

    private static TreeMap<Long, Long> scan(
            TableSnapshot table, Map<Long, ModelDatabase.RowPlace> places) {
        TreeMap<Long, Long> found = new TreeMap<>();
        for (Split split : table.splits()) {
            try (SplitReader reader = split.open()) {
                long first = 0;
                for (int g = 0; g < split.granuleCount(); g++) {
                    reader.seek(g);
                    Selection live = reader.live();
                    List<Value> ids = VectorValues.list(reader.read(0, live));
                    List<Value> values = VectorValues.list(reader.read(1, live));
                    int count = live == null ? ids.size() : live.count();
                    for (int i = 0; i < count; i++) {
                        int lane = live == null ? i : live.rows()[i];
                        long id = ((Value.Whole) ids.get(lane)).value();
                        places.put(id, new ModelDatabase.RowPlace(split.name(), first + lane));
                        if (found.put(id, ((Value.Whole) values.get(lane)).value()) != null) {
                            throw new AssertionError("key " + id + " is there twice");
                        }
                    }
                    first += split.rowCount(g);
                }
            }
        }
        return found;
    }
}
