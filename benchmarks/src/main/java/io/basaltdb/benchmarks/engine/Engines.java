package io.basaltdb.benchmarks.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// The engines by name.
public final class Engines {
    /// Every name that [#open] knows.
    public static final List<String> NAMES = List.of("basalt", "duckdb");

    private Engines() {}

    /// Opens an empty database in its own folder under `parent`, with that many threads.
    public static Engine open(String name, Path parent, int threads)
            throws IOException, SQLException {
        Path folder = parent.resolve(name);
        Folders.makeEmpty(folder);
        return switch (name) {
            case "basalt" -> new BasaltEngine(folder, threads);
            case "duckdb" -> new DuckDbEngine(folder, threads);
            default ->
                    throw new IllegalArgumentException(
                            "no engine " + name + "; known are " + String.join(", ", NAMES));
        };
    }
}
