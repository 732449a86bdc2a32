package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.ModelDatabase;
import io.basaltdb.storage.testkit.SimulatedDisk;
import io.basaltdb.storage.type.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random inserts, deletions by address, seals, merges, pins, crashes and reopenings, against a model that knows of every row when it was
/// born and when it died.
@Tag("D5")
final class DatabaseModelTest {
    private static final int TABLES = 3;
    private static final long SEED = Long.getLong("test.seed", System.nanoTime());

    @Test
    void everySnapshotSeesTheRowsOfItsCommit() {
        System.out.println("DatabaseModelTest: -Dtest.seed=" + SEED);
        new Run(SEED).steps(Integer.getInteger("basalt.steps", 100_000));
    }

    @Tag("long")
    @Test
    void aMillionSteps() {
        for (int i = 0; i < 10; i++) {
            System.out.println("DatabaseModelTest: -Dtest.seed=" + (SEED + i));
            new Run(SEED + i).steps(100_000);
        }
    }

    /// A row's life; a death of 0: it lives.
    private static final class Life {
        final long birth;
        long death;

        Life(long birth) {
            this.birth = birth;
        }

        boolean at(long commit) {
            return birth <= commit && (death == 0 || death > commit);
        }
    }

    /// What a transaction should see and has done, table by table.
    private static final class OldTransaction {
        final Transaction transaction;
        final long snapshot;
        final List<TreeSet<Long>> seen = new ArrayList<>();
        final List<TreeSet<Long>> added = new ArrayList<>();
        final List<TreeSet<Long>> deleted = new ArrayList<>();
        final boolean[] touched = new boolean[TABLES];
        final boolean[] truncated = new boolean[TABLES];

        OldTransaction(Transaction transaction, List<TreeMap<Long, Life>> model) {
            this.transaction = transaction;
            this.snapshot = transaction.snapshot().commit();
            for (TreeMap<Long, Life> rows : model) {
                TreeSet<Long> alive = new TreeSet<>();
                rows.forEach((id, life) -> {
                    if (life.at(snapshot)) {
                        alive.add(id);
                    }
                });
                seen.add(alive);
                added.add(new TreeSet<>());
                deleted.add(new TreeSet<>());
            }
        }

        List<TreeSet<Long>> copyOfSeen() {
            return seen.stream().map(TreeSet::new).toList();
        }
    }

    /// What a transaction saw at one moment.
    private record View(DatabaseSnapshot snapshot, List<TreeSet<Long>> seen) {}

    private static final class Run {
        private final Random random;
        private final SimulatedDisk disk = new SimulatedDisk();
        private final ManualClock clock = new ManualClock();
        private final List<TreeMap<Long, Life>> model = new ArrayList<>();
        private final List<TableDefinition> tables = new ArrayList<>();
        private final List<DatabaseSnapshot> pins = new ArrayList<>();
        private final List<OldTransaction> transactions = new ArrayList<>();
        private final List<View> views = new ArrayList<>();
        private final Map<String, Integer> counts = new HashMap<>();
        private Database database;
        private long nextId = 1;

        Run(long seed) {
            random = new Random(seed);
            database = open();
            for (int t = 0; t < TABLES; t++) {
                tables.add(ModelDatabase.create(database, "t" + t, t == 1));
                model.add(new TreeMap<>());
            }
        }

        private Database open() {
            DatabaseOptions options =
                    DatabaseOptions.defaults()
                            .withManualSteps(new Random(random.nextLong()))
                            .withSeal(1 << 20, 100 + random.nextInt(900))
                            .withBulk(1 << 20, 300, 1 << 19, 150)
                            .withLog(1 << 16, 1 << 17, 1 << 13)
                            .withMerge(1 << 24, 3);
            return Database.open(disk, clock, options);
        }

        void steps(int count) {
            for (int i = 0; i < count; i++) {
                step(i);
            }
            checkNow();
            closeAll();
            database.close();
            assertEquals(List.of(), DatabaseCheck.problems(disk));
            System.out.println("DatabaseModelTest: " + new TreeMap<>(counts));
        }

        private void count(String what) {
            counts.merge(what, 1, Integer::sum);
        }

