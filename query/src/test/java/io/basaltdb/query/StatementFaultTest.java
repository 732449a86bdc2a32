package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.DatabaseCheck;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.SimulatedCrash;
import io.basaltdb.storage.testkit.SimulatedDisk;
import io.basaltdb.storage.testkit.SimulatedDisk.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A fault, and a crash, at the n-th call to the disk of a script of statements that change more than rows: ALTER TABLE, DROP PARTITION, MERGE
/// INTO, inserts under tokens, transactions over tables, and rows that expire meanwhile. Whatever happened, the database that is opened
/// afterwards stands before the statement that was under way or after it, and the script goes on to the same end. Where the
/// statement had a token it is sent again, whether it was carried out or not.
@Tag("D9")
@Tag("D10")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StatementFaultTest {
    private static final long SEED = Long.getLong("test.seed", 4711);

    /// Of the calls to the disk every build takes one in so many, others in each of them.
    private static final int STRIDE = 19;

    private static final int STEPS = 4;

    private static final int MOST_STEPS = 1_000;

    /// Of what a crash may leave of unsynced writes, the script goes on to its end after one in so many, and two units far after the others.
    private static final int WHOLE = 4;

    private static final int EXPIRING = 20;
    private static final String TOKEN = "SET insert_token = 'once'";

    /// Each is one commit, however many statements it takes.
    private static final List<List<String>> UNITS =
            List.of(
                    List.of(
                            "CREATE TABLE t (id BIGINT, region VARCHAR(10), v INTEGER) PARTITION BY region ORDER BY (id)"),
                    List.of("CREATE TABLE k (id BIGINT PRIMARY KEY, v BIGINT)"),
                    List.of("CREATE TABLE e (id BIGINT, at TIMESTAMP) TTL at + INTERVAL '1' DAY"),
                    List.of(
                            "INSERT INTO t SELECT n, CASE WHEN n % 3 = 0 THEN 'north' ELSE 'south' END, n * 7"
                                    + " FROM generate_series(1, 90) AS s(n)"),
                    List.of("INSERT INTO k SELECT n, n * 10 FROM generate_series(1, 40) AS s(n)"),
                    List.of("ALTER TABLE t ADD COLUMN note VARCHAR(20) DEFAULT 'none'"),
                    List.of(
                            "INSERT INTO e SELECT n, CASE WHEN n <= "
                                    + EXPIRING
                                    + " THEN TIMESTAMP '2023-11-01 00:00:00' ELSE TIMESTAMP '2024-11-01 00:00:00' END"
                                    + " FROM generate_series(1, 30) AS s(n)"),
                    List.of(
                            TOKEN,
                            "INSERT INTO t VALUES (100, 'west', 1, 'new'), (101, 'north', 2, 'new')"),
                    List.of("INSERT INTO e VALUES (100, TIMESTAMP '2024-11-01 00:00:00')"),
                    List.of(
                            "MERGE INTO k USING (SELECT id, v FROM t) AS s ON k.id = s.id"
                                    + " WHEN MATCHED AND s.id % 5 = 0 THEN DELETE"
                                    + " WHEN MATCHED THEN UPDATE SET v = k.v + s.v"
                                    + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v)"),
                    List.of("ALTER TABLE t ALTER COLUMN v TYPE BIGINT"),
                    List.of("UPDATE t SET note = 'even' WHERE id % 2 = 0"),
                    List.of("ALTER TABLE t DROP PARTITION 'north'"),
                    List.of(
                            TOKEN,
                            "INSERT INTO k VALUES (1, 5), (500, 5) ON CONFLICT (id) DO UPDATE SET v = k.v + excluded.v"),
                    List.of(
                            "BEGIN",
                            "INSERT INTO t VALUES (200, 'north', 3, 'again')",
                            "DELETE FROM k WHERE id > 60",
                            "ALTER TABLE t RENAME COLUMN v TO amount",
                            "MERGE INTO k USING t ON k.id = t.id WHEN MATCHED THEN UPDATE SET v = t.amount"
                                    + " WHEN NOT MATCHED THEN INSERT VALUES (t.id, t.amount)",
                            "COMMIT"),
                    List.of("ALTER TABLE t DROP COLUMN note"),
                    List.of("ALTER TABLE k ADD COLUMN w BIGINT DEFAULT 7"),
                    List.of("TRUNCATE TABLE e"));

    /// What each unit leaves behind, from nothing at all on.
    private final List<String> states = new ArrayList<>();

    private final ManualClock clock = new ManualClock();

    private static DatabaseOptions options() {
        return DatabaseOptions.defaults()
                .withManualSteps(new Random(SEED))
                .withSeal(1 << 20, 25)
                .withBulk(1 << 20, 120, 1 << 19, 60)
                .withLog(1 << 14, 6_000, 1 << 11)
                .withMerge(1 << 24, 2);
    }

    private TestSessions open(SimulatedDisk disk) {
        return new TestSessions(disk, clock, options());
    }

    /// Everything that can be seen, but for rows that have expired.
    private static String state(TestSessions sessions) {
        TestSessions.Client client = sessions.client();
        StringBuilder text = new StringBuilder();
        List<String> tables =
                client.rows(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY 1");
        for (String table : tables) {
            text.append(table)
                    .append(
                            client.rows(
                                    "SELECT column_name, data_type FROM information_schema.columns"
                                            + " WHERE table_schema = 'main' AND table_name = '"
                                            + table
                                            + "' ORDER BY ordinal_position"));
            String alive = table.equals("e") ? " WHERE id > " + EXPIRING : "";
            text.append(client.rows("SELECT * FROM " + table + alive + " ORDER BY id"));
            if (table.equals("e")) {
                String expired =
                        client.rows("SELECT count(*) FROM e WHERE id <= " + EXPIRING).getFirst();
                assertTrue(
                        expired.equals("0") || expired.equals("" + EXPIRING),
                        () -> "of the rows that expire at once there are " + expired);
            }
            text.append('\n');
        }
        return text.toString();
    }

    /// How far a life came.
    private static final class Progress {
        int done;
    }

    /// Carries out the units from that one on up to another, with background work between them.
    private static void script(TestSessions sessions, Progress progress, int end) {
        TestSessions.Client client = sessions.client();
        while (progress.done < end) {
            for (String sql : UNITS.get(progress.done)) {
                client.run(sql);
            }
            progress.done++;
            if (UNITS.get(progress.done - 1).contains(TOKEN)) {
                client.run("RESET insert_token");
            }
            for (int i = 0; i < STEPS; i++) {
                sessions.database().backgroundStep();
            }
        }
        for (int i = 0; i < MOST_STEPS && sessions.database().backgroundStep(); i++) {
            // until nothing is left; on a disk that fails for ever there is always something
        }
    }

    /// Runs the script on a good disk; gives the number of calls.
    private long rehearse() {
        SimulatedDisk disk = new SimulatedDisk();
        try (TestSessions sessions = open(disk)) {
            states.add(state(sessions));
            for (List<String> unit : UNITS) {
                TestSessions.Client client = sessions.client();
                unit.forEach(client::run);
                states.add(state(sessions));
            }
        }
        assertEquals(UNITS.size() + 1, states.stream().distinct().count(), "each unit shows");
        SimulatedDisk counted = new SimulatedDisk();
        try (TestSessions sessions = open(counted)) {
            script(sessions, new Progress(), UNITS.size());
            assertEquals(states.getLast(), state(sessions));
        }
        return counted.calls();
    }

    private void everywhere(Fault fault, int stride, int subsets) {
        long calls = rehearse();
        assertTrue(calls > 300, () -> "the script does too little: " + calls + " calls");
        List<Long> faulty = new ArrayList<>();
        for (long n = Math.floorMod(SEED, stride); n < calls; n += stride) {
            faulty.add(n);
        }
        AtomicInteger done = new AtomicInteger();
        faulty.parallelStream()
                .forEach(n -> {
                    for (int subset = 0; subset < subsets; subset++) {
                        run(fault, n, subset);
                    }
                    if (done.incrementAndGet() % 50 == 0) {
                        report(fault, done.get(), calls, subsets);
                    }
                });
        report(fault, done.get(), calls, subsets);
    }

    private static void report(Fault fault, int done, long calls, int subsets) {
        System.out.printf(
                "seed %d: %s at %d of %d calls, %d subsets each%n",
                SEED, fault, done, calls, subsets);
    }

    private void run(Fault fault, long n, int subset) {
        SimulatedDisk disk = new SimulatedDisk();
        Progress progress = new Progress();
        disk.failAt(n, fault);
        try (TestSessions sessions = open(disk)) {
            script(sessions, progress, UNITS.size());
        } catch (BasaltException | SimulatedCrash expected) {
            // that is the point
        }
        String context = fault + " at call " + n + " (" + disk.lastFault() + "), subset " + subset;
        if (fault == Fault.CRASH) {
            disk.crash(new Random(SEED + n * 1000 + subset));
        } else {
            disk.kill();
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk), context);
        try (TestSessions sessions = open(disk)) {
            goOn(sessions, progress, context, subset % WHOLE == 0 ? UNITS.size() : 2);
        }
        if (subset % WHOLE != 0) {
            return;
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk), context);
        try (TestSessions sessions = open(disk)) {
            assertEquals(states.getLast(), state(sessions), context);
        }
    }

    /// @param most units that are still carried out
    private void goOn(TestSessions sessions, Progress progress, String context, int most) {
        String found = state(sessions);
        String before = states.get(progress.done);
        String after = states.get(Math.min(progress.done + 1, UNITS.size()));
        assertTrue(
                found.equals(before) || found.equals(after),
                () ->
                        context
                                + ", in unit "
                                + progress.done
                                + ": found\n"
                                + found
                                + "expected\n"
                                + before
                                + "or\n"
                                + after);
        if (!found.equals(before) && !UNITS.get(progress.done).contains(TOKEN)) {
            progress.done++;
        }
        int end = Math.min(UNITS.size(), progress.done + most);
        script(sessions, progress, end);
        assertEquals(states.get(end), state(sessions), context);
    }

    @Test
    void survivesAnErrorAtManyCalls() {
        everywhere(Fault.IO_ERROR_ONCE, STRIDE, 1);
    }

    @Test
    void survivesACrashAtManyCalls() {
        everywhere(Fault.CRASH, STRIDE, 1);
    }

    @Tag("long")
    @Timeout(value = 180, unit = TimeUnit.MINUTES)
    @Test
    void survivesEveryFaultAtEveryCall() {
        everywhere(Fault.IO_ERROR_ONCE, 1, 1);
        everywhere(Fault.IO_ERROR_FOREVER, 1, 1);
        everywhere(Fault.DISK_FULL_ONCE, 1, 1);
        everywhere(Fault.SHORT_WRITE_ONCE, 1, 1);
    }

    @Tag("long")
    @Timeout(value = 240, unit = TimeUnit.MINUTES)
    @Test
    void survivesACrashAtEveryCallWhateverWasKept() {
        everywhere(Fault.CRASH, 1, 8);
    }
}
