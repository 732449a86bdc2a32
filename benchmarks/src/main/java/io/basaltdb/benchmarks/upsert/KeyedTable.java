package io.basaltdb.benchmarks.upsert;

import io.basaltdb.benchmarks.engine.Engine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/// A table of so many rows in one engine, with or without a primary key, and what it holds: the version of each row, from 0 at the load.
public final class KeyedTable {
    private static final String COLUMNS =
            "id BIGINT, name VARCHAR, quantity INTEGER, price DOUBLE, version BIGINT";

    private final Engine engine;
    private final String name;
    private final long[] versions;

    private KeyedTable(Engine engine, String name, int rowCount) {
        this.engine = engine;
        this.name = name;
        this.versions = new long[rowCount];
    }

    /// Creates the table and fills it.
    public static KeyedTable load(Engine engine, String name, int rowCount, boolean isKeyed)
            throws SQLException {
        KeyedTable table = new KeyedTable(engine, name, rowCount);
        table.execute(
                String.format(
                        Locale.ROOT,
                        "CREATE TABLE %s (%s%s)",
                        name,
                        COLUMNS,
                        isKeyed ? ", PRIMARY KEY (id)" : ""));
        table.execute(
                String.format(
                        Locale.ROOT,
                        "INSERT INTO %s SELECT i, 'item ' || CAST(i %% 1000 AS VARCHAR), CAST(i %% 50 AS INTEGER),"
                                + " (i %% 9973) * 0.25, 0 FROM generate_series(0, %d) AS s(i)",
                        name,
                        rowCount - 1));
        return table;
    }

    Engine engine() {
        return engine;
    }

    public String name() {
        return name;
    }

    public int rowCount() {
        return versions.length;
    }

    /// Says that the row has that version now.
    void changed(int key, long version) {
        versions[key] = version;
    }

    /// Fails where the table does not hold exactly the rows of those versions.
    public void check() throws SQLException {
        long sum = 0;
        long weighted = 0;
        for (int key = 0; key < versions.length; key++) {
            sum += versions[key];
            weighted += versions[key] * (key % 1000);
        }
        String expected = rowCount() + " rows, versions " + sum + ", weighted " + weighted;
        try (Statement statement = engine.connection().createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT COUNT(*), SUM(version), SUM(version * (id % 1000)) FROM "
                                        + name)) {
            result.next();
            String found =
                    result.getLong(1)
                            + " rows, versions "
                            + result.getLong(2)
                            + ", weighted "
                            + result.getLong(3);
            if (!found.equals(expected)) {
                throw new IllegalStateException(
                        engine.name() + " holds " + found + ", expected " + expected);
            }
        }
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = engine.connection().createStatement()) {
            statement.execute(sql);
        }
    }
}