        private void step(int i) {
            clock.advanceMillis(1);
            int dice = random.nextInt(1000);
            if (dice < 550) {
                insert();
            } else if (dice < 580) {
                delete();
            } else if (dice < 586) {
                beginOld();
            } else if (dice < 596) {
                changeOld();
            } else if (dice < 600) {
                endOld();
            } else if (dice < 605) {
                pin();
            } else if (dice < 612) {
                unpin();
            } else if (dice < 613) {
                reopen();
            } else if (dice < 616) {
                truncate();
            } else if (dice < 617) {
                dropPartition();
            } else {
                count(database.backgroundStep() ? "work" : "idle");
            }
            if (i % 2000 == 0) {
                checkNow();
            }
        }

        private int table() {
            return random.nextInt(TABLES);
        }

        private int size() {
            return switch (random.nextInt(200)) {
                case 0 -> 200 + random.nextInt(300);
                case 1, 2, 3 -> 10 + random.nextInt(60);
                default -> 1 + random.nextInt(5);
            };
        }

        private void insert() {
            Map<Integer, long[]> rows = new TreeMap<>();
            rows.put(table(), ids(size()));
            if (random.nextInt(10) == 0) {
                rows.put(table(), ids(size()));
            }
            try (Transaction transaction = database.begin()) {
                rows.forEach(
                        (t, ids) -> ModelDatabase.append(transaction, tables.get(t).id(), ids));
                if (random.nextInt(30) == 0) {
                    count("rollback");
                    return;
                }
                long commit = transaction.commit();
                born(rows, commit);
                count("insert");
            }
        }

        private long[] ids(int count) {
            long[] ids = new long[count];
            for (int i = 0; i < count; i++) {
                ids[i] = nextId++;
            }
            return ids;
        }

        private void born(Map<Integer, long[]> rows, long commit) {
            rows.forEach((t, ids) -> {
                changedAt[t] = commit;
                for (long id : ids) {
                    model.get(t).put(id, new Life(commit));
                }
            });
        }

        private void delete() {
            try (Transaction transaction = database.begin()) {
                int t = table();
                List<Long> chosen =
                        deleteSome(
                                transaction,
                                t,
                                ModelDatabase.places(
                                        transaction.snapshot().table(tables.get(t).id())));
                Map<Integer, long[]> rows = new TreeMap<>();
                if (random.nextInt(3) == 0) {
                    rows.put(t, ids(1 + random.nextInt(3)));
                    ModelDatabase.append(transaction, tables.get(t).id(), rows.get(t));
                }
                long commit = transaction.commit();
                for (long id : chosen) {
                    model.get(t).get(id).death = commit;
                    changedAt[t] = commit;
                }
                born(rows, commit);
                count("delete");
            }
        }

        private List<Long> deleteSome(
                Transaction transaction, int t, Map<Long, ModelDatabase.RowPlace> places) {
            List<Long> all = new ArrayList<>(places.keySet());
            List<Long> chosen = new ArrayList<>();
            int wanted = random.nextInt(8) == 0 ? all.size() / 2 : 1 + random.nextInt(6);
            for (int i = 0; i < wanted && !all.isEmpty(); i++) {
                long id = all.get(random.nextInt(all.size()));
                if (!chosen.contains(id)) {
                    chosen.add(id);
                }
                if (chosen.size() > 300) {
                    break;
                }
            }
            ModelDatabase.delete(transaction, tables.get(t).id(), places, chosen);
            return chosen;
        }

        private void beginOld() {
            if (transactions.size() < 3) {
                transactions.add(new OldTransaction(database.begin(), model));
            }
        }

