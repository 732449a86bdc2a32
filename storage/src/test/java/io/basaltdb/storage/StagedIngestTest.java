package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.InsertToken;
import io.basaltdb.storage.table.StagedIngests;
import io.basaltdb.storage.table.StagedWriter;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.testkit.KeyedRows;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.ModelDatabase;
import io.basaltdb.storage.testkit.SimulatedCrash;
import io.basaltdb.storage.testkit.SimulatedDisk;
import io.basaltdb.storage.testkit.SimulatedDisk.Fault;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Staged ingests: visible all at once and once, under the rules of any insert, and nothing left behind, whatever fails when.
@Timeout(120)
final class StagedIngestTest {
    private static final long SEED = Long.getLong("test.seed", 815);
    private static final long HOUR_MILLIS = 3_600_000;
    private static final InsertToken TOKEN = new InsertToken("load 1", 1, 2);

    private static Database open(SimulatedDisk disk, ManualClock clock) {
        return Database.open(
                disk,
                clock,
                DatabaseOptions.defaults()
                        .withManualSteps(new Random(SEED))
                        .withSeal(1 << 20, 25)
                        .withBulk(1 << 20, 120, 1 << 19, 40)
                        .withLog(1 << 14, 4_000, 1 << 11)
                        .withMerge(1 << 24, 2));
    }

    private static TreeMap<Long, Long> range(long from, long to) {
        TreeMap<Long, Long> rows = new TreeMap<>();
        LongStream.range(from, to).forEach(id -> rows.put(id, -id));
        return rows;
    }

    private static void stage(
            StagedIngests ingests, UUID id, int tableId, String task, long from, long to) {
        try (StagedWriter writer = ingests.writer(id, tableId, task)) {
            writer.append(ModelDatabase.batch(LongStream.range(from, to).toArray()));
            assertEquals(to - from, writer.finish().rowCount());
        }
    }

    private static void stageKeyed(
            StagedIngests ingests, UUID id, int tableId, String task, long from, long to) {
        try (StagedWriter writer = ingests.writer(id, tableId, task)) {
            writer.append(KeyedRows.batch(range(from, to)));
            writer.finish();
        }
    }

    private static TreeSet<Long> ids(Database database, int tableId) {
        return ModelDatabase.ids(database, tableId);
    }

    private static TreeMap<Long, Long> values(Database database, int tableId) {
        try (DatabaseSnapshot snapshot = database.snapshot()) {
            return KeyedRows.scan(snapshot.table(tableId));
        }
    }

    private static void settle(Database database, ManualClock clock) {
        while (database.backgroundStep()) {
            clock.advanceMillis(1);
        }
    }

    private static void assertNothingLeft(Database database, SimulatedDisk disk, int... tables) {
        long parts = 0;
        try (DatabaseSnapshot snapshot = database.snapshot()) {
            for (int table : tables) {
                parts += snapshot.table(table).parts().size();
            }
        }
        assertEquals(parts, disk.list("parts").size(), "files that nothing needs");
        assertEquals(List.of(), disk.list("staging"));
    }

