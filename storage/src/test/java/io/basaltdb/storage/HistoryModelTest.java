package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.HistoryPeriod;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.AsOf;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.TableSnapshot;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.testkit.KeyedRows;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.ModelDatabase;
import io.basaltdb.storage.testkit.SimulatedDisk;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random transactions over a table with a key and one without, among seals, merges, checkpoints, crashes, truncations and changes of the definition: what
/// the tables held at each commit is remembered, and compared with what they say of it later.
@Timeout(180)
final class HistoryModelTest {
    private static final long SEED = Long.getLong("test.seed", 20_261_123);
    private static final long HISTORY_MICROS = 3_000_000;

    /// What both tables held right after a commit.
    private record Moment(
            long commit, long wallMicros, TreeSet<Long> rows, TreeMap<Long, Long> values) {}

    private static final class Run {
        private final Random random;
        private final SimulatedDisk disk = new SimulatedDisk();
        private final ManualClock clock = new ManualClock();
        private final List<Moment> moments = new ArrayList<>();
        private final Map<String, Integer> counts = new HashMap<>();
        private TreeSet<Long> rows = new TreeSet<>();
        private TreeMap<Long, Long> values = new TreeMap<>();
        private Database database;
        private final int tableId;
        private final int keyedId;
        private long nextId = 1;
        private int names;
        private long rowsBegin;

        Run(long seed) {
            random = new Random(seed);
            database = open();
            tableId = ModelDatabase.create(database, "t", true).id();
            keyedId = KeyedRows.create(database, "k").id();
            keepHistory(tableId);
            keepHistory(keyedId);
            rowsBegin = database.lastCommit();
            remember(database.lastCommit());
        }

        private Database open() {
            return Database.open(
                    disk,
                    clock,
                    DatabaseOptions.defaults()
                            .withManualSteps(new Random(random.nextLong()))
                            .withSeal(1 << 20, 20 + random.nextInt(200))
                            .withBulk(1 << 20, 200, 1 << 19, 100)
                            .withLog(1 << 16, 1 << 16, 1 << 12)
                            .withMerge(1 << 24, 3));
        }

        private void keepHistory(int id) {
            try (Transaction transaction = database.begin()) {
                TableDefinition table = transaction.catalog().table(id);
                transaction.alterTable(
                        table.withOptions(Map.of(HistoryPeriod.OPTION, "3 seconds")), false);
                transaction.commit();
            }
        }

        private void remember(long commit) {
            if (!moments.isEmpty() && moments.getLast().commit == commit) {
                return; // nothing was changed, so nothing was committed at this time
            }
            moments.add(
                    new Moment(
                            commit,
                            clock.wallMicros(),
                            new TreeSet<>(rows),
                            new TreeMap<>(values)));
            moments.removeIf(moment -> random.nextInt(40) == 0 && moment != moments.getLast());
        }

        private void count(String what) {
            counts.merge(what, 1, Integer::sum);
        }

        void steps(int count) {
            for (int i = 0; i < count; i++) {
                clock.advanceMillis(random.nextInt(3));
                step();
                if (i % 10 == 0) {
                    look(moments.get(random.nextInt(moments.size())));
                }
            }
            forgetAll();
            database.close();
            assertEquals(List.of(), DatabaseCheck.problems(disk));
            System.out.println("HistoryModelTest: " + new TreeMap<>(counts));
            assertTrue(counts.getOrDefault("told", 0) > count / 40, counts::toString);
            assertTrue(counts.getOrDefault("too old", 0) > 0, counts::toString);
        }

        private void step() {
            int dice = random.nextInt(1000);
            if (dice < 350) {
                change();
            } else if (dice < 353) {
                truncate();
            } else if (dice < 357) {
                dropPartition();
            } else if (dice < 360) {
                rename();
            } else if (dice < 366) {
                reopen();
            } else {
                database.backgroundStep();
            }
        }

