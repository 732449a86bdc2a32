package io.basaltdb.benchmarks.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at random moments. `-Dtest.seed=N` draws the same batches and moments, `-Dkill.count=N` kills more often.
class KillTest {
    private static final int MAX_MILLIS = 2000;
    private static final int FEW_MILLIS = 700;

    @TempDir private Path folder;

    @Tag("long")
    @Test
    void duckDbLosesNothing() throws IOException, SQLException, InterruptedException {
        String url = "jdbc:duckdb:" + folder.resolve("kill.duckdb");
        check(url, 5, MAX_MILLIS, List.of("CHECKPOINT"));
    }

    @Tag("D1")
    @Tag("D2")
    @Tag("D3")
    @Test
    @EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
    void basaltLosesNothingInFiveKills() throws IOException, SQLException, InterruptedException {
        check("jdbc:basalt:file:" + folder.resolve("kill"), 5, FEW_MILLIS, List.of());
    }

    @Tag("D1")
    @Tag("D2")
    @Tag("D3")
    @Tag("long")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    @Test
    @EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
    void basaltLosesNothingInAHundredKills()
            throws IOException, SQLException, InterruptedException {
        int kills = Integer.getInteger("kill.count", 100);
        KillRun.Outcome outcome =
                check("jdbc:basalt:file:" + folder.resolve("kill"), kills, MAX_MILLIS, List.of());
        assertTrue(
                outcome.killsAtWork() * 2 >= kills,
                "the kills should hit background work: " + outcome.work());
    }

    private KillRun.Outcome check(String url, int kills, int maxMillis, List<String> upkeep)
            throws IOException, SQLException, InterruptedException {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("seed " + seed);
        KillRun.Outcome outcome = new KillRun(url, folder, seed, maxMillis, upkeep).run(kills);
        System.out.printf(
                "%d kills, %d of them in background work (%s), %d while opening:"
                        + " %d batches acknowledged, %d present, opened in at most %.0f ms%n",
                kills,
                outcome.killsAtWork(),
                outcome.work(),
                outcome.killsWhileOpening(),
                outcome.acknowledgedBatches(),
                outcome.presentBatches(),
                outcome.worstOpenMillis());
        assertEquals(List.of(), outcome.faults());
        assertTrue(outcome.acknowledgedBatches() > 0, "the writers should have got somewhere");
        return outcome;
    }
}
