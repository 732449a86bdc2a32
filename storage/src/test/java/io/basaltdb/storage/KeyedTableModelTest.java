package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.PartitionTransform;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Appender;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.KeyConflict;
import io.basaltdb.storage.table.KeyedInsert;
import io.basaltdb.storage.table.MemoryUse;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.SimulatedDisk;
import io.basaltdb.storage.testkit.VectorValues;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random inserts, upserts and deletions by few keys, with seals, merges, pins, old transactions, crashes and reopenings, against a model
/// that maps each key to its value. Tables sorted by their key, by another column, and by a prefix in another order.
@Timeout(600)
@Tag("D5")
final class KeyedTableModelTest {
    private static final int TABLES = 3;
    private static final int KEYS = 300;
    private static final long SEED = Long.getLong("test.seed", 20_261_122);

    @Test
    void keysStayUniqueAndValuesRight() {
        System.out.println("KeyedTableModelTest: -Dtest.seed=" + SEED);
        new Run(SEED).steps(Integer.getInteger("basalt.steps", 4_000));
    }

    @Tag("long")
    @Test
    void fiveHundredThousandSteps() {
        for (int i = 0; i < 10; i++) {
            long seed = System.nanoTime();
            System.out.println("KeyedTableModelTest: -Dtest.seed=" + seed);
            new Run(seed).steps(50_000);
        }
    }

    private static TableDefinition definition(int table) {
        return new TableDefinition(
                0,
                "main",
                "k" + table,
                1,
                List.of(
                        new ColumnDefinition(1, "id", Type.BIGINT, false, null),
                        new ColumnDefinition(2, "name", Type.TEXT, false, null),
                        new ColumnDefinition(3, "value", Type.BIGINT, true, null),
                        new ColumnDefinition(4, "day", Type.DATE, false, null)),
                switch (table) {
                    case 0 -> List.of(1);
                    case 1 -> List.of(3);
                    default -> List.of(2, 1, 3);
                },
                table == 1
                        ? List.of(
                                new PartitionTransform.DateTrunc(4, PartitionTransform.Unit.MONTH))
                        : List.of(),
                table == 2 ? List.of(1, 2) : List.of(1),
                Map.of());
    }

    /// The key as one text is a function of the number: names share long prefixes, so that indexes cut them.
    private static String name(long id) {
        return "a name whose first forty bytes are shared by all, then " + id % 7;
    }

    private static Batch batch(long[] ids, long[] values) {
        int size = ids.length;
        StringBuilder heap = new StringBuilder();
        int[] start = new int[size];
        int[] length = new int[size];
        long[] days = new long[size];
        for (int i = 0; i < size; i++) {
            start[i] = heap.length();
            heap.append(name(ids[i]));
            length[i] = heap.length() - start[i];
            days[i] = 19_000 + Math.floorMod(values[i], 60);
        }
        return new Batch(
                size,
                List.of(
                        new LongVector(Type.BIGINT, size, ids, null),
                        new BytesVector(
                                Type.TEXT,
                                size,
                                heap.toString().getBytes(StandardCharsets.UTF_8),
                                start,
                                length,
                                null),
                        new LongVector(Type.BIGINT, size, values, null),
                        new LongVector(Type.DATE, size, days, null)));
    }

    /// What one statement or transaction should see, and which keys it has changed.
    private static final class Old {
        final Transaction transaction;
        final long begun;
        final List<TreeMap<Long, Long>> before = new ArrayList<>();
        final List<TreeMap<Long, Long>> seen = new ArrayList<>();
        final List<Set<Long>> changed = new ArrayList<>();

        Old(Transaction transaction, long begun, List<TreeMap<Long, Long>> model) {
            this.transaction = transaction;
            this.begun = begun;
            for (TreeMap<Long, Long> table : model) {
                before.add(new TreeMap<>(table));
                seen.add(new TreeMap<>(table));
                changed.add(new HashSet<>());
            }
        }

