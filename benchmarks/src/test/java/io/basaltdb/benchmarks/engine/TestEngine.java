package io.basaltdb.benchmarks.engine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// An engine that tests can open empty in memory.
///
/// @param names what sqllogictest scripts may call it in `skipif` and `onlyif`
/// @param primaryKeys whether it takes PRIMARY KEY in CREATE TABLE
/// @param setUp statements for each new connection
public record TestEngine(
        String name, String url, Set<String> names, boolean primaryKeys, List<String> setUp) {
    private static final Pattern PRIMARY_KEY =
            Pattern.compile("\\s+PRIMARY\\s+KEY\\b", Pattern.CASE_INSENSITIVE);

    public static final TestEngine DUCKDB =
            new TestEngine(
                    "duckdb",
                    "jdbc:duckdb:",
                    Set.of("duckdb", "postgresql"),
                    true,
                    List.of("SET integer_division = true", "SET threads = 2"));

    public static final TestEngine H2 =
            new TestEngine(
                    "h2", "jdbc:h2:mem:;DEFAULT_NULL_ORDERING=HIGH", Set.of("h2"), true, List.of());

    public static final TestEngine BASALT =
            new TestEngine(
                    "basalt", "jdbc:basalt:mem:", Set.of("basalt", "postgresql"), false, List.of());

    public TestEngine {
        names = Set.copyOf(names);
        setUp = List.copyOf(setUp);
    }

    /// Whether tests of Basalt run: `-Dtest.basalt=true`, set in the module's pom.
    public static boolean basaltStands() {
        return Boolean.getBoolean("test.basalt");
    }

    /// A statement of a script made for other engines, in the form that this one takes: without PRIMARY KEY where it refuses
    /// constraints. Scripts declare keys to allow an index; whether the rows keep them is not what they ask.
    public String statement(String sql) {
        return primaryKeys || !sql.stripLeading().regionMatches(true, 0, "CREATE TABLE", 0, 12)
                ? sql
                : PRIMARY_KEY.matcher(sql).replaceAll("");
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
