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
        if (options.engines().size() > 1) {
            addRatios(line, options.engines(), outcome);
        }
        return line.add(outcome.host()).toString();
    }

    /// Against one peer plain ratios; against several a mean for each, and the rest against the fastest of them in each query.
    private static void addRatios(
            SummaryLine line, List<String> engines, SuiteRun.Outcome outcome) {
        String engine = engines.getFirst();
        List<String> peers = engines.subList(1, engines.size());
        for (String peer : peers) {
            String name = peers.size() == 1 ? "geomean_ratio" : "geomean_ratio_" + peer;
            line.add(name, Figures.geometricMean(outcome, engine, peer), 3);
        }
        line.add("sum_ratio", Figures.sumRatio(outcome, engine, peers), 3)
                .add("worst_ratio", Figures.worstRatio(outcome, engine, peers), 2)
                .add("differences", outcome.differences().size());
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
        String ratios =
                results.stream()
                        .skip(1)
                        .map(peer ->
                                String.format(
                                        Locale.ROOT,
                                        " %.2f",
                                        results.getFirst().medianMillis() / peer.medianMillis()))
                        .collect(Collectors.joining());
        return results.getFirst().query()
                + "  "
                + times
                + (ratios.isEmpty() ? "" : "   ratio" + ratios);
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