        /// Keys that it changed, but for those that it added and deleted again: of these nothing is left to commit.
        List<Long> changed(int t) {
            return changed.get(t).stream()
                    .filter(id -> before.get(t).containsKey(id) || seen.get(t).containsKey(id))
                    .toList();
        }
    }

    private record Pin(DatabaseSnapshot snapshot, List<TreeMap<Long, Long>> seen) {}

    private static final class Run {
        private final Random random;
        private final SimulatedDisk disk = new SimulatedDisk();
        private final ManualClock clock = new ManualClock();
        private final List<TableDefinition> tables = new ArrayList<>();
        private final List<TreeMap<Long, Long>> model = new ArrayList<>();
        private final List<Map<Long, Long>> changedAt = new ArrayList<>();
        private final long[] truncatedAt = new long[TABLES];
        private final List<Pin> pins = new ArrayList<>();
        private final List<Old> olds = new ArrayList<>();
        private final Map<String, Integer> counts = new TreeMap<>();
        private Database database;
        private long nextValue = 1;
        private int oneLargeIn = 60;

        Run(long seed) {
            random = new Random(seed);
            database = open();
            for (int t = 0; t < TABLES; t++) {
                try (Transaction transaction = database.begin()) {
                    tables.add(transaction.createTable(definition(t), false));
                    transaction.commit();
                }
                model.add(new TreeMap<>());
                changedAt.add(new HashMap<>());
            }
        }

        private Database open() {
            return Database.open(
                    disk,
                    clock,
                    DatabaseOptions.defaults()
                            .withManualSteps(new Random(random.nextLong()))
                            .withSeal(1 << 20, 50 + random.nextInt(400))
                            .withBulk(1 << 20, 150, 1 << 19, 100)
                            .withLog(1 << 16, 1 << 17, 1 << 13)
                            .withMerge(1 << 24, 3));
        }

        void steps(int count) {
            for (int i = 0; i < count; i++) {
                clock.advanceMillis(1);
                step();
                if (i % 500 == 0) {
                    checkNow();
                }
            }
            checkNow();
            closeAll();
            database.close();
            assertEquals(List.of(), DatabaseCheck.problems(disk));
            System.out.println("KeyedTableModelTest: " + counts);
        }

        private void step() {
            int dice = random.nextInt(1000);
            if (dice < 450) {
                alone();
            } else if (dice < 460) {
                if (olds.size() < 3) {
                    olds.add(new Old(database.begin(), database.lastCommit(), model));
                }
            } else if (dice < 490) {
                changeOld();
            } else if (dice < 500) {
                endOld();
            } else if (dice < 506) {
                if (pins.size() < 3) {
                    pins.add(new Pin(database.snapshot(), copy()));
                }
            } else if (dice < 512) {
                if (!pins.isEmpty()) {
                    close(pins.remove(random.nextInt(pins.size())));
                }
            } else if (dice < 514) {
                reopen();
            } else {
                count(database.backgroundStep() ? "work" : "idle");
            }
        }

        private void count(String what) {
            counts.merge(what, 1, Integer::sum);
        }

        private List<TreeMap<Long, Long>> copy() {
            return model.stream().map(TreeMap::new).toList();
        }

        private long[] ids(boolean distinct) {
            int size =
                    switch (random.nextInt(oneLargeIn)) {
                        case 0 -> 160;
                        case 1, 2, 3 -> 10 + random.nextInt(40);
                        default -> 1 + random.nextInt(3);
                    };
            Set<Long> chosen = new HashSet<>();
            long[] ids = new long[size];
            for (int i = 0; i < size; i++) {
                do {
                    ids[i] = random.nextInt(KEYS) + (size > 100 ? random.nextInt(2) * 1000L : 0);
                } while (distinct && !chosen.add(ids[i]));
            }
            return ids;
        }

