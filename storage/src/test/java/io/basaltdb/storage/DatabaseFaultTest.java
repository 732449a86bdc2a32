package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Transaction;
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
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A fault, and a crash, at the n-th call to the disk of a small run of inserts, deletions, seals, merges and a checkpoint, for every n.
/// Whatever happened, the database that is opened afterwards holds what was acknowledged once, and what was not whole or not at all.
final class DatabaseFaultTest {
    private static final long SEED = Long.getLong("test.seed", 4711);

    /// What the script knows: rows that surely live, and those of the commit that was under way.
    private static final class Known {
        final TreeSet<Long> rows = new TreeSet<>();
        final TreeSet<Long> added = new TreeSet<>();
        final TreeSet<Long> removed = new TreeSet<>();
        int tableId;
        int failures;

        void settle(boolean committed) {
            if (committed) {
                rows.addAll(added);
                rows.removeAll(removed);
            }
            added.clear();
            removed.clear();
        }

        /// Whether these rows are what a database may hold after the commit under way was lost, or was not.
        void check(TreeSet<Long> found, String context) {
            TreeSet<Long> with = new TreeSet<>(rows);
            with.addAll(added);
            with.removeAll(removed);
            if (!found.equals(rows) && !found.equals(with)) {
                TreeSet<Long> missing = new TreeSet<>(rows);
                missing.removeAll(found);
                TreeSet<Long> surplus = new TreeSet<>(found);
                surplus.removeAll(rows);
                throw new AssertionError(
                        context
                                + ": missing "
                                + missing
                                + ", surplus "
                                + surplus
                                + ", under way +"
                                + added
                                + " −"
                                + removed);
            }
            settle(!found.equals(rows));
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
        long next = 1 + (known.rows.isEmpty() ? 0 : 1_000_000);
        try (Database database = open(disk)) {
            if (known.tableId == 0) {
                known.tableId = ModelDatabase.create(database, "t", true).id();
            }
            for (int i = 0; i < 8; i++) {
                int size = i == 5 ? 70 : 1 + random.nextInt(20);
                long[] ids = new long[size];
                for (int k = 0; k < size; k++) {
                    ids[k] = next++;
                }
                attempt(known, () -> insert(database, known, ids));
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
            if (failure.code() != ErrorCode.COMPLETION_UNKNOWN) {
                known.settle(false);
            }
            if (failure.code() == ErrorCode.COMPLETION_UNKNOWN) {
                throw failure;
            }
        }
    }

    private static void insert(Database database, Known known, long[] ids) {
        for (long id : ids) {
            known.added.add(id);
        }
        ModelDatabase.insert(database, known.tableId, ids);
        known.settle(true);
    }

    private static void delete(Database database, Known known, Random random) {
        try (Transaction transaction = database.begin()) {
            Map<Long, ModelDatabase.RowPlace> places =
                    ModelDatabase.places(transaction.snapshot().table(known.tableId));
            List<Long> chosen = new ArrayList<>(places.keySet());
            chosen.removeIf(_ -> random.nextInt(6) != 0);
            known.removed.addAll(chosen);
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
        assertTrue(known.rows.size() > 60, "the script does too little");
        return disk.calls();
    }

    private static void verify(SimulatedDisk disk, Known known, String context) {
        List<String> problems = DatabaseCheck.problems(disk);
        assertEquals(List.of(), problems, context);
        try (Database database = open(disk)) {
            if (known.tableId == 0) {
                return;
            }
            try (var snapshot = database.snapshot()) {
                TableDefinition table = snapshot.catalog().table(known.tableId);
                assertTrue(table != null, context);
            }
            known.check(ModelDatabase.ids(database, known.tableId), context);
        }
        script(disk, known); // and it goes on working
        try (Database database = open(disk)) {
            assertEquals(known.rows, ModelDatabase.ids(database, known.tableId), context);
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
            if (known.tableId == 0) {
                continue; // the table was never acknowledged
            }
            if (n % 8 == 0) {
                verify(disk, known, context);
            } else {
                quickVerify(disk, known, context);
            }
        }
    }

    @Test
    void survivesOneErrorAtEveryCall() {
        failEverywhere(Fault.IO_ERROR_ONCE);
    }

    @Test
    void survivesErrorsThatStayFromEveryCall() {
        failEverywhere(Fault.IO_ERROR_FOREVER);
    }

    @Test
    void survivesAFullDiskAtEveryCall() {
        failEverywhere(Fault.DISK_FULL_ONCE);
    }

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
                if (known.tableId == 0) {
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
            known.check(ModelDatabase.ids(database, known.tableId), context);
        }
    }

    @Test
    void survivesACrashAtEveryCall() {
        crashEverywhere(3);
    }

    @Tag("long")
    @Test
    void survivesACrashAtEveryCallWhateverWasKept() {
        crashEverywhere(64);
    }

    @Test
    void aFailedForceIsNeverAcknowledged() {
        SimulatedDisk disk = new SimulatedDisk();
        Known known = new Known();
        Database database = open(disk);
        known.tableId = ModelDatabase.create(database, "t", false).id();
        insert(database, known, new long[] {1, 2, 3});
        disk.failAt(1, Fault.IO_ERROR_ONCE); // the append passes, the force fails
        BasaltException unknown = assertFails(() -> insert(database, known, new long[] {4, 5, 6}));
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
        TreeSet<Long> decided = new TreeSet<>(known.rows);
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
