package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.testkit.KeyedRows;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.ModelDatabase;
import io.basaltdb.storage.testkit.SimulatedCrash;
import io.basaltdb.storage.testkit.SimulatedDisk;
import io.basaltdb.storage.testkit.SimulatedDisk.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A fault, and a crash, at the n-th call to the disk of a small run of transactions over two tables, one of them keyed, with inserts, upserts,
/// deletions, seals, merges and a checkpoint, for every n. Whatever happened, the database that is opened afterwards holds what was acknowledged once, and what was not whole or not at all.
final class DatabaseFaultTest {
    private static final long SEED = Long.getLong("test.seed", 4711);

    /// The rows of the table without key, and those of the table with one: every transaction changes both.
    private record State(TreeSet<Long> rows, TreeMap<Long, Long> values) {
        State copy() {
            return new State(new TreeSet<>(rows), new TreeMap<>(values));
        }
    }

    /// What the script knows: what surely is, and what is if the commit that was under way came through.
    private static final class Known {
        State state = new State(new TreeSet<>(), new TreeMap<>());
        State next = state;
        int tableId;
        int keyedId;
        int failures;

        void settle(boolean committed) {
            state = committed ? next : state;
            next = state;
        }

        /// Whether this is what a database may hold after the commit under way was lost, or was not: as a whole, in both tables.
        void check(State found, String context) {
            assertTrue(
                    found.equals(state) || found.equals(next),
                    () ->
                            context
                                    + ": found "
                                    + found
                                    + ", expected "
                                    + state
                                    + " or, after the commit under way, "
                                    + next);
            settle(found.equals(next));
        }
    }

    private static State found(Database database, Known known) {
        try (DatabaseSnapshot snapshot = database.snapshot()) {
            TreeSet<Long> rows = new TreeSet<>();
            rows.addAll(ModelDatabase.scan(snapshot.table(known.tableId)).keySet());
            return new State(rows, KeyedRows.scan(snapshot.table(known.keyedId)));
        }
    }

    /// Each life begins with the same random numbers: names of parts must not repeat all the same.
    private static DatabaseOptions options() {
        return DatabaseOptions.defaults()
                .withManualSteps(new Random(SEED))
                .withSeal(1 << 20, 25)
                .withBulk(1 << 20, 120, 1 << 19, 40)
                .withLog(1 << 14, 4_000, 1 << 11)
                .withMerge(1 << 24, 2);
    }

    private static Database open(SimulatedDisk disk) {
        return Database.open(disk, new ManualClock(), options());
    }

    /// Opens, works and closes; stops at the first failure that leaves the database unusable.
    private static void script(SimulatedDisk disk, Known known) {
        Random random = new Random(SEED);
        long next = 1 + (known.state.rows.isEmpty() ? 0 : 1_000_000);
        try (Database database = open(disk)) {
            if (known.tableId == 0) {
                known.tableId = ModelDatabase.create(database, "t", true).id();
            }
            if (known.keyedId == 0) {
                known.keyedId = KeyedRows.create(database, "k").id();
            }
            for (int i = 0; i < 8; i++) {
                int size = i == 5 ? 70 : 1 + random.nextInt(20);
                long first = next;
                next += size;
                attempt(known, () -> change(database, known, first, size, random));
                if (i % 3 == 2) {
                    attempt(known, () -> delete(database, known, random));
                }
                for (int k = 0; k < 8; k++) {
                    attempt(known, database::backgroundStep);
                }
            }
            for (int k = 0; k < 30; k++) {
                attempt(known, database::backgroundStep);
            }
        }
    }

    private static void attempt(Known known, Runnable work) {
        try {
            work.run();
        } catch (BasaltException failure) {
            known.failures++;
            if (failure.code() == ErrorCode.COMPLETION_UNKNOWN) {
                throw failure;
            }
            known.settle(false);
        }
    }

    /// One transaction that inserts into one table, and upserts into the other and deletes from it.
    private static void change(
            Database database, Known known, long first, int size, Random random) {
        long[] ids = LongStream.range(first, first + size).toArray();
        TreeMap<Long, Long> upserts = new TreeMap<>();
        for (int i = random.nextInt(12) + 1; i > 0; i--) {
            upserts.put((long) random.nextInt(40), first * 1000 + i);
        }
        State after = known.state.copy();
        LongStream.of(ids).forEach(after.rows::add);
        List<Long> gone = new ArrayList<>(after.values.keySet());
        gone.removeIf(id -> random.nextInt(8) != 0 || upserts.containsKey(id));
        after.values.putAll(upserts);
        gone.forEach(after.values::remove);
        known.next = after;
        try (Transaction transaction = database.begin()) {
            ModelDatabase.append(transaction, known.tableId, ids);
            KeyedRows.upsert(transaction, known.keyedId, upserts);
            KeyedRows.delete(transaction, known.keyedId, gone);
            transaction.commit();
        }
        known.settle(true);
    }

    private static void insert(Database database, Known known, long... ids) {
        State after = known.state.copy();
        LongStream.of(ids).forEach(after.rows::add);
        known.next = after;
        ModelDatabase.insert(database, known.tableId, ids);
        known.settle(true);
    }