        private void change() {
            try (Transaction transaction = database.begin()) {
                if (random.nextInt(3) > 0) {
                    long[] ids = new long[random.nextInt(60) == 0 ? 210 : 1 + random.nextInt(6)];
                    for (int i = 0; i < ids.length; i++) {
                        ids[i] = nextId++;
                        rows.add(ids[i]);
                    }
                    ModelDatabase.append(transaction, tableId, ids);
                }
                if (random.nextInt(4) == 0) {
                    var places = ModelDatabase.places(transaction.snapshot().table(tableId));
                    int often = random.nextInt(10) == 0 ? 2 : 30;
                    List<Long> gone = new ArrayList<>(places.keySet());
                    gone.removeIf(_ -> random.nextInt(often) != 0);
                    ModelDatabase.delete(transaction, tableId, places, gone);
                    gone.forEach(rows::remove);
                }
                TreeMap<Long, Long> upserts = new TreeMap<>();
                for (int i = random.nextInt(8); i > 0; i--) {
                    upserts.put((long) random.nextInt(150), nextId++);
                }
                KeyedRows.upsert(transaction, keyedId, upserts);
                values.putAll(upserts);
                if (random.nextInt(5) == 0) {
                    List<Long> gone = new ArrayList<>(values.keySet());
                    gone.removeIf(id -> random.nextInt(10) != 0 || upserts.containsKey(id));
                    KeyedRows.delete(transaction, keyedId, gone);
                    gone.forEach(values::remove);
                }
                remember(transaction.commit());
                count("change");
            }
        }

        private void truncate() {
            try (Transaction transaction = database.begin()) {
                if (random.nextBoolean()) {
                    transaction.truncate(tableId);
                    rows.clear();
                } else {
                    transaction.truncate(keyedId);
                    values.clear();
                    TreeMap<Long, Long> again = new TreeMap<>(Map.of(1L, nextId++));
                    KeyedRows.upsert(transaction, keyedId, again);
                    values.putAll(again);
                }
                remember(transaction.commit());
                count("truncate");
            }
        }

        private void dropPartition() {
            long month = 19_000 + random.nextInt(70);
            try (Transaction transaction = database.begin()) {
                transaction.dropPartition(tableId, List.of(Value.of(month)));
                java.time.YearMonth gone =
                        java.time.YearMonth.from(java.time.LocalDate.ofEpochDay(month));
                rows.removeIf(id ->
                        java.time.YearMonth.from(
                                        java.time.LocalDate.ofEpochDay(ModelDatabase.day(id)))
                                .equals(gone));
                remember(transaction.commit());
                count("drop partition");
            }
        }

        /// Old times are shown under the new names; rows that are written anew begin the history anew.
        private void rename() {
            try (Transaction transaction = database.begin()) {
                TableDefinition table = transaction.catalog().table(tableId);
                ColumnDefinition renamed = table.columns().get(5).withName("name" + names++);
                boolean anew = random.nextInt(4) == 0;
                if (anew) {
                    transaction.truncate(tableId);
                    rows.clear();
                }
                transaction.alterTable(table.withColumn(renamed), false);
                long commit = transaction.commit();
                rowsBegin = anew ? commit : rowsBegin;
                remember(commit);
                count(anew ? "anew" : "rename");
            }
        }

        private void reopen() {
            if (random.nextBoolean()) {
                database.close();
                count("reopen");
            } else {
                disk.crash(random);
                count("crash");
            }
            database = open();
        }

        private void look(Moment moment) {
            boolean byTime = random.nextBoolean() && isTold(moment);
            AsOf point = byTime ? new AsOf.Time(moment.wallMicros) : new AsOf.Commit(moment.commit);
            try (DatabaseSnapshot snapshot = database.snapshot()) {
                look(snapshot, point, moment, tableId, rowsBegin);
                look(snapshot, point, moment, keyedId, 0);
            }
        }

        /// Whether no other commit was made at the same time.
        private boolean isTold(Moment moment) {
            int at = moments.indexOf(moment);
            return at + 1 == moments.size()
                    ? database.lastCommit() == moment.commit
                    : moments.get(at + 1).wallMicros > moment.wallMicros
                            && moments.get(at + 1).commit == moment.commit + 1;
        }

