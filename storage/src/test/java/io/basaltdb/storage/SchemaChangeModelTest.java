package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.table.Appender;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.table.TableSnapshot;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.SimulatedDisk;
import io.basaltdb.storage.testkit.VectorValues;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random changes of a table's columns among inserts, updates, seals, merges, pins and restarts, against rows that are maps from column ids to
/// values.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class SchemaChangeModelTest {
    private static final long SEED = Long.getLong("test.seed", System.nanoTime());

    @Test
    void everySnapshotSeesItsColumns() {
        System.out.println("SchemaChangeModelTest: -Dtest.seed=" + SEED);
        for (int i = 0; i < 4; i++) {
            new Run(SEED + i).steps(3_000);
        }
    }

    @Tag("long")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    @Test
    void manySteps() {
        for (int i = 0; i < 40; i++) {
            System.out.println("SchemaChangeModelTest: -Dtest.seed=" + (SEED + i));
            new Run(SEED + i).steps(20_000);
        }
    }

    @Test
    void theFirstOfTwoChangesWins() {
        try (Database database = new Run(1).database) {
            TableDefinition table = database.snapshot().catalog().table("main", "t");
            try (Transaction first = database.begin();
                    Transaction second = database.begin();
                    Transaction writer = database.begin()) {
                first.alterTable(added(table, "a", Type.INTEGER, Value.of(1)), false);
                second.alterTable(added(table, "b", Type.INTEGER, Value.of(2)), false);
                append(writer, table, List.of(Map.of(2, Value.of(5))));
                first.commit();
                assertConflict(second);
                assertConflict(writer);
            }
        }
    }

    @Test
    void aChangeThatDependsOnTheRowsMeetsNoOthers() {
        try (Database database = new Run(1).database) {
            TableDefinition table = database.snapshot().catalog().table("main", "t");
            try (Transaction change = database.begin();
                    Transaction writer = database.begin()) {
                change.alterTable(added(table, "a", Type.INTEGER, Value.of(1)), true);
                append(writer, table, List.of(Map.of(2, Value.of(5))));
                writer.commit();
                assertConflict(change);
            }
        }
    }

    private static void assertConflict(Transaction transaction) {
        BasaltException lost = assertThrows(BasaltException.class, transaction::commit);
        assertEquals(ErrorCode.SERIALIZATION_FAILURE, lost.code());
    }

    private static TableDefinition added(
            TableDefinition table, String name, Type type, Value initial) {
        List<ColumnDefinition> columns = new ArrayList<>(table.columns());
        columns.add(new ColumnDefinition(0, name, type, true, null).withInitial(initial));
        return table.withColumns(columns);
    }

    private static void append(
            Transaction transaction, TableDefinition table, List<Map<Integer, Value>> rows) {
        try (Appender appender = transaction.appender(table.id())) {
            for (Map<Integer, Value> row : rows) {
                List<Vector> columns = new ArrayList<>();
                for (ColumnDefinition column : table.columns()) {
                    Value value = row.getOrDefault(column.id(), Value.NULL);
                    columns.add(new ConstantVector(column.type(), 1, value));
                }
                appender.append(new Batch(1, columns));
            }
        }
    }

    /// The table at one moment. Rows are never written to, so that copies share them.
    private record State(TableDefinition table, TreeMap<Long, Map<Integer, Value>> rows) {
        State copy() {
            return new State(table, new TreeMap<>(rows));
        }
    }

    private record Pin(DatabaseSnapshot snapshot, State state) {}

    private static final class Run {
        private final Random random;
        private final SimulatedDisk disk = new SimulatedDisk();
        private final ManualClock clock = new ManualClock();
        private final List<Pin> pins = new ArrayList<>();
        private Database database;
        private State state;
        private long nextId;

        Run(long seed) {
            random = new Random(seed);
            database = open();
            boolean keyed = random.nextBoolean();
            TableDefinition definition =
                    new TableDefinition(
                            0,
                            "main",
                            "t",
                            1,
                            List.of(
                                    new ColumnDefinition(0, "first", Type.INTEGER, true, null),
                                    new ColumnDefinition(0, "id", Type.INTEGER, false, null)),
                            List.of(2),
                            List.of(),
                            keyed ? List.of(2) : List.of(),
                            Map.of());
            try (Transaction transaction = database.begin()) {
                state = new State(transaction.createTable(definition, false), new TreeMap<>());
                transaction.commit();
            }
        }

        private Database open() {
            return Database.open(
                    disk,
                    clock,
                    DatabaseOptions.defaults()
                            .withManualSteps(new Random(random.nextLong()))
                            .withSeal(1 << 20, 30 + random.nextInt(200))
                            .withBulk(1 << 20, 60, 1 << 19, 30)
                            .withLog(1 << 16, 1 << 17, 1 << 13)
                            .withMerge(1 << 24, 3));
        }

        void steps(int count) {
            for (int i = 0; i < count; i++) {
                clock.advanceMillis(1);
                int dice = random.nextInt(100);
                if (dice < 45) {
                    change();
                } else if (dice < 47 && pins.size() < 4) {
                    pins.add(new Pin(database.snapshot(), state.copy()));
                } else if (dice < 49 && !pins.isEmpty()) {
                    unpin(pins.removeFirst());
                } else if (dice < 50 && random.nextInt(3) == 0) {
                    reopen();
                } else {
                    database.backgroundStep();
                }
                if (i % 100 == 0) {
                    checkNow();
                }
            }
            reopen();
            database.close();
        }

        private void change() {
            State changed = state.copy();
            try (Transaction transaction = database.begin()) {
                int changes = 1 + random.nextInt(3);
                for (int c = 0; c < changes; c++) {
                    changed = change(transaction, changed);
                    if (random.nextInt(10) == 0) {
                        check(transaction.snapshot(), changed);
                    }
                }
                if (random.nextInt(8) > 0) {
                    transaction.commit();
                    state = changed;
                }
            }
        }

        private State change(Transaction transaction, State before) {
            int dice = random.nextInt(100);
            if (dice < 70) {
                insert(transaction, before);
                return before;
            }
            if (dice < 85) {
                update(transaction, before);
                return before;
            }
            if (dice < 86) {
                transaction.truncate(before.table.id());
                return new State(before.table, new TreeMap<>());
            }
            return alter(transaction, before);
        }

        private void insert(Transaction transaction, State target) {
            int count = random.nextInt(20) == 0 ? 80 : 1 + random.nextInt(6);
            List<Map<Integer, Value>> rows = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long id = nextId++;
                Map<Integer, Value> row = row(target.table, id);
                rows.add(row);
                target.rows.put(id, row);
            }
            append(transaction, target.table, rows);
        }

        private Map<Integer, Value> row(TableDefinition table, long id) {
            Map<Integer, Value> row = new HashMap<>();
            for (ColumnDefinition column : table.columns()) {
                row.put(column.id(), column.id() == 2 ? Value.of(id) : value(column.type()));
            }
            return row;
        }

        private Value value(Type type) {
            if (random.nextInt(8) == 0) {
                return Value.NULL;
            }
            return switch (type) {
                case Type.Int _ -> Value.of(random.nextInt(100));
                case Type.Real _, Type.DoublePrecision _ -> Value.of(random.nextInt(1000) / 8.0);
                case Type.Decimal decimal ->
                        decimal.precision() <= 18
                                ? Value.of(random.nextInt(10_000))
                                : Value.of(0, random.nextInt(10_000));
                case Type.Bool _ -> Value.of(random.nextBoolean());
                default ->
                        new Value.Bytes(
                                ("v" + random.nextInt(50)).getBytes(StandardCharsets.UTF_8));
            };
        }

        private void update(Transaction transaction, State target) {
            TableSnapshot table = transaction.snapshot().table(target.table.id());
            int id = target.table.positionOf(2);
            List<Map<Integer, Value>> rows = new ArrayList<>();
            for (Split split : table.splits()) {
                List<Integer> chosen = new ArrayList<>();
                int first = 0;
                try (SplitReader reader = split.open()) {
                    for (int g = 0; g < split.granuleCount(); g++) {
                        reader.seek(g);
                        Selection live = reader.live();
                        Vector ids = reader.read(id, live);
                        for (int lane : lanes(live, split.rowCount(g))) {
                            if (random.nextInt(30) == 0) {
                                long number = ((Value.Whole) VectorValues.at(ids, lane)).value();
                                chosen.add(first + lane);
                                target.rows.remove(number);
                                if (random.nextBoolean()) {
                                    Map<Integer, Value> row = row(target.table, number);
                                    rows.add(row);
                                    target.rows.put(number, row);
                                }
                            }
                        }
                        first += split.rowCount(g);
                    }
                }
                int[] numbers = chosen.stream().mapToInt(Integer::intValue).toArray();
                transaction.delete(target.table.id(), split.name(), numbers, numbers.length);
            }
            append(transaction, target.table, rows);
        }

        private static int[] lanes(Selection live, int rows) {
            int[] lanes = new int[live == null ? rows : live.count()];
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = live == null ? i : live.rows()[i];
            }
            return lanes;
        }

        private State alter(Transaction transaction, State before) {
            List<ColumnDefinition> columns = new ArrayList<>(before.table.columns());
            int at = random.nextInt(columns.size());
            ColumnDefinition column = columns.get(at);
            switch (random.nextInt(4)) {
                case 0 -> {
                    Type type = type();
                    String name = "c" + random.nextInt(1_000_000);
                    columns.add(
                            random.nextInt(columns.size() + 1),
                            new ColumnDefinition(0, name, type, true, null)
                                    .withInitial(value(type)));
                }
                case 1 -> {
                    if (column.id() != 2 && columns.size() > 2) {
                        columns.remove(at);
                    }
                }
                case 2 -> columns.set(at, column.withName("r" + random.nextInt(1_000_000)));
                default -> columns.set(at, column.withType(wider(column.type())));
            }
            TableDefinition after =
                    transaction.alterTable(before.table.withColumns(columns), false);
            assertEquals(before.table.schemaVersion() + 1, after.schemaVersion());
            before.rows.replaceAll((_, row) -> {
                Map<Integer, Value> altered = new HashMap<>();
                for (ColumnDefinition now : after.columns()) {
                    altered.put(now.id(), row.getOrDefault(now.id(), now.initial()));
                }
                return altered;
            });
            return new State(after, before.rows);
        }

        private Type type() {
            return switch (random.nextInt(7)) {
                case 0 -> Type.SMALLINT;
                case 1 -> Type.INTEGER;
                case 2 -> Type.REAL;
                case 3 -> new Type.Decimal(9, 2);
                case 4 -> new Type.Decimal(20, 2);
                case 5 -> Type.BOOLEAN;
                default -> Type.TEXT;
            };
        }

        private static Type wider(Type type) {
            return switch (type) {
                case Type.Int(int bits) -> bits < 64 ? new Type.Int(2 * bits) : type;
                case Type.Real _ -> Type.DOUBLE;
                case Type.Decimal(int precision, int scale) ->
                        new Type.Decimal(precision <= 18 ? 18 : 38, scale);
                default -> type;
            };
        }

        private void unpin(Pin pin) {
            check(pin.snapshot, pin.state);
            pin.snapshot.close();
        }

        private void checkNow() {
            try (DatabaseSnapshot snapshot = database.snapshot()) {
                check(snapshot, state);
                checkStatistics(snapshot.table(state.table.id()), state);
            }
            pins.forEach(pin -> check(pin.snapshot, pin.state));
        }

        private void reopen() {
            switch (random.nextInt(3)) {
                case 0 -> {
                    pins.forEach(this::unpin);
                    database.close();
                }
                case 1 -> disk.kill();
                default -> disk.crash(random);
            }
            pins.clear();
            assertEquals(List.of(), DatabaseCheck.problems(disk));
            database = open();
            checkNow();
        }

        private void check(DatabaseSnapshot snapshot, State expected) {
            TableDefinition table = snapshot.catalog().table("main", "t");
            assertEquals(expected.table, table);
            TableSnapshot rows = snapshot.table(expected.table.id());
            assertEquals(expected.table, rows.definition());
            TreeMap<Long, Map<Integer, Value>> found = new TreeMap<>();
            for (Split split : rows.splits()) {
                read(split, expected.table, found);
            }
            if (!found.equals(expected.rows)) { // small numbers may be written in two ways
                assertEquals(text(expected.rows), text(found));
            }
        }

        private static Map<Long, String> text(TreeMap<Long, Map<Integer, Value>> rows) {
            Map<Long, String> texts = new TreeMap<>();
            rows.forEach((id, row) -> {
                TreeMap<Integer, Value> sorted = new TreeMap<>();
                row.forEach((column, value) -> sorted.put(column, narrow(value)));
                texts.put(id, sorted.toString());
            });
            return texts;
        }

        private static Value narrow(Value value) {
            return value instanceof Value.Wide(long high, long low) && high == low >> 63
                    ? Value.of(low)
                    : value;
        }

        /// Reads every row, and finds the rows of one value of each column again by its ranges.
        private void read(
                Split split, TableDefinition table, Map<Long, Map<Integer, Value>> found) {
            int columns = table.columns().size();
            int asked = random.nextInt(columns);
            Value wanted = value(table.columns().get(asked).type());
            Ranges ranges = wanted.equals(Value.NULL) ? Ranges.onlyNull() : Ranges.point(wanted);
            BitSet granules = new BitSet();
            granules.set(0, split.granuleCount());
            split.prune(List.of(new ColumnRanges(asked, ranges)), granules);
            try (SplitReader reader = split.open()) {
                for (int g = 0; g < split.granuleCount(); g++) {
                    reader.seek(g);
                    Selection live = reader.live();
                    int[] lanes = lanes(live, split.rowCount(g));
                    List<Integer> matching = new ArrayList<>();
                    List<Vector> vectors = new ArrayList<>();
                    for (int c = 0; c < columns; c++) {
                        vectors.add(reader.read(c, null));
                        assertEquals(table.columns().get(c).type(), vectors.get(c).type());
                    }
                    for (int lane : lanes) {
                        Map<Integer, Value> row = new HashMap<>();
                        for (int c = 0; c < columns; c++) {
                            Value value = VectorValues.at(vectors.get(c), lane);
                            row.put(table.columns().get(c).id(), value);
                            checkZone(split.zoneMap(g, c), value);
                        }
                        if (narrow(row.get(table.columns().get(asked).id()))
                                .equals(narrow(wanted))) {
                            matching.add(lane);
                        }
                        Value.Whole id = (Value.Whole) row.get(2);
                        assertEquals(null, found.put(id.value(), row));
                    }
                    Selection selected = reader.select(asked, ranges, live);
                    List<Integer> numbers = new ArrayList<>();
                    for (int lane : lanes(selected, split.rowCount(g))) {
                        numbers.add(lane);
                    }
                    assertEquals(matching, numbers);
                    assertEquals(true, granules.get(g) || matching.isEmpty(), "pruned");
                }
            }
        }

        private static void checkZone(ZoneMap zone, Value value) {
            if (zone == null || value.equals(Value.NULL)) {
                return;
            }
            Value narrow = narrow(value);
            assertEquals(
                    true,
                    zone.min() != null
                            && zone.max() != null
                            && Value.compare(narrow(zone.min()), narrow) <= 0
                            && Value.compare(narrow(zone.max()), narrow) >= 0,
                    "a zone map");
        }

        private static void checkStatistics(TableSnapshot rows, State expected) {
            for (int c = 0; c < expected.table.columns().size(); c++) {
                var known = rows.statistics().columns().get(c);
                for (Map<Integer, Value> row : expected.rows.values()) {
                    Value value = row.get(expected.table.columns().get(c).id());
                    if (!value.equals(Value.NULL) && known.min() != null && known.max() != null) {
                        Value narrow = narrow(value);
                        assertEquals(
                                true,
                                Value.compare(narrow(known.min()), narrow) <= 0
                                        && Value.compare(narrow(known.max()), narrow) >= 0,
                                "statistics");
                    }
                }
            }
        }
    }
}
