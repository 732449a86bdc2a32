package io.basaltdb.benchmarks.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Against several peers each query is measured by the fastest of them.
class FiguresTest {
    private static final double EXACT = 1e-12;

    private static QueryResult took(String query, String engine, double... millis) {
        List<Double> runs = Arrays.stream(millis).boxed().toList();
        return new QueryResult(query, engine, 99, runs, 1, Optional.empty());
    }

    private static final SuiteRun.Outcome OUTCOME =
            new SuiteRun.Outcome(
                    List.of(),
                    List.of(
                            took("q1", "basalt", 4, 2, 3),
                            took("q1", "duckdb", 6),
                            took("q1", "clickhouse", 2),
                            took("q2", "basalt", 8),
                            took("q2", "duckdb", 4),
                            QueryResult.failed("q2", "clickhouse", "no such function"),
                            QueryResult.failed("q3", "basalt", "no such function"),
                            took("q3", "duckdb", 5)),
                    List.of(),
                    new HostLoad(0, 0, 1));

    @Test
    void meansAreTakenOverQueriesThatBothAnswered() {
        assertEquals(1.0, Figures.geometricMean(OUTCOME, "basalt", "duckdb"), EXACT);
        assertEquals(1.5, Figures.geometricMean(OUTCOME, "basalt", "clickhouse"), EXACT);
    }

    @Test
    void theFastestPeerOfEachQueryCounts() {
        List<String> peers = List.of("duckdb", "clickhouse");
        assertEquals(2.0, Figures.worstRatio(OUTCOME, "basalt", peers), EXACT);
        assertEquals(11.0 / 6, Figures.sumRatio(OUTCOME, "basalt", peers), EXACT);
    }

    @Test
    void sumsAreOfMedians() {
        assertEquals(11.0, Figures.sumOfMedians(OUTCOME, "basalt"), EXACT);
        assertEquals(2, Figures.answered(OUTCOME, "basalt"));
    }

    @Test
    void noPeerNoRatio() {
        assertTrue(Double.isNaN(Figures.worstRatio(OUTCOME, "basalt", List.of("h2"))));
    }
}
