package io.basaltdb.benchmarks.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.benchmarks.engine.TestEngine;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// `-Dtest.seed=N` replays a run; `-Ddifferential.rounds=N` makes it longer or shorter.
class DifferentialTest {
    private static final Duration CI_TIME = Duration.ofSeconds(15);

    @Test
    void duckDbAndH2Agree() throws SQLException {
        check(TestEngine.DUCKDB, TestEngine.H2, 10, CI_TIME);
    }

    @Test
    @EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
    void duckDbAndBasaltAgree() throws SQLException {
        check(TestEngine.DUCKDB, TestEngine.BASALT, 20, CI_TIME);
    }

    @Test
    @Tag("long")
    @EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
    void duckDbAndBasaltAgreeForMinutes() throws SQLException {
        check(
                TestEngine.DUCKDB,
                TestEngine.BASALT,
                100_000,
                Duration.ofMinutes(Long.getLong("differential.minutes", 5)));
    }

    private static void check(TestEngine reference, TestEngine tested, int rounds, Duration time)
            throws SQLException {
        long seed = Long.getLong("test.seed", System.nanoTime());
        int count = Integer.getInteger("differential.rounds", rounds);
        System.out.println("seed " + seed);
        DifferentialRun.Outcome outcome =
                new DifferentialRun(reference, tested)
                        .run(seed, count, System.nanoTime() + time.toNanos());
        System.out.println(
                reference.name()
                        + " and "
                        + tested.name()
                        + ": "
                        + outcome.compared()
                        + " queries compared, "
                        + outcome.refused().size()
                        + " answered by one only, "
                        + outcome.differences().size()
                        + " different");
        outcome.refused().stream().limit(5).forEach(System.out::println);
        assertEquals("", String.join("\n", outcome.internal()));
        assertEquals("", String.join("\n", outcome.differences()));
        assertTrue(outcome.compared() > 50, "most queries should be answered by both");
    }
}