    @Test
    void severalWritersOfTwoTablesBecomeVisibleAtOnce() {
        SimulatedDisk disk = new SimulatedDisk();
        ManualClock clock = new ManualClock();
        Database database = open(disk, clock);
        int rows = ModelDatabase.create(database, "t", true).id();
        int keyed = KeyedRows.create(database, "k").id();
        UUID id = database.ingests().begin(HOUR_MILLIS);
        stage(database.ingests(), id, rows, "a-0", 1, 200);
        stage(database.ingests(), id, rows, "a-1", 200, 210);
        stage(database.ingests(), id, rows, "a-1-again", 200, 210);
        stageKeyed(database.ingests(), id, keyed, "b", 1, 50);
        database.ingests().writer(id, keyed, "never").append(KeyedRows.batch(range(1, 200)));
        assertEquals(new TreeSet<>(), ids(database, rows));
        // Who has finished has finished, whatever becomes of the process.
        disk.crash(new Random(SEED));
        database = open(disk, clock);
        StagedIngests ingests = database.ingests();
        assertEquals(
                List.of("a-0", "a-1", "a-1-again", "b"),
                ingests.tasks(id).stream().map(task -> task.task()).sorted().toList());
        assertEquals(new TreeSet<>(), ids(database, rows));
        long before = database.lastCommit();
        assertEquals(258, ingests.commit(id, TOKEN, List.of("a-0", "a-1", "b")));
        assertEquals(before + 1, database.lastCommit());
        assertEquals(209, ids(database, rows).size());
        assertEquals(range(1, 50), values(database, keyed));
        assertEquals(258, ingests.commit(id, TOKEN, List.of("a-0", "a-1", "b")), "sent again");
        assertEquals(before + 1, database.lastCommit());
        assertEquals(
                ErrorCode.TOKEN_REUSED,
                refusal(() -> ingests.commit(id, new InsertToken("load 1", 7, 7), List.of())));
        assertEquals(
                ErrorCode.LEASE_EXPIRED,
                refusal(() -> ingests.commit(id, new InsertToken("load 2", 1, 2), List.of())));
        settle(database, clock);
        assertNothingLeft(database, disk, rows, keyed);
        database.close();
        assertEquals(List.of(), DatabaseCheck.problems(disk));
    }

    private static ErrorCode refusal(Runnable work) {
        return assertThrows(BasaltException.class, work::run).code();
    }

    @Test
    void theRulesOfAnyInsertHold() {
        SimulatedDisk disk = new SimulatedDisk();
        ManualClock clock = new ManualClock();
        Database database = open(disk, clock);
        int keyed = KeyedRows.create(database, "k").id();
        int other = KeyedRows.create(database, "o").id();
        StagedIngests ingests = database.ingests();
        try (Transaction transaction = database.begin()) {
            KeyedRows.upsert(transaction, keyed, new TreeMap<>(Map.of(7L, 7L)));
            transaction.commit();
        }
        UUID id = ingests.begin(HOUR_MILLIS);
        stageKeyed(ingests, id, keyed, "clash", 5, 60);
        stageKeyed(ingests, id, keyed, "left", 100, 160);
        stageKeyed(ingests, id, keyed, "same-as-left", 159, 161);
        stageKeyed(ingests, id, other, "other", 1, 3);
        assertEquals(
                ErrorCode.UNIQUE_VIOLATION,
                refusal(() -> ingests.commit(id, TOKEN, List.of("clash", "other"))));
        assertEquals(
                ErrorCode.UNIQUE_VIOLATION,
                refusal(() -> ingests.commit(id, TOKEN, List.of("left", "same-as-left"))));
        assertEquals(
                ErrorCode.UNDEFINED_OBJECT,
                refusal(() -> ingests.commit(id, TOKEN, List.of("nobody"))));
        assertEquals(
                ErrorCode.DUPLICATE_OBJECT,
                refusal(() -> stageKeyed(ingests, id, keyed, "left", 300, 310)));
        assertEquals(ErrorCode.INVALID_PARAMETER, refusal(() -> ingests.writer(id, keyed, "../x")));
        assertEquals(new TreeMap<>(), values(database, other), "all or nothing");
        // What was refused can be tried again without what was wrong.
        assertEquals(62, ingests.commit(id, TOKEN, List.of("left", "other")));
        assertEquals(61, values(database, keyed).size());

        try (StagedWriter writer = ingests.writer(ingests.begin(HOUR_MILLIS), keyed, "nulls")) {
            assertEquals(
                    ErrorCode.NOT_NULL_VIOLATION, refusal(() -> writer.append(KeyedRows.nulls())));
        }
        UUID late = ingests.begin(HOUR_MILLIS);
        stageKeyed(ingests, late, keyed, "old-columns", 400, 410);
        try (Transaction transaction = database.begin()) {
            TableDefinition table = transaction.catalog().table(keyed);
            transaction.alterTable(
                    table.withColumn(table.columns().get(1).withName("worth")), false);
            transaction.commit();
        }
        assertEquals(
                ErrorCode.INVALID_DEFINITION,
                refusal(() ->
                        ingests.commit(late, new InsertToken("l", 0, 0), List.of("old-columns"))));
        ingests.abort(late);
        clock.advanceMillis(HOUR_MILLIS);
        settle(database, clock);
        assertNothingLeft(database, disk, keyed, other);
        database.close();
        assertEquals(List.of(), DatabaseCheck.problems(disk));
    }

