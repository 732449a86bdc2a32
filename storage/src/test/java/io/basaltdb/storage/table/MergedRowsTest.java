package io.basaltdb.storage.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.Database;
import io.basaltdb.storage.DatabaseCheck;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.RandomVectors;
import io.basaltdb.storage.testkit.SimulatedDisk;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Rows of every type in parts that were merged, in the order of the sort key, against a list of values.
final class MergedRowsTest {
    private static final int PARTS = 4;

    private final SimulatedDisk disk = new SimulatedDisk();

    @RepeatedTest(30)
    void holdTheValuesOfTheirParts(RepetitionInfo info) {
        RandomVectors vectors = new RandomVectors(9300 + info.getCurrentRepetition());
        TableDefinition definition = definition(vectors);
        boolean separate = vectors.random().nextBoolean();
        List<List<Value>> expected = new ArrayList<>();
        try (Database database = open()) {
            int table = create(database, definition);
            for (int p = 0; p < PARTS; p++) {
                load(database, table, vectors, definition, separate ? p : -1, expected);
            }
            while (database.backgroundStep()) {
                // to the end
            }
            expected.sort(order(definition));
            List<List<Value>> found = rows(database, table);
            assertEquals(expected.size(), found.size());
            for (int i = 0; i < found.size(); i++) {
                int row = i;
                assertEquals(expected.get(i), found.get(i), () -> "row " + row + ", " + definition);
            }
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk));
    }

    private Database open() {
        return Database.open(
                disk,
                new ManualClock(),
                DatabaseOptions.defaults()
                        .withManualSteps(new Random(3))
                        .withBulk(1 << 30, 1 << 20, 1, 1)
                        .withMerge(1 << 30, PARTS));
    }

    /// A number that no other row has, and some columns of any types; sorted by one of these and the number.
    private static TableDefinition definition(RandomVectors vectors) {
        List<ColumnDefinition> columns = new ArrayList<>();
        columns.add(new ColumnDefinition(1, "id", Type.BIGINT, false, null));
        for (int i = 0; i <= vectors.random().nextInt(3); i++) {
            Type type = vectors.type();
            type = type instanceof Type.Enumeration ? Type.TEXT : type;
            columns.add(new ColumnDefinition(i + 2, "c" + i, type, true, null));
        }
        List<Integer> key = vectors.random().nextBoolean() ? List.of(1) : List.of(2, 1);
        return new TableDefinition(0, "main", "t", 1, columns, key, List.of(), List.of(), Map.of());
    }

    private static int create(Database database, TableDefinition definition) {
        try (Transaction transaction = database.begin()) {
            int id = transaction.createTable(definition, false).id();
            transaction.commit();
            return id;
        }
    }

    /// Loads a part.
    ///
    /// @param stretch where its numbers lie apart from those of other parts; −1: among them
    private static void load(
            Database database,
            int table,
            RandomVectors vectors,
            TableDefinition definition,
            int stretch,
            List<List<Value>> expected) {
        try (Transaction transaction = database.begin()) {
            try (Appender appender = transaction.appender(table)) {
                for (int b = 0; b < 3; b++) {
                    int size = 1 + vectors.random().nextInt(3000);
                    Batch batch = batch(vectors, definition, size, stretch, expected.size());
                    appender.append(batch);
                    List<Vector> flat = batch.columns().stream().map(FlatVectors::flat).toList();
                    for (int i = 0; i < size; i++) {
                        int lane = i;
                        expected.add(
                                flat.stream()
                                        .map(column -> VectorValues.value(column, lane))
                                        .toList());
                    }
                }
            }
            transaction.commit();
        }
    }

    private static Batch batch(
            RandomVectors vectors, TableDefinition definition, int size, int stretch, int rows) {
        long[] ids = new long[size];
        for (int i = 0; i < size; i++) {
            long number = rows + i;
            ids[i] = stretch < 0 ? Long.reverse(number) >>> 1 : (long) stretch << 40 | number;
        }
        List<Vector> columns = new ArrayList<>();
        columns.add(new LongVector(Type.BIGINT, size, ids, null));
        for (int c = 1; c < definition.columns().size(); c++) {
            boolean nullable = vectors.random().nextBoolean();
            columns.add(vectors.vector(definition.columns().get(c).type(), size, nullable));
        }
        return new Batch(size, columns);
    }

    private static Comparator<List<Value>> order(TableDefinition definition) {
        int[] positions = SealJob.positions(definition);
        return (left, right) -> {
            for (int position : positions) {
                int order = Value.compare(left.get(position), right.get(position));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    private static List<List<Value>> rows(Database database, int table) {
        List<List<Value>> rows = new ArrayList<>();
        try (DatabaseSnapshot snapshot = database.snapshot()) {
            List<Split> splits =
                    snapshot.table(table).splits().stream()
                            .filter(split -> split.granuleCount() > 0)
                            .toList();
            assertEquals(1, splits.size());
            Split split = splits.getFirst();
            int columns = snapshot.table(table).definition().columns().size();
            try (SplitReader reader = split.open()) {
                for (int g = 0; g < split.granuleCount(); g++) {
                    reader.seek(g);
                    Selection live = reader.live();
                    assertTrue(live == null);
                    List<Vector> vectors = new ArrayList<>();
                    for (int c = 0; c < columns; c++) {
                        vectors.add(FlatVectors.flat(reader.read(c, null)));
                    }
                    for (int i = 0; i < split.rowCount(g); i++) {
                        int lane = i;
                        rows.add(
                                vectors.stream()
                                        .map(column -> VectorValues.value(column, lane))
                                        .toList());
                    }
                }
            }
        }
        return rows;
    }
}
