package io.basaltdb.benchmarks.crash;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Batches of rows whose content follows from the seed and the number of the batch.
record Batches(long seed) {
    private static final int MAX_ROWS = 40;
    static final String CREATE =
            "CREATE TABLE IF NOT EXISTS batches (batch BIGINT, place INTEGER, amount BIGINT, name VARCHAR(60))";
    private static final String INSERT = "INSERT INTO batches VALUES (?, ?, ?, ?)";

    /// The number of a batch: no two rounds or writers share one.
    static long number(int round, int writer, int sequence) {
        return (long) round << 40 | (long) sequence << 8 | writer;
    }

    int rows(long batch) {
        return 1 + draw(batch, -1).nextInt(MAX_ROWS);
    }

    private SplittableRandom draw(long batch, int position) {
        return new SplittableRandom(seed ^ batch * 31 ^ ((long) position << 52));
    }

    private long amount(long batch, int position) {
        return draw(batch, position).nextLong();
    }

    private String name(long batch, int position) {
        return "row " + position + " of " + batch + " " + draw(batch, position).nextInt(1000);
    }

    /// Inserts a batch in one `executeBatch` and one commit.
    void insert(Connection connection, long batch) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int position = 0; position < rows(batch); position++) {
                insert.setLong(1, batch);
                insert.setInt(2, position);
                insert.setLong(3, amount(batch, position));
                insert.setString(4, name(batch, position));
                insert.addBatch();
            }
            insert.executeBatch();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    /// What is wrong with the table, and which batches it holds.
    record Found(TreeMap<Long, Integer> rowsByBatch, List<String> faults) {}

    /// Reads all rows and compares each with what it must be.
    Found read(Connection connection) throws SQLException {
        TreeMap<Long, Integer> counts = new TreeMap<>();
        List<String> faults = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT batch, place, amount, name FROM batches ORDER BY batch, place")) {
            while (rows.next()) {
                long batch = rows.getLong(1);
                int position = rows.getInt(2);
                int expected = counts.getOrDefault(batch, 0);
                if (position != expected) {
                    faults.add(
                            "batch "
                                    + batch
                                    + ": position "
                                    + expected
                                    + " expected, found "
                                    + position);
                }
                if (rows.getLong(3) != amount(batch, position)
                        || !name(batch, position).equals(rows.getString(4))) {
                    faults.add("batch " + batch + ": wrong content at position " + position);
                }
                counts.merge(batch, 1, Integer::sum);
            }
        }
        counts.forEach((batch, count) -> {
            if (count != rows(batch)) {
                faults.add("batch " + batch + ": " + count + " of " + rows(batch) + " rows");
            }
        });
        return new Found(counts, faults);
    }
}
