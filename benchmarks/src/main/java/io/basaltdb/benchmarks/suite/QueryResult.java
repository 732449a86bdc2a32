package io.basaltdb.benchmarks.suite;

import java.util.List;
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
        List<Double> millis,
        long rows,
        Optional<String> failure) {

    public QueryResult {
        millis = List.copyOf(millis);
    }

    static QueryResult failed(String query, String engine, String failure) {
        return new QueryResult(query, engine, Double.NaN, List.of(), 0, Optional.of(failure));
    }

    /// The middle of the runs that count.
    public double medianMillis() {
        return Median.of(millis);
    }
}