        /// Adds and deletes rows in a transaction that is open for longer, and looks at what it sees: rows were sealed and merged since it
        /// began.
        private void changeOld() {
            if (transactions.isEmpty()) {
                return;
            }
            OldTransaction old = transactions.get(random.nextInt(transactions.size()));
            int t = table();
            int dice = random.nextInt(20);
            if (dice == 0) {
                old.transaction.truncate(tables.get(t).id());
                old.truncated[t] = true;
                old.added.get(t).clear();
                old.deleted.get(t).clear();
                old.seen.get(t).clear();
                count("change: truncate");
            } else if (dice < 10) {
                long[] ids = ids(random.nextInt(10) == 0 ? 160 : 1 + random.nextInt(40));
                ModelDatabase.append(old.transaction, tables.get(t).id(), ids);
                for (long id : ids) {
                    old.seen.get(t).add(id);
                    old.added.get(t).add(id);
                }
                count("change: add");
            } else {
                List<Long> chosen =
                        deleteSome(
                                old.transaction,
                                t,
                                ModelDatabase.places(
                                        old.transaction.snapshot().table(tables.get(t).id())));
                for (long id : chosen) {
                    old.seen.get(t).remove(id);
                    if (!old.added.get(t).remove(id)) {
                        old.deleted.get(t).add(id);
                    }
                }
                count("change: delete");
            }
            old.touched[t] = true;
            if (views.size() < 3) {
                views.add(new View(old.transaction.pinnedSnapshot(), old.copyOfSeen()));
            }
            check(new View(old.transaction.snapshot(), old.seen));
        }

        private void endOld() {
            if (!views.isEmpty() && random.nextBoolean()) {
                close(views.remove(random.nextInt(views.size())));
            }
            if (transactions.isEmpty()) {
                return;
            }
            OldTransaction old = transactions.remove(random.nextInt(transactions.size()));
            try (Transaction transaction = old.transaction) {
                if (random.nextInt(4) == 0) {
                    count("old rollback");
                    return;
                }
                boolean conflicts = conflicts(old, false);
                boolean mayConflict = conflicts(old, true);
                try {
                    long commit = transaction.commit();
                    assertTrue(!conflicts, "a row died twice");
                    carryOut(old, commit);
                    count("old commit");
                } catch (BasaltException failure) {
                    assertTrue(ModelDatabase.isConflict(failure), failure::text);
                    assertTrue(mayConflict, () -> "no conflict, but: " + failure.text());
                    count("conflict");
                }
            }
        }

        /// @param forNothing whether rows that came and went in the transaction itself count as a change
        private boolean conflicts(OldTransaction old, boolean forNothing) {
            for (int t = 0; t < TABLES; t++) {
                int table = t;
                boolean changed =
                        old.truncated[t]
                                || !old.added.get(t).isEmpty()
                                || !old.deleted.get(t).isEmpty()
                                || (forNothing && old.touched[t]);
                if (changed
                        && (truncatedAt[t] > old.snapshot
                                || (old.truncated[t] && changedAt[t] > old.snapshot)
                                || old.deleted.get(t).stream().anyMatch(id -> !alive(table, id)))) {
                    return true;
                }
            }
            return false;
        }

        private void carryOut(OldTransaction old, long commit) {
            for (int t = 0; t < TABLES; t++) {
                if (old.truncated[t]) {
                    truncatedAt[t] = commit;
                    endAll(t, commit);
                }
                for (long id : old.deleted.get(t)) {
                    model.get(t).get(id).death = commit;
                    changedAt[t] = commit;
                }
                for (long id : old.added.get(t)) {
                    model.get(t).put(id, new Life(commit));
                    changedAt[t] = commit;
                }
            }
        }

        private void endAll(int t, long commit) {
            for (Life life : model.get(t).values()) {
                life.death = life.death == 0 ? commit : life.death;
            }
        }

        private void close(View view) {
            check(view);
            view.snapshot.close();
        }

        private void check(View view) {
            for (int t = 0; t < TABLES; t++) {
                var table = view.snapshot.table(tables.get(t).id());
                assertEquals(view.seen.get(t), new TreeSet<>(ModelDatabase.scan(table).keySet()));
                assertEquals(view.seen.get(t).size(), table.statistics().rowCount());
            }
        }

        private boolean alive(int t, long id) {
            Life life = model.get(t).get(id);
            return life != null && life.death == 0;
        }

        private final long[] truncatedAt = new long[TABLES];
        private final long[] changedAt = new long[TABLES];

