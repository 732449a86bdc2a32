package io.basaltdb.benchmarks.insert;

import java.util.Locale;

/// What one run of a shape came to, behind its warm-up.
public record InsertResult(
        String engine,
        InsertShape shape,
        long rows,
        double warmUpSeconds,
        double seconds,
        double p50Millis,
        double p99Millis) {

    /// Acknowledged rows per second over all clients.
    public double rowsPerSecond() {
        return rows / seconds;
    }

    /// One line for people.
    public String line() {
        return String.format(
                Locale.ROOT,
                "%-7s clients %3d  rows per call %6d  %12.0f rows/s  call p50 %.3f ms  p99 %.3f ms  (%.0f s behind %.0f s of warm-up)",
                engine,
                shape.clients(),
                shape.rowsPerCall(),
                rowsPerSecond(),
                p50Millis,
                p99Millis,
                seconds,
                warmUpSeconds);
    }
}
