package io.basaltdb.benchmarks.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Processes that one after the other work on a directory live an hour ago, in ten years, and today; each is killed. Where the clock of a process
/// cannot be set, the test is skipped and says why.
@Tag("D13")
@Tag("long")
class ClockJumpTest {
    private static final List<String> CLOCKS = List.of("+0s", "-1h", "+10y", "+0s", "-1h", "+10y");
    private static final int AT_WORK_MILLIS = 3000;
    private static final int PATIENCE_SECONDS = 60;
    private static final int EXPIRING_ROWS = 1000;

    @TempDir private Path folder;

    private final long seed = Long.getLong("test.seed", System.nanoTime());

    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @Test
    void noRowDependsOnTheClock() throws Exception {
        assumeTrue(setsClocks(), "there is no faketime");
        Path directory = folder.resolve("database");
        String url = KillTarget.Basalt.PREFIX + directory;
        createExpiring(url);
        Batches batches = new Batches(seed, true, true);
        Set<Long> acknowledged = new HashSet<>();
        List<String> faults = new ArrayList<>();
        for (int round = 0; round < CLOCKS.size() && faults.isEmpty(); round++) {
            Path beside = Files.createDirectories(folder.resolve("run-" + round));
            ChildJvm jvm = ChildJvm.plain().under("faketime", "-f", CLOCKS.get(round));
            WritingChild child = new WritingChild(jvm, url, batches, round, beside);
            try (child) {
                awaitFirst(child);
                TimeUnit.MILLISECONDS.sleep(AT_WORK_MILLIS);
            }
            faults.addAll(child.faults());
            acknowledged.addAll(child.acknowledged());
            faults.addAll(Recovered.open(url, batches, acknowledged).faults());
        }
        System.out.printf(
                "seed %d: clocks %s, %d batches acknowledged, %d faults%n",
                seed, CLOCKS, acknowledged.size(), faults.size());
        assertEquals(List.of(), faults);
        assertEquals(EXPIRING_ROWS, expiring(url), "rows of today, which live for a week");
    }

    private static boolean setsClocks() throws InterruptedException {
        try {
            return new ProcessBuilder("faketime", "-f", "-1h", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void createExpiring(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE expiring (at TIMESTAMP) TTL at + INTERVAL '7' DAY");
            statement.execute(
                    "INSERT INTO expiring SELECT CAST(now() AS TIMESTAMP) FROM generate_series(1, "
                            + EXPIRING_ROWS
                            + ")");
        }
    }

    private static long expiring(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM expiring")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void awaitFirst(WritingChild child) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (child.acknowledged().isEmpty()) {
            assertTrue(child.isAlive() && System.nanoTime() < end, () -> "" + child.faults());
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