        private void look(
                DatabaseSnapshot snapshot, AsOf point, Moment moment, int id, long beginning) {
            TableSnapshot table;
            try {
                table = snapshot.table(id, point);
            } catch (BasaltException refused) {
                assertEquals(ErrorCode.HISTORY_NOT_KEPT, refused.code(), refused::text);
                assertTrue(
                        moment.wallMicros < clock.wallMicros() - HISTORY_MICROS
                                || moment.commit < beginning,
                        () -> refused.text() + ", but it is of " + moment.wallMicros);
                count("too old");
                return;
            }
            assertTrue(
                    moment.commit >= beginning, "the history began anew with commit " + beginning);
            if (id == tableId) {
                assertEquals(moment.rows, new TreeSet<>(ModelDatabase.scan(table).keySet()));
                assertTrue(moment.rows.size() <= table.statistics().rowCount());
            } else {
                assertEquals(moment.values, KeyedRows.scan(table));
            }
            count("told");
        }

        /// Once everything is old enough, nothing but the newest rows takes room.
        private void forgetAll() {
            for (int i = 0; i < 400; i++) {
                clock.advanceMillis(50);
                if (i % 40 == 0) {
                    change();
                }
                database.backgroundStep();
            }
            while (database.backgroundStep()) {
                clock.advanceMillis(1);
            }
            try (DatabaseSnapshot snapshot = database.snapshot()) {
                long parts =
                        snapshot.table(tableId).parts().size()
                                + snapshot.table(keyedId).parts().size();
                assertEquals(parts, disk.list("parts").size(), "files that nothing needs");
                assertEquals(rows, ModelDatabase.scan(snapshot.table(tableId)).keySet());
                assertEquals(values, KeyedRows.scan(snapshot.table(keyedId)));
            }
        }
    }

    @Test
    void everyMomentIsToldAsItWas() {
        System.out.println("HistoryModelTest: -Dtest.seed=" + SEED);
        new Run(SEED).steps(Integer.getInteger("basalt.steps", 12_000));
    }

    @Tag("long")
    @Timeout(1800)
    @Test
    void everyMomentIsToldAsItWasWhateverTheSeed() {
        for (int i = 0; i < 20; i++) {
            System.out.println("HistoryModelTest: -Dtest.seed=" + (SEED + 1 + i));
            new Run(SEED + 1 + i).steps(12_000);
        }
    }

    @Test
    void refusesWhatIsNotKept() {
        ManualClock clock = new ManualClock();
        try (Database database =
                Database.open(
                        new SimulatedDisk(),
                        clock,
                        DatabaseOptions.defaults().withManualSteps(new Random(1)))) {
            int plain = KeyedRows.create(database, "plain").id();
            try (DatabaseSnapshot snapshot = database.snapshot()) {
                refused(snapshot, plain, new AsOf.Commit(1), "72000", "keeps no history");
                refused(snapshot, plain, new AsOf.Commit(99), "22023", "not in the past");
            }
            try (Transaction transaction = database.begin()) {
                TableDefinition table = transaction.catalog().table(plain);
                transaction.alterTable(
                        table.withOptions(Map.of(HistoryPeriod.OPTION, "1 hour")), false);
                transaction.commit();
            }
            try (DatabaseSnapshot snapshot = database.snapshot()) {
                refused(snapshot, plain, new AsOf.Commit(1), "72000", "begins with commit 2");
                refused(snapshot, plain, new AsOf.Time(5), "72000", "1970-01-01T00:00:00.000005Z");
                assertEquals(Map.of(), KeyedRows.scan(snapshot.table(plain, new AsOf.Commit(2))));
            }
            BasaltException wrong =
                    assertThrows(BasaltException.class, () -> HistoryPeriod.micros("1 fortnight"));
            assertEquals("22023", wrong.code().sqlState());
        }
    }

    private static void refused(
            DatabaseSnapshot snapshot, int table, AsOf point, String sqlState, String text) {
        BasaltException refused =
                assertThrows(BasaltException.class, () -> snapshot.table(table, point));
        assertEquals(sqlState, refused.code().sqlState());
        assertTrue(refused.text().contains(text), refused.text());
    }
}