        private void truncate() {
            int t = table();
            try (Transaction transaction = database.begin()) {
                transaction.truncate(tables.get(t).id());
                long commit = transaction.commit();
                truncatedAt[t] = commit;
                endAll(t, commit);
                count("truncate");
            }
        }

        /// Takes a month of the partitioned table away, among rows that are added and deleted by the same transaction.
        private void dropPartition() {
            int t = 1;
            int table = tables.get(t).id();
            LocalDate month = LocalDate.ofEpochDay(19_000 + random.nextInt(70)).withDayOfMonth(1);
            long[] before = ids(random.nextInt(200));
            long[] after = ids(random.nextInt(20));
            try (Transaction transaction = database.begin()) {
                ModelDatabase.append(transaction, table, before);
                List<Long> deleted =
                        deleteSome(
                                transaction,
                                t,
                                ModelDatabase.places(transaction.snapshot().table(table)));
                transaction.dropPartition(
                        table, List.of(Value.of(month.toEpochDay() + random.nextInt(28))));
                ModelDatabase.append(transaction, table, after);
                TreeSet<Long> left = new TreeSet<>();
                model.get(t)
                        .forEach((id, life) -> {
                            if (life.death == 0 && !isIn(month, id) && !deleted.contains(id)) {
                                left.add(id);
                            }
                        });
                for (long id : before) {
                    if (!isIn(month, id) && !deleted.contains(id)) {
                        left.add(id);
                    }
                }
                for (long id : after) {
                    left.add(id);
                }
                assertEquals(
                        left, ModelDatabase.scan(transaction.snapshot().table(table)).keySet());
                long commit = transaction.commit();
                truncatedAt[t] = commit;
                changedAt[t] = commit;
                model.get(t)
                        .forEach((id, life) -> {
                            life.death =
                                    life.death == 0 && !left.contains(id) ? commit : life.death;
                        });
                for (long id : left) {
                    model.get(t).computeIfAbsent(id, _ -> new Life(commit));
                }
                count("drop partition");
            }
        }

        private static boolean isIn(LocalDate month, long id) {
            return LocalDate.ofEpochDay(ModelDatabase.day(id)).withDayOfMonth(1).equals(month);
        }

        private void pin() {
            if (pins.size() < 4) {
                pins.add(database.snapshot());
            }
        }

        private void unpin() {
            if (!pins.isEmpty()) {
                DatabaseSnapshot pin = pins.remove(random.nextInt(pins.size()));
                check(pin);
                pin.close();
            }
        }

        private void closeAll() {
            pins.forEach(this::check);
            pins.forEach(DatabaseSnapshot::close);
            pins.clear();
            transactions.forEach(old -> old.transaction.close());
            transactions.clear();
            views.forEach(this::close);
            views.clear();
        }

        private void reopen() {
            switch (random.nextInt(3)) {
                case 0 -> {
                    closeAll();
                    database.close();
                    count("close");
                }
                case 1 -> {
                    disk.kill();
                    count("kill");
                }
                default -> {
                    disk.crash(random);
                    count("crash");
                }
            }
            pins.clear();
            transactions.clear();
            views.clear();
            assertEquals(List.of(), DatabaseCheck.problems(disk));
            long before = database.lastCommit();
            database = open();
            assertTrue(database.lastCommit() == before, "lost commits");
            forgetTheDead();
            checkNow();
        }

        private void forgetTheDead() {
            for (TreeMap<Long, Life> rows : model) {
                rows.values().removeIf(life -> life.death != 0);
            }
        }

        private void checkNow() {
            try (DatabaseSnapshot snapshot = database.snapshot()) {
                check(snapshot);
            }
        }

        private void check(DatabaseSnapshot snapshot) {
            for (int t = 0; t < TABLES; t++) {
                TreeSet<Long> expected = new TreeSet<>();
                for (Map.Entry<Long, Life> row : model.get(t).entrySet()) {
                    if (row.getValue().at(snapshot.commit())) {
                        expected.add(row.getKey());
                    }
                }
                var table = snapshot.table(tables.get(t).id());
                assertEquals(expected, new TreeSet<>(ModelDatabase.scan(table).keySet()));
                assertEquals(expected.size(), table.statistics().rowCount());
            }
        }
    }
}
