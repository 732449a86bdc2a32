package io.basaltdb.benchmarks.small;

import java.util.Locale;

/// What one run of a query came to.
public record SmallResult(
        String engine,
        SmallQuery query,
        int clients,
        double callsPerSecond,
        double p50Millis,
        double p99Millis) {

    /// One line for people.
    public String line() {
        return String.format(
                Locale.ROOT,
                "%-7s %-13s clients %2d  %9.0f calls/s  p50 %7.3f ms  p99 %7.3f ms",
                engine,
                query.label(),
                clients,
                callsPerSecond,
                p50Millis,
                p99Millis);
    }
}
