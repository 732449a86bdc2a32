package io.basaltdb.benchmarks.suite;

import java.util.Arrays;
import java.util.Optional;

/// The times of one query on one engine.
///
/// @param firstMillis the very first run in this process
/// @param millis the runs that count, as they came
/// @param failure why there are no times
public record QueryResult(
        String query,
        String engine,
        double firstMillis,
        double[] millis,
        long rows,
        Optional<String> failure) {

    static QueryResult failed(String query, String engine, String failure) {
        return new QueryResult(query, engine, Double.NaN, new double[0], 0, Optional.of(failure));
    }

    /// The middle of the runs that count.
    public double medianMillis() {
        if (millis.length == 0) {
            return Double.NaN;
        }
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