        private long[] values(int size) {
            long[] values = new long[size];
            for (int i = 0; i < size; i++) {
                values[i] = nextValue++;
            }
            return values;
        }

        /// One statement in a transaction of its own.
        private void alone() {
            int t = random.nextInt(TABLES);
            try (Transaction transaction = database.begin()) {
                Old alone = new Old(transaction, database.lastCommit(), model);
                if (random.nextInt(200) == 0) {
                    transaction.changeBlindly();
                    transaction.truncate(tables.get(t).id());
                    alone.seen.get(t).clear();
                    carryOut(alone, transaction.commit());
                    truncatedAt[t] = database.lastCommit();
                    count("truncate");
                    return;
                }
                boolean done =
                        random.nextInt(20) == 0
                                ? changeAgainAndAgain(alone, t)
                                : change(alone, t, random.nextBoolean());
                if (done) {
                    if (random.nextInt(40) == 0) {
                        count("rollback");
                    } else {
                        carryOut(alone, transaction.commit());
                    }
                }
            }
        }

        /// Statements that write parts of their own beside those that do not, on the same keys.
        private boolean changeAgainAndAgain(Old old, int t) {
            count("several statements");
            oneLargeIn = 5;
            try {
                for (int i = 0; i < 4; i++) {
                    if (!change(old, t, false)) {
                        return false;
                    }
                    check(old.transaction.snapshot(), old.seen);
                }
                return true;
            } finally {
                oneLargeIn = 60;
            }
        }

        /// False where the statement failed, as it had to.
        private boolean change(Old old, int t, boolean blindly) {
            return switch (random.nextInt(6)) {
                case 0, 1 -> insert(old, t);
                case 2 -> upsert(old, t, blindly);
                case 3 -> ignore(old, t);
                case 4 -> add(old, t);
                default -> delete(old, t);
            };
        }

        private boolean insert(Old old, int t) {
            long[] ids = ids(random.nextInt(4) != 0);
            if (random.nextInt(3) != 0) { // mostly new ones
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = random.nextInt(100_000);
                }
            }
            long[] values = values(ids.length);
            Set<Long> known = new HashSet<>(old.seen.get(t).keySet());
            boolean duplicate = false;
            for (long id : ids) {
                duplicate |= !known.add(id);
            }
            try (Appender appender = old.transaction.appender(tables.get(t).id())) {
                appender.append(batch(ids, values));
            }
            try {
                old.transaction.checkKeys(tables.get(t).id());
                assertTrue(!duplicate, "a key came twice");
            } catch (BasaltException failure) {
                assertTrue(
                        duplicate && failure.code() == ErrorCode.UNIQUE_VIOLATION
                                || conflicts(failure, old, t, ids),
                        failure::text);
                count("insert: duplicate");
                return false;
            }
            put(old, t, ids, values);
            count("insert");
            return true;
        }

        private boolean conflicts(BasaltException failure, Old old, int t, long[] ids) {
            boolean later = truncatedAt[t] > old.begun;
            for (long id : ids) {
                later |= changedAt.get(t).getOrDefault(id, 0L) > old.begun;
            }
            return later && failure.code() == ErrorCode.SERIALIZATION_FAILURE;
        }

        private void put(Old old, int t, long[] ids, long[] values) {
            for (int i = 0; i < ids.length; i++) {
                old.seen.get(t).put(ids[i], values[i]);
                old.changed.get(t).add(ids[i]);
            }
        }

        private boolean upsert(Old old, int t, boolean blindly) {
            long[] ids = ids(false);
            long[] values = values(ids.length);
            if (blindly) {
                old.transaction.changeBlindly();
            }
            boolean done = finish(old, t, new KeyConflict.Replace(true), ids, values, -1);
            if (done) {
                put(old, t, ids, values);
                count(blindly ? "blind upsert" : "upsert");
            }
            return done;
        }

