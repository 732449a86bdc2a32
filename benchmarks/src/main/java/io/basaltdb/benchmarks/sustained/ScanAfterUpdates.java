package io.basaltdb.benchmarks.sustained;

import io.basaltdb.benchmarks.engine.Engine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;

/// A query over most rows of a table, grouped and summed as TPC-H's first, on a table without a key and on one with: as loaded, right after a tenth
/// of its rows, scattered, were updated, and once merges have settled.
public final class ScanAfterUpdates {
    private static final String UNKEYED = "lines_unkeyed";
    private static final String KEYED = "lines_keyed";
    private static final int WARMUPS = 2;
    private static final long LONGEST_WAIT_NANOS = 300_000_000_000L;

    private final Engine engine;
    private final int rowCount;
    private final int runs;

    public ScanAfterUpdates(Engine engine, int rowCount, int runs) {
        this.engine = engine;
        this.rowCount = rowCount;
        this.runs = runs;
    }

    /// Medians of scans of both tables that took turns.
    public record Scans(double unkeyedMillis, double keyedMillis) {
        public double ratio() {
            return keyedMillis / unkeyedMillis;
        }
    }

    /// @param settleSeconds how long the merges took after the update
    public record Outcome(
            Scans loaded,
            double updateMillis,
            Scans updated,
            Scans settled,
            double settleSeconds) {}

    public Outcome run() throws SQLException, InterruptedException {
        load(UNKEYED, "");
        load(KEYED, ", PRIMARY KEY (id)");
        settle();
        String before = answer(KEYED);
        for (int i = 0; i < WARMUPS; i++) {
            scans();
        }
        Scans loaded = scans();
        long begun = System.nanoTime();
        execute("UPDATE " + KEYED + " SET comment = 'changed' WHERE id * 48271 % 100003 % 10 = 3");
        double update = (System.nanoTime() - begun) / 1e6;
        Scans updated = scans();
        long waits = System.nanoTime();
        settle();
        double waited = (System.nanoTime() - waits) / 1e9;
        Scans settled = scans();
        if (!answer(KEYED).equals(before) || !answer(UNKEYED).equals(before)) {
            throw new IllegalStateException("the scans give different answers");
        }
        return new Outcome(loaded, update, updated, settled, waited);
    }

    private void load(String table, String key) throws SQLException {
        execute(
                String.format(
                        Locale.ROOT,
                        "CREATE TABLE %s (id BIGINT, flag VARCHAR, status VARCHAR, quantity DECIMAL(15, 2), price DECIMAL(15, 2),"
                                + " discount DECIMAL(15, 2), tax DECIMAL(15, 2), shipped DATE, comment VARCHAR%s) ORDER BY (id)",
                        table,
                        key));
        execute(
                String.format(
                        Locale.ROOT,
                        "INSERT INTO %s SELECT i, CASE i %% 3 WHEN 0 THEN 'A' WHEN 1 THEN 'N' ELSE 'R' END,"
                                + " CASE WHEN i %% 7 < 4 THEN 'F' ELSE 'O' END, 1 + i %% 50, (i * 7919 %% 9000000 + 100000) / 100.0,"
                                + " (i %% 11) / 100.0, (i %% 9) / 100.0, DATE '1992-01-01' + CAST(i * 31 %% 2500 AS INTEGER),"
                                + " 'line ' || CAST(i %% 5000 AS VARCHAR) FROM generate_series(0, %d) AS s(i)",
                        table,
                        rowCount - 1));
    }

    private static String query(String table) {
        return "SELECT flag, status, sum(quantity), sum(price), sum(price * (1 - discount)),"
                + " sum(price * (1 - discount) * (1 + tax)), avg(quantity), avg(price), avg(discount), count(*) FROM "
                + table
                + " WHERE shipped <= DATE '1998-09-02' GROUP BY flag, status ORDER BY flag, status";
    }

    private Scans scans() throws SQLException {
        double[] unkeyed = new double[runs];
        double[] keyed = new double[runs];
        for (int i = 0; i < runs; i++) {
            unkeyed[i] = scanMillis(UNKEYED);
            keyed[i] = scanMillis(KEYED);
        }
        Arrays.sort(unkeyed);
        Arrays.sort(keyed);
        return new Scans(unkeyed[runs / 2], keyed[runs / 2]);
    }

    private double scanMillis(String table) throws SQLException {
        long begun = System.nanoTime();
        answer(table);
        return (System.nanoTime() - begun) / 1e6;
    }

    private String answer(String table) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Statement statement = engine.connection().createStatement();
                ResultSet result = statement.executeQuery(query(table))) {
            while (result.next()) {
                for (int c = 1; c <= 10; c++) {
                    text.append(result.getString(c)).append(' ');
                }
            }
        }
        return text.toString();
    }

    /// Waits until no part has dead rows and nothing is merged.
    private void settle() throws SQLException, InterruptedException {
        long begun = System.nanoTime();
        int quiet = 0;
        while (quiet < 5 && System.nanoTime() - begun < LONGEST_WAIT_NANOS) {
            Thread.sleep(200);
            long busy =
                    number("SELECT count(*) FROM system.merges WHERE state = 'running'")
                            + number("SELECT count(*) FROM system.parts WHERE dead_row_count > 0");
            quiet = busy == 0 ? quiet + 1 : 0;
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = engine.connection().createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = engine.connection().createStatement()) {
            statement.execute(sql);
        }
    }
}
