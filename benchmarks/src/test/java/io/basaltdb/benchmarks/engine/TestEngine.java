package io.basaltdb.benchmarks.engine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/// An engine that tests can open empty in memory.
///
/// @param names what sqllogictest scripts may call it in `skipif` and `onlyif`
/// @param setUp statements for each new connection
public record TestEngine(String name, String url, Set<String> names, List<String> setUp) {
    public static final TestEngine DUCKDB =
            new TestEngine(
                    "duckdb",
                    "jdbc:duckdb:",
                    Set.of("duckdb", "postgresql"),
                    List.of("SET integer_division = true", "SET threads = 2"));

    public static final TestEngine H2 =
            new TestEngine(
                    "h2", "jdbc:h2:mem:;DEFAULT_NULL_ORDERING=HIGH", Set.of("h2"), List.of());

    public static final TestEngine BASALT =
            new TestEngine("basalt", "jdbc:basalt:mem:", Set.of("basalt", "postgresql"), List.of());

    public TestEngine {
        names = Set.copyOf(names);
        setUp = List.copyOf(setUp);
    }

    /// Whether tests of Basalt run: `-Dtest.basalt=true`, set in the module's pom.
    public static boolean basaltStands() {
        return Boolean.getBoolean("test.basalt");
    }

    /// A connection to a new, empty database.
    public Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            for (String sql : setUp) {
                statement.execute(sql);
            }
        }
        return connection;
    }
}
