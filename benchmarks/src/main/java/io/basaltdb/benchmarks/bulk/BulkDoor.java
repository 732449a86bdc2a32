package io.basaltdb.benchmarks.bulk;

import java.sql.SQLException;
import java.util.List;

/// One way into one engine.
public interface BulkDoor extends AutoCloseable {
    /// The doors by name.
    List<String> NAMES = List.of("jdbc", "appender", "duckdb");

    String name();

    /// Loads the rows of those numbers, of which other threads load others; durable when it returns.
    void load(long from, long to) throws SQLException;

    /// How many rows are there.
    long count() throws SQLException;

    @Override
    void close() throws SQLException;
}
