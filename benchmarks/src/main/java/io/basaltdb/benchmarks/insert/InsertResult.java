package io.basaltdb.benchmarks.insert;

import java.util.Locale;

/// What one run of a shape came to, behind its warm-up.
///
/// @param cpuMicrosPerRow CPU time of the whole process for each row: less noisy than rows per second where the machine has other work
public record InsertResult(
        String engine,
        InsertShape shape,
        long rows,
        double warmUpSeconds,
        double seconds,
        double p50Millis,
        double p99Millis,
        double cpuMicrosPerRow) {

    /// Acknowledged rows per second over all clients.
    public double rowsPerSecond() {
        return rows / seconds;
    }

    /// One line for people.
    public String line() {
        return String.format(
                Locale.ROOT,
                "%-7s clients %3d  rows per call %6d  %12.0f rows/s  call p50 %.3f ms  p99 %.3f ms  cpu %.1f µs/row  (%.0f s behind %.0f s of warm-up)",
                engine,
                shape.clients(),
                shape.rowsPerCall(),
                rowsPerSecond(),
                p50Millis,
                p99Millis,
                cpuMicrosPerRow,
                seconds,
                warmUpSeconds);
    }
}
