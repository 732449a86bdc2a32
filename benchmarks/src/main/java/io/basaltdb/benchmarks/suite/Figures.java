package io.basaltdb.benchmarks.suite;

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
        return outcome.queries().stream()
                .filter(result -> result.engine().equals(engine) && result.failure().isEmpty())
                .count();
    }

    /// The geometric mean of the first engine's time over the second's, over the queries that both answered.
    static double geometricMean(SuiteRun.Outcome outcome, List<String> engines) {
        double[] ratios = ratios(outcome, engines);
        double logs = 0;
        for (double ratio : ratios) {
            logs += Math.log(ratio);
        }
        return Math.exp(logs / ratios.length);
    }

    static double worstRatio(SuiteRun.Outcome outcome, List<String> engines) {
        double worst = Double.NaN;
        for (double ratio : ratios(outcome, engines)) {
            worst = Double.isNaN(worst) ? ratio : Math.max(worst, ratio);
        }
        return worst;
    }

    private static double[] ratios(SuiteRun.Outcome outcome, List<String> engines) {
        return outcome.queries().stream()
                .filter(result -> result.engine().equals(engines.get(0)))
                .mapToDouble(result -> ratio(outcome, result, engines.get(1)))
                .filter(ratio -> !Double.isNaN(ratio))
                .toArray();
    }

    private static double ratio(SuiteRun.Outcome outcome, QueryResult result, String peer) {
        return outcome.queries().stream()
                .filter(other -> other.engine().equals(peer))
                .filter(other -> other.query().equals(result.query()))
                .mapToDouble(other -> result.medianMillis() / other.medianMillis())
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double sum(
            SuiteRun.Outcome outcome, String engine, ToDoubleFunction<QueryResult> value) {
        return outcome.queries().stream()
                .filter(result -> result.engine().equals(engine) && result.failure().isEmpty())
                .mapToDouble(value)
                .sum();
    }
}