    private static void delete(Database database, Known known, Random random) {
        try (Transaction transaction = database.begin()) {
            Map<Long, ModelDatabase.RowPlace> places =
                    ModelDatabase.places(transaction.snapshot().table(known.tableId));
            List<Long> chosen = new ArrayList<>(places.keySet());
            chosen.removeIf(_ -> random.nextInt(6) != 0);
            State after = known.state.copy();
            after.rows.removeAll(chosen);
            known.next = after;
            ModelDatabase.delete(transaction, known.tableId, places, chosen);
            transaction.commit();
            known.settle(true);
        }
    }

    private static long callsOfTheScript() {
        SimulatedDisk disk = new SimulatedDisk();
        Known known = new Known();
        script(disk, known);
        assertEquals(0, known.failures);
        assertEquals(List.of(), DatabaseCheck.problems(disk));
        assertTrue(known.state.rows.size() > 60, "the script does too little");
        assertTrue(known.state.values.size() > 20, "the script does too little");
        return disk.calls();
    }

    private static void verify(SimulatedDisk disk, Known known, String context) {
        List<String> problems = DatabaseCheck.problems(disk);
        assertEquals(List.of(), problems, context);
        try (Database database = open(disk)) {
            known.check(found(database, known), context);
        }
        script(disk, known); // and it goes on working
        try (Database database = open(disk)) {
            assertEquals(known.state, found(database, known), context);
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk), context);
    }

    private static void failEverywhere(Fault fault) {
        long calls = callsOfTheScript();
        for (long n = 0; n < calls; n++) {
            SimulatedDisk disk = new SimulatedDisk();
            Known known = new Known();
            disk.failAt(n, fault);
            try {
                script(disk, known);
            } catch (BasaltException expected) {
                known.failures++;
            }
            String context = fault + " at call " + n + " (" + disk.lastFault() + ")";
            disk.kill();
            if (known.keyedId == 0) {
                continue; // the tables were never acknowledged
            }
            if (n % 8 == 0) {
                verify(disk, known, context);
            } else {
                quickVerify(disk, known, context);
            }
        }
    }

    @Tag("D9")
    @Test
    void survivesOneErrorAtEveryCall() {
        failEverywhere(Fault.IO_ERROR_ONCE);
    }

    @Tag("D9")
    @Test
    void survivesErrorsThatStayFromEveryCall() {
        failEverywhere(Fault.IO_ERROR_FOREVER);
    }

    @Tag("D12")
    @Test
    void survivesAFullDiskAtEveryCall() {
        failEverywhere(Fault.DISK_FULL_ONCE);
    }

    @Tag("D9")
    @Test
    void survivesAShortWriteAtEveryCall() {
        failEverywhere(Fault.SHORT_WRITE_ONCE);
    }

    private static void crashEverywhere(int subsets) {
        long calls = callsOfTheScript();
        for (long n = 0; n < calls; n++) {
            for (int subset = 0; subset < subsets; subset++) {
                SimulatedDisk disk = new SimulatedDisk();
                Known known = new Known();
                disk.failAt(n, Fault.CRASH);
                try {
                    script(disk, known);
                } catch (SimulatedCrash expected) {
                    // that is the point
                }
                String context = "crash at call " + n + ", subset " + subset;
                disk.crash(new Random(SEED + n * 1000 + subset));
                if (known.keyedId == 0) {
                    continue;
                }
                if (subset == 0 && n % 8 == 0) {
                    verify(disk, known, context);
                } else {
                    quickVerify(disk, known, context);
                }
            }
        }
    }

    private static void quickVerify(SimulatedDisk disk, Known known, String context) {
        assertEquals(List.of(), DatabaseCheck.problems(disk), context);
        try (Database database = open(disk)) {
            known.check(found(database, known), context);
        }
    }

    @Tag("D2")
    @Tag("D10")
    @Test
    void survivesACrashAtEveryCall() {
        crashEverywhere(2);
    }

    @Tag("D10")
    @Tag("long")
    @Test
    void survivesACrashAtEveryCallWhateverWasKept() {
        crashEverywhere(64);
    }

    @Tag("D11")
    @Test
    void aFailedForceIsNeverAcknowledged() {
        SimulatedDisk disk = new SimulatedDisk();
        Known known = new Known();
        Database database = open(disk);
        known.tableId = ModelDatabase.create(database, "t", false).id();
        known.keyedId = KeyedRows.create(database, "k").id();
        insert(database, known, 1, 2, 3);
        disk.failAt(1, Fault.IO_ERROR_ONCE); // the append passes, the force fails
        BasaltException unknown = assertFails(() -> insert(database, known, 4, 5, 6));
        assertEquals(ErrorCode.COMPLETION_UNKNOWN, unknown.code());
        assertEquals("40003", unknown.code().sqlState());
        BasaltException readOnly =
                assertFails(() -> ModelDatabase.insert(database, known.tableId, 7));
        assertEquals(ErrorCode.READ_ONLY, readOnly.code());
        assertEquals(
                new TreeSet<>(Arrays.asList(1L, 2L, 3L)),
                ModelDatabase.ids(database, known.tableId),
                "reads go on, without what is in doubt");
        database.close();
        quickVerify(disk, known, "after a failed force");
        TreeSet<Long> decided = known.state.rows;
        disk.crash(new Random(SEED));
        try (Database again = open(disk)) {
            assertEquals(
                    decided,
                    ModelDatabase.ids(again, known.tableId),
                    "once read, it stays decided");
        }
    }

    private static BasaltException assertFails(Runnable work) {
        try {
            work.run();
        } catch (BasaltException failure) {
            return failure;
        }
        throw new AssertionError("it should have failed");
    }
}
