package io.basaltdb.benchmarks.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// The engines by name.
public final class Engines {
    /// Every name that [#open] knows.
    public static final List<String> NAMES = List.of("basalt", "duckdb");

    /// Every name that [#openForQueries] knows.
    public static final List<String> QUERY_NAMES = List.of("basalt", "duckdb", "clickhouse");

    private Engines() {}

    /// Opens an empty database in its own folder under `parent`, with that many threads.
    public static Engine open(String name, Path parent, int threads)
            throws IOException, SQLException {
        Path folder = parent.resolve(name);
        Folders.makeEmpty(folder);
        return switch (name) {
            case "basalt" -> new BasaltEngine(folder, threads);
            case "duckdb" -> new DuckDbEngine(folder, threads);
            default -> throw unknown(name, NAMES);
        };
    }

    /// The same for an engine that only needs to load files and to answer queries.
    public static QueryEngine openForQueries(String name, Path parent, int threads)
            throws IOException, SQLException {
        if (!name.equals("clickhouse")) {
            return open(name, parent, threads);
        }
        Path folder = parent.resolve(name);
        Folders.makeEmpty(folder);
        return ClickHouseEngine.open(folder, threads);
    }

    /// What to throw where nobody knows an engine of that name.
    public static IllegalArgumentException unknown(String name, List<String> known) {
        return new IllegalArgumentException(
                "no engine " + name + "; known are " + String.join(", ", known));
    }
}
