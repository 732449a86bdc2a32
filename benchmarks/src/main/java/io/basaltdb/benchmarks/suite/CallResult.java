package io.basaltdb.benchmarks.suite;

import java.util.Locale;

/// What a run of calls that write came to.
///
/// @param cpuNanosPerRow of the whole process, sealing and merging included
public record CallResult(
        String engine,
        String shape,
        long rows,
        double seconds,
        double cpuNanosPerRow,
        double p50Millis,
        double p99Millis) {

    /// Acknowledged rows per second over all sessions.
    public double rowsPerSecond() {
        return rows / seconds;
    }

    /// One line for people.
    public String line() {
        return String.format(
                Locale.ROOT,
                "%-7s %-18s %10.0f rows/s  %8.0f CPU ns/row  call p50 %.3f ms  p99 %.3f ms",
                engine,
                shape,
                rowsPerSecond(),
                cpuNanosPerRow,
                p50Millis,
                p99Millis);
    }
}