        private boolean ignore(Old old, int t) {
            long[] ids = ids(false);
            long[] values = values(ids.length);
            int fresh = 0;
            TreeMap<Long, Long> after = new TreeMap<>(old.seen.get(t));
            Set<Long> added = new HashSet<>();
            for (int i = 0; i < ids.length; i++) {
                if (after.putIfAbsent(ids[i], values[i]) == null) {
                    fresh++;
                    added.add(ids[i]);
                }
            }
            boolean done = finish(old, t, new KeyConflict.Ignore(), ids, values, fresh);
            if (done) {
                old.seen.get(t).putAll(after);
                old.changed.get(t).addAll(added);
                count("ignore");
            }
            return done;
        }

        /// DO UPDATE SET value = table.value + excluded.value WHERE table.value is even.
        private boolean add(Old old, int t) {
            long[] ids = ids(true);
            long[] values = values(ids.length);
            TreeMap<Long, Long> after = new TreeMap<>(old.seen.get(t));
            Set<Long> changed = new HashSet<>();
            for (int i = 0; i < ids.length; i++) {
                Long before = after.get(ids[i]);
                if (before == null || before % 2 == 0) {
                    after.put(ids[i], before == null ? values[i] : before + values[i]);
                    changed.add(ids[i]);
                }
            }
            KeyConflict rule = new KeyConflict.Update(Run::sum, true);
            boolean done = finish(old, t, rule, ids, values, changed.size());
            if (done) {
                old.seen.get(t).putAll(after);
                old.changed.get(t).addAll(changed);
                count("update");
            }
            return done;
        }

        private static Batch sum(Batch pairs) {
            LongVector before = (LongVector) pairs.column(2);
            LongVector excluded = (LongVector) pairs.column(6);
            long[] sums = new long[pairs.size()];
            int[] chosen = new int[pairs.size()];
            int count = 0;
            for (int i = 0; i < sums.length; i++) {
                sums[i] = before.values()[i] + excluded.values()[i];
                chosen[count] = i;
                count += before.values()[i] % 2 == 0 ? 1 : 0;
            }
            List<Vector> columns = new ArrayList<>(pairs.columns().subList(0, 4));
            columns.set(2, new LongVector(Type.BIGINT, sums.length, sums, null));
            return new Batch(pairs.size(), columns, new Selection(chosen, count));
        }

        private boolean finish(
                Old old, int t, KeyConflict rule, long[] ids, long[] values, int expected) {
            try (KeyedInsert insert = old.transaction.keyedInsert(tables.get(t).id(), rule)) {
                insert.append(batch(ids, values));
                long[] told = {0};
                long count = insert.finish(rows -> told[0] += rows.rowCount());
                assertEquals(count, told[0]);
                if (expected >= 0) {
                    assertEquals(expected, count);
                }
                return true;
            } catch (BasaltException failure) {
                assertTrue(conflicts(failure, old, t, ids), failure::text);
                count("conflict in a statement");
                return false;
            }
        }

        private boolean delete(Old old, int t) {
            Map<Long, Place> places = new TreeMap<>();
            scan(old.transaction.snapshot(), t, places);
            List<Long> ids = new ArrayList<>(places.keySet());
            for (int i = random.nextInt(4); i >= 0 && !ids.isEmpty(); i--) {
                long id = ids.remove(random.nextInt(ids.size()));
                Place place = places.get(id);
                old.transaction.delete(tables.get(t).id(), place.split, new int[] {place.row}, 1);
                old.seen.get(t).remove(id);
                old.changed.get(t).add(id);
            }
            count("delete");
            return true;
        }

        private void changeOld() {
            if (olds.isEmpty()) {
                return;
            }
            Old old = olds.get(random.nextInt(olds.size()));
            if (!change(old, random.nextInt(TABLES), false)) {
                old.transaction.close();
                olds.remove(old);
                return;
            }
            check(old.transaction.snapshot(), old.seen);
        }

