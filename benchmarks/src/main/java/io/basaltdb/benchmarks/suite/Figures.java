package io.basaltdb.benchmarks.suite;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Sums and means over the queries of an outcome.
final class Figures {
    private Figures() {}

    static double sumOfMedians(SuiteRun.Outcome outcome, String engine) {
        return sum(outcome, engine, QueryResult::medianMillis);
    }

    static double sumOfFirst(SuiteRun.Outcome outcome, String engine) {
        return sum(outcome, engine, QueryResult::firstMillis);
    }

    static long answered(SuiteRun.Outcome outcome, String engine) {
        return answeredBy(outcome, engine).size();
    }

    /// The geometric mean of the first engine's time over a peer's, over the queries that both answered.
    static double geometricMean(SuiteRun.Outcome outcome, String engine, String peer) {
        double[] ratios = ratios(outcome, engine, List.of(peer));
        double logs = 0;
        for (double ratio : ratios) {
            logs += Math.log(ratio);
        }
        return Math.exp(logs / ratios.length);
    }

    /// The greatest of the first engine's time over that of the fastest peer, query by query.
    static double worstRatio(SuiteRun.Outcome outcome, String engine, List<String> peers) {
        return Arrays.stream(ratios(outcome, engine, peers)).max().orElse(Double.NaN);
    }

    /// The sum of the first engine's times over the sum of the fastest peer's, query by query.
    static double sumRatio(SuiteRun.Outcome outcome, String engine, List<String> peers) {
        double own = 0;
        double best = 0;
        for (QueryResult result : answeredBy(outcome, engine)) {
            double fastest = fastest(outcome, result.query(), peers);
            if (!Double.isNaN(fastest)) {
                own += result.medianMillis();
                best += fastest;
            }
        }
        return own / best;
    }

    private static double[] ratios(SuiteRun.Outcome outcome, String engine, List<String> peers) {
        return answeredBy(outcome, engine).stream()
                .mapToDouble(
                        result -> result.medianMillis() / fastest(outcome, result.query(), peers))
                .filter(ratio -> !Double.isNaN(ratio))
                .toArray();
    }

    private static double fastest(SuiteRun.Outcome outcome, String query, List<String> peers) {
        return outcome.queries().stream()
                .filter(result -> peers.contains(result.engine()) && result.query().equals(query))
                .mapToDouble(QueryResult::medianMillis)
                .filter(millis -> !Double.isNaN(millis))
                .min()
                .orElse(Double.NaN);
    }

    /// The median of one query on one engine; not a number where it has none.
    static double median(SuiteRun.Outcome outcome, String query, String engine) {
        return fastest(outcome, query, List.of(engine));
    }

    private static List<QueryResult> answeredBy(SuiteRun.Outcome outcome, String engine) {
        return outcome.queries().stream()
                .filter(result -> result.engine().equals(engine) && result.failure().isEmpty())
                .toList();
    }

    private static double sum(
            SuiteRun.Outcome outcome, String engine, ToDoubleFunction<QueryResult> value) {
        return answeredBy(outcome, engine).stream().mapToDouble(value).sum();
    }
}
