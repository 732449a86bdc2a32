package io.basaltdb.benchmarks.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at random moments. `-Dtest.seed=N` draws the same batches and moments, `-Dkill.count=N` kills more often.
@Tag("long")
class KillTest {
    @TempDir private Path folder;

    @Test
    void duckDbLosesNothing() throws IOException, SQLException, InterruptedException {
        check("jdbc:duckdb:" + folder.resolve("kill.duckdb"), 5, List.of("CHECKPOINT"));
    }

    @Test
    @EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
    void basaltLosesNothing() throws IOException, SQLException, InterruptedException {
        check("jdbc:basalt:file:" + folder.resolve("kill"), 100, List.of());
    }

    private static void check(String url, int kills, List<String> upkeep)
            throws IOException, SQLException, InterruptedException {
        long seed = Long.getLong("test.seed", System.nanoTime());
        int count = Integer.getInteger("kill.count", kills);
        System.out.println("seed " + seed);
        KillRun.Outcome outcome = new KillRun(url, seed, upkeep).run(count);
        System.out.printf(
                "%d kills, %d batches acknowledged, %d present, opened in at most %.0f ms%n",
                count,
                outcome.acknowledgedBatches(),
                outcome.presentBatches(),
                outcome.worstOpenMillis());
        assertEquals(List.of(), outcome.faults());
        assertTrue(outcome.acknowledgedBatches() > 0, "the writers should have got somewhere");
    }
}
