package io.basaltdb.benchmarks.suite;

/// How an engine took in the files.
public record LoadResult(String engine, double seconds, long rows, long sizeBytes) {
    /// Rows per second.
    public double rowsPerSecond() {
        return rows / seconds;
    }
}
