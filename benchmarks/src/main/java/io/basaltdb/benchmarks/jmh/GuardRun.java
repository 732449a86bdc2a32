package io.basaltdb.benchmarks.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs benchmarks and pairs each `x` with its `xByHand`.
public final class GuardRun {
    /// The product may take so many times the hand-written loop.
    public static final double LIMIT = 1.3;

    private static final String BY_HAND = "ByHand";

    private GuardRun() {}

    /// One pair: time of the product and of the hand-written loop, in the unit of the benchmark.
    public record Guard(String benchmark, String parameters, double product, double byHand) {
        /// How many times the hand-written loop the product takes.
        public double ratio() {
            return product / byHand;
        }

        /// Whether it is within [#LIMIT].
        public boolean holds() {
            return ratio() <= LIMIT;
        }

        /// One line for people.
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "%s %s%s: %.1f by hand %.1f ratio %.2f",
                    holds() ? "ok  " : "SLOW",
                    benchmark,
                    parameters,
                    product,
                    byHand,
                    ratio());
        }
    }

    /// Runs everything that matches a regular expression.
    public static Collection<RunResult> run(String include, MeasureMode mode)
            throws RunnerException {
        return new Runner(
                        mode.apply(
                                        new OptionsBuilder()
                                                .include(include)
                                                .jvmArgsAppend(
                                                        "--enable-native-access=ALL-UNNAMED"))
                                .build())
                .run();
    }

    /// The guards among the results; benchmarks without a partner are none.
    public static List<Guard> guards(Collection<RunResult> results) {
        Map<String, Double> scores = new HashMap<>();
        for (RunResult result : results) {
            scores.put(key(result), result.getPrimaryResult().getScore());
        }
        List<Guard> guards = new ArrayList<>();
        for (RunResult result : results) {
            String benchmark = result.getParams().getBenchmark();
            Double byHand = scores.get(benchmark + BY_HAND + parameters(result));
            if (byHand != null) {
                guards.add(
                        new Guard(
                                shortName(benchmark),
                                parameters(result),
                                result.getPrimaryResult().getScore(),
                                byHand));
            }
        }
        return guards;
    }

    private static String key(RunResult result) {
        return result.getParams().getBenchmark() + parameters(result);
    }

    private static String parameters(RunResult result) {
        StringBuilder text = new StringBuilder();
        for (String name : result.getParams().getParamsKeys()) {
            text.append(' ').append(name).append('=').append(result.getParams().getParam(name));
        }
        return text.toString();
    }

    private static String shortName(String benchmark) {
        int method = benchmark.lastIndexOf('.');
        return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
    }
}
