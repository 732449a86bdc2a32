package io.basaltdb.benchmarks.demo;

import java.io.PrintWriter;
import java.util.Locale;

/// What was measured while inserts and queries ran at once.
///
/// @param freshnessNanos ascending: from the return of an insert to the first answer with its row
/// @param queryNanos ascending
record RealTimeResult(
        double insertsPerSecond,
        double rowsPerSecond,
        long rows,
        long rowsSeen,
        long[] freshnessNanos,
        long[] queryNanos) {
    private static final double NANOS_PER_MILLI = 1e6;

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "inserts    %,10.0f per second, each durable when it returned"
                        + " (%,.0f rows per second, %,d rows)%n",
                insertsPerSecond,
                rowsPerSecond,
                rows);
        out.printf(
                Locale.ROOT,
                "queries    %,10d answers, p50 %.1f ms, p99 %.1f ms;"
                        + " the last one counted %,d rows%n",
                queryNanos.length,
                millis(queryNanos, 0.5),
                millis(queryNanos, 0.99),
                rowsSeen);
        out.printf(
                Locale.ROOT,
                "freshness  p50 %.1f ms, p99 %.1f ms from the return of an insert"
                        + " to the end of the first answer with its row%n",
                millis(freshnessNanos, 0.5),
                millis(freshnessNanos, 0.99));
        out.flush();
    }

    /// That quantile, NaN where nothing was measured.
    static double millis(long[] ascending, double quantile) {
        return ascending.length == 0
                ? Double.NaN
                : ascending[(int) Math.min(ascending.length - 1, quantile * ascending.length)]
                        / NANOS_PER_MILLI;
    }
}
