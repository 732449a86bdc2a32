package io.basaltdb.benchmarks.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Turns an outcome into lines for people.
public final class Report {
    private Report() {}

    /// Load times, the sum and geometric mean over all queries, and the one line to quote.
    public static List<String> summary(
            Suite suite, SuiteOptions options, SuiteRun.Outcome outcome) {
        List<String> lines = new ArrayList<>();
        outcome.loads().forEach(load -> lines.add(line(load)));
        for (String engine : options.engines()) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%s: sum of medians %.1f ms, of first runs %.1f ms, %d of %d queries",
                            engine,
                            Figures.sumOfMedians(outcome, engine),
                            Figures.sumOfFirst(outcome, engine),
                            Figures.answered(outcome, engine),
                            suite.queries().size()));
        }
        outcome.queries().stream()
                .filter(result -> result.failure().isPresent())
                .forEach(result -> lines.add(failureLine(result)));
        outcome.differences().forEach(difference -> lines.add("DIFFERENT " + difference));
        lines.add(oneLine(suite, options, outcome));
        return lines;
    }

    /// Everything a figure needs to be believed, in one line.
    static String oneLine(Suite suite, SuiteOptions options, SuiteRun.Outcome outcome) {
        SummaryLine line =
                new SummaryLine(suite.data().name(), suite.data().seed())
                        .add("engines", String.join(",", options.engines()))
                        .add("threads", options.threads())
                        .add("warmup", options.warmups())
                        .add("runs", options.runs());
        for (String engine : options.engines()) {
            line.add(engine + "_ms", Figures.sumOfMedians(outcome, engine), 1);
        }
        if (options.engines().size() == 2) {
            line.add("geomean_ratio", Figures.geometricMean(outcome, options.engines()), 3)
                    .add("worst_ratio", Figures.worstRatio(outcome, options.engines()), 2)
                    .add("differences", outcome.differences().size());
        }
        return line.add(outcome.host()).toString();
    }

    static String line(LoadResult load) {
        return String.format(
                Locale.ROOT,
                "%s: loaded %d rows in %.2f s, %.0f rows/s, %.1f MB on disk",
                load.engine(),
                load.rows(),
                load.seconds(),
                load.rowsPerSecond(),
                load.sizeBytes() / 1e6);
    }

    static String line(List<QueryResult> results) {
        String times =
                results.stream()
                        .map(result ->
                                result.failure().isPresent()
                                        ? result.engine() + " failed"
                                        : String.format(
                                                Locale.ROOT,
                                                "%s %9.2f ms (first %9.2f, rows %d)",
                                                result.engine(),
                                                result.medianMillis(),
                                                result.firstMillis(),
                                                result.rows()))
                        .collect(Collectors.joining("   "));
        String ratio =
                results.size() == 2
                        ? String.format(
                                Locale.ROOT,
                                "   ratio %.2f",
                                results.get(0).medianMillis() / results.get(1).medianMillis())
                        : "";
        return results.getFirst().query() + "  " + times + ratio;
    }

    private static String failureLine(QueryResult result) {
        return "FAILED "
                + result.query()
                + " on "
                + result.engine()
                + ": "
                + result.failure().orElse("");
    }
}