    /// Two ingests, one of them committed, the other aborted, with an insert of the usual kind between.
    private static void script(SimulatedDisk disk, ManualClock clock) {
        try (Database database = open(disk, clock)) {
            StagedIngests ingests = database.ingests();
            UUID dropped = ingests.begin(HOUR_MILLIS);
            stageKeyed(ingests, dropped, 2, "x", 500, 540);
            UUID id = ingests.begin(HOUR_MILLIS);
            stage(ingests, id, 1, "a", 1, 150);
            stageKeyed(ingests, id, 2, "b", 1, 60);
            database.backgroundStep();
            ModelDatabase.insert(database, 1, 1000);
            ingests.commit(id, TOKEN, List.of("a", "b"));
            ingests.abort(dropped);
            for (int i = 0; i < 12; i++) {
                database.backgroundStep();
            }
        }
    }

    private static SimulatedDisk withTables(ManualClock clock) {
        SimulatedDisk disk = new SimulatedDisk();
        try (Database database = open(disk, clock)) {
            assertEquals(1, ModelDatabase.create(database, "t", false).id());
            assertEquals(2, KeyedRows.create(database, "k").id());
        }
        return disk;
    }

    private static void verify(SimulatedDisk disk, ManualClock clock, String context) {
        assertEquals(List.of(), DatabaseCheck.problems(disk), context);
        try (Database database = open(disk, clock)) {
            TreeSet<Long> ids = ids(database, 1);
            ids.removeIf(id -> id >= 1000);
            TreeMap<Long, Long> values = values(database, 2);
            assertTrue(
                    ids.isEmpty()
                            ? values.isEmpty()
                            : ids.size() == 149 && values.equals(range(1, 60)),
                    context + ": " + ids + " and " + values);
            clock.advanceMillis(HOUR_MILLIS);
            settle(database, clock);
            assertNothingLeft(database, disk, 1, 2);
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk), context);
    }

    private static long calls() {
        ManualClock clock = new ManualClock();
        SimulatedDisk disk = withTables(clock);
        long before = disk.calls();
        script(disk, clock);
        verify(disk, clock, "nothing went wrong");
        return disk.calls() - before;
    }

    @Test
    void aCrashAtAnyCallLeavesAllOrNothingAndNoFileForEver() {
        crashEverywhere(1);
    }

    @Tag("long")
    @Timeout(1800)
    @Test
    void aCrashAtAnyCallLeavesAllOrNothingWhateverWasKept() {
        crashEverywhere(16);
    }

    private static void crashEverywhere(int subsets) {
        long calls = calls();
        for (long n = 0; n < calls; n++) {
            for (int subset = 0; subset < subsets; subset++) {
                ManualClock clock = new ManualClock();
                SimulatedDisk disk = withTables(clock);
                disk.failAt(n, Fault.CRASH);
                try {
                    script(disk, clock);
                } catch (SimulatedCrash expected) {
                    // that is the point
                }
                disk.crash(new Random(SEED + 1000 * n + subset));
                verify(disk, clock, "crash at call " + n + ", subset " + subset);
            }
        }
    }

    @Test
    void aFailureAtAnyCallLeavesAllOrNothingAndNoFileForEver() {
        long calls = calls();
        for (Fault fault : List.of(Fault.IO_ERROR_ONCE, Fault.DISK_FULL_ONCE)) {
            for (long n = 0; n < calls; n += fault == Fault.IO_ERROR_ONCE ? 1 : 3) {
                ManualClock clock = new ManualClock();
                SimulatedDisk disk = withTables(clock);
                disk.failAt(n, fault);
                try {
                    script(disk, clock);
                } catch (BasaltException expected) {
                    // what could not be done was said
                }
                disk.kill();
                verify(disk, clock, fault + " at call " + n);
            }
        }
    }
}
