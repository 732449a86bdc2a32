package io.basaltdb.benchmarks.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
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

    /// Then begins another directory: what is there is read after every kill.
    private static final int KILLS_OF_A_DIRECTORY = 25;

    private static final int TRAINING_LINES = 500;

    @TempDir private Path folder;

    private final long seed = Long.getLong("test.seed", System.nanoTime());

    @Tag("long")
    @Test
    void duckDbLosesNothing() throws IOException, SQLException, InterruptedException {
        String url = "jdbc:duckdb:" + folder.resolve("kill.duckdb");
        Batches batches = new Batches(seed, false, false);
        KillRun run =
                new KillRun(
                        ChildJvm.plain(), url, folder, batches, MAX_MILLIS, List.of("CHECKPOINT"));
        check(run.run(5));
    }

    @Tag("D1")
    @Tag("D2")
    @Tag("D3")
    @Test
    @EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
    void basaltLosesNothingInFiveKills() throws IOException, SQLException, InterruptedException {
        check(kill(ChildJvm.plain(), 3, false, FEW_MILLIS, 0));
        check(kill(ChildJvm.plain(), 2, true, FEW_MILLIS, 1));
    }

    /// Every second directory is one where batches have tokens and are sent again.
    @Tag("D1")
    @Tag("D2")
    @Tag("D3")
    @Tag("D4")
    @Tag("long")
    @Timeout(value = 240, unit = TimeUnit.MINUTES)
    @Test
    @EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
    void basaltLosesNothingInAHundredKills()
            throws IOException, SQLException, InterruptedException {
        int kills = Integer.getInteger("kill.count", 100);
        ChildJvm jvm = trainedJvm();
        KillRun.Outcome outcome = KillRun.Outcome.NONE;
        for (int i = 0; outcome.kills() < kills && outcome.faults().isEmpty(); i++) {
            int more = Math.min(KILLS_OF_A_DIRECTORY, kills - outcome.kills());
            outcome = outcome.plus(kill(jvm, more, i % 2 == 1, MAX_MILLIS, i));
            System.out.println(outcome);
        }
        check(outcome);
        assertTrue(
                outcome.killsAtWork() * 2 >= kills,
                "the kills should hit background work: " + outcome);
    }

    private KillRun.Outcome kill(
            ChildJvm jvm, int kills, boolean tokened, int maxMillis, int number)
            throws IOException, SQLException, InterruptedException {
        Path own = Files.createDirectories(folder.resolve("run-" + number));
        Batches batches = new Batches(seed + number, true, tokened);
        return new KillRun(jvm, url(own), own, batches, maxMillis, List.of()).run(kills);
    }

    private static String url(Path folder) {
        return KillTarget.Basalt.PREFIX + folder.resolve("kill");
    }

    private ChildJvm trainedJvm() throws IOException, InterruptedException {
        Path own = Files.createDirectories(folder.resolve("training"));
        Batches batches = new Batches(seed, true, true);
        return ChildJvm.plain()
                .trained(
                        own,
                        TRAINING_LINES,
                        KillWriter.class,
                        KillWriter.arguments(
                                url(own), batches, 0, KillRun.WRITERS, own, List.of()));
    }

    private void check(KillRun.Outcome outcome) {
        System.out.println("seed " + seed + ": " + outcome);
        assertEquals(List.of(), outcome.faults());
        assertTrue(outcome.acknowledgedBatches() > 0, "the writers should have got somewhere");
    }
}