        private void endOld() {
            if (olds.isEmpty()) {
                return;
            }
            Old old = olds.remove(random.nextInt(olds.size()));
            try (Transaction transaction = old.transaction) {
                boolean clean = true;
                for (int t = 0; t < TABLES; t++) {
                    Map<Long, Long> at = changedAt.get(t);
                    clean &=
                            old.changed(t).isEmpty()
                                    || (truncatedAt[t] <= old.begun
                                            && old.changed(t).stream()
                                                    .noneMatch(id ->
                                                            at.getOrDefault(id, 0L) > old.begun));
                }
                try {
                    long commit = transaction.commit();
                    mergeInto(old, commit);
                    count(clean ? "old commit" : "old commit beside others");
                } catch (BasaltException failure) {
                    assertTrue(!clean, failure::text);
                    assertTrue(
                            failure.code() == ErrorCode.SERIALIZATION_FAILURE
                                    || failure.code() == ErrorCode.UNIQUE_VIOLATION,
                            failure::text);
                    count("old conflict");
                }
            }
        }

        private void mergeInto(Old old, long commit) {
            for (int t = 0; t < TABLES; t++) {
                for (long id : old.changed(t)) {
                    Long value = old.seen.get(t).get(id);
                    if (value == null) {
                        model.get(t).remove(id);
                    } else {
                        model.get(t).put(id, value);
                    }
                    changedAt.get(t).put(id, commit);
                }
            }
        }

        private void carryOut(Old alone, long commit) {
            mergeInto(alone, commit);
            for (int t = 0; t < TABLES; t++) {
                model.set(t, new TreeMap<>(alone.seen.get(t)));
            }
        }

        private void reopen() {
            if (random.nextBoolean()) {
                closeAll();
                database.close();
                count("close");
            } else {
                disk.crash(random);
                count("crash");
            }
            pins.clear();
            olds.clear();
            assertEquals(List.of(), DatabaseCheck.problems(disk));
            database = open();
            checkNow();
        }

        private void closeAll() {
            pins.forEach(this::close);
            pins.clear();
            olds.forEach(old -> old.transaction.close());
            olds.clear();
        }

        private void close(Pin pin) {
            check(pin.snapshot, pin.seen);
            pin.snapshot.close();
        }

        private void checkNow() {
            for (MemoryUse use : database.memory()) {
                assertTrue(use.heldBytes() >= 0, use::toString);
            }
            try (DatabaseSnapshot snapshot = database.snapshot()) {
                check(snapshot, model);
            }
        }

        private record Place(String split, int row) {}

        private void check(DatabaseSnapshot snapshot, List<TreeMap<Long, Long>> expected) {
            for (int t = 0; t < TABLES; t++) {
                assertEquals(expected.get(t), scan(snapshot, t, new TreeMap<>()), "table " + t);
            }
        }

        private TreeMap<Long, Long> scan(
                DatabaseSnapshot snapshot, int t, Map<Long, Place> places) {
            TreeMap<Long, Long> found = new TreeMap<>();
            for (Split split : snapshot.table(tables.get(t).id()).splits()) {
                try (SplitReader reader = split.open()) {
                    int first = 0;
                    for (int g = 0; g < split.granuleCount(); g++) {
                        reader.seek(g);
                        Selection live = reader.live();
                        List<Value> ids = VectorValues.list(reader.read(0, live));
                        List<Value> values = VectorValues.list(reader.read(2, live));
                        int count = live == null ? ids.size() : live.count();
                        for (int i = 0; i < count; i++) {
                            int lane = live == null ? i : live.rows()[i];
                            long id = ((Value.Whole) ids.get(lane)).value();
                            Long twice = found.put(id, ((Value.Whole) values.get(lane)).value());
                            assertEquals(null, twice, "key " + id + " is there twice");
                            places.put(id, new Place(split.name(), first + lane));
                        }
                        first += split.rowCount(g);
                    }
                }
            }
            return found;
        }
    }
}
