package io.basaltdb.benchmarks.crash;

import io.basaltdb.jdbc.BasaltStatement;
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
///
/// @param totalled whether every second batch of every second writer is a transaction that also adds itself to the totals of its writer, in
///     a table with a key; the other writers are many times as fast, and keep seals and merges going
/// @param tokened whether each batch is sent under a token of its own
record Batches(long seed, boolean totalled, boolean tokened) {
    private static final int MAX_ROWS = 40;
    private static final String OTHER_CONTENT = "23000";
    static final String CREATE =
            "CREATE TABLE IF NOT EXISTS batches (batch BIGINT, place INTEGER, amount BIGINT, name VARCHAR(60))";
    static final String CREATE_TOTALS =
            "CREATE TABLE IF NOT EXISTS totals (writer BIGINT PRIMARY KEY, batch_count BIGINT, row_count BIGINT)";
    private static final String INSERT = "INSERT INTO batches VALUES (?, ?, ?, ?)";
    private static final String ADD =
            "INSERT INTO totals VALUES (?, 1, ?) ON CONFLICT (writer) DO UPDATE SET"
                    + " batch_count = totals.batch_count + 1,"
                    + " row_count = totals.row_count + excluded.row_count";

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

    private boolean isTotalled(long batch) {
        return totalled && (writer(batch) & 1) != 0 && (sequence(batch) & 1) != 0;
    }

    static int writer(long batch) {
        return (int) (batch & 0xff);
    }

    static int sequence(long batch) {
        return (int) (batch >> 8 & 0xffff_ffffL);
    }

    /// Inserts a batch in one commit.
    void insert(Connection connection, long batch) throws SQLException {
        if (!isTotalled(batch)) {
            insertRows(connection, batch);
            return;
        }
        connection.setAutoCommit(false);
        try (PreparedStatement add = prepare(connection, ADD, batch)) {
            add.setLong(1, writer(batch));
            add.setLong(2, rows(batch));
            add.executeUpdate();
            insertRows(connection, batch); // which commits
        }
        connection.setAutoCommit(true);
    }

    private PreparedStatement prepare(Connection connection, String sql, long batch)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        if (tokened) {
            statement.unwrap(BasaltStatement.class).setInsertToken("batch " + batch);
        }
        return statement;
    }

    /// Sends other rows under the batch's token; says what is wrong, unless they are refused.
    List<String> sendOtherContent(Connection connection, long batch) throws SQLException {
        String what = "other content under the token of batch " + batch;
        try (PreparedStatement insert = prepare(connection, INSERT, batch)) {
            insert.setLong(1, batch);
            insert.setInt(2, rows(batch));
            insert.setLong(3, 0);
            insert.setString(4, "other");
            insert.addBatch();
            insert.executeBatch();
            return List.of(what + " was accepted");
        } catch (SQLException refused) {
            return OTHER_CONTENT.equals(refused.getSQLState())
                    ? List.of()
                    : List.of(what + ": " + refused);
        }
    }

    private void insertRows(Connection connection, long batch) throws SQLException {
        try (PreparedStatement insert = prepare(connection, INSERT, batch)) {
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

    /// Reads all rows of both tables, at one commit, and compares each with what it must be.
    Found read(Connection connection) throws SQLException {
        if (!totalled) {
            return readRows(connection);
        }
        connection.setAutoCommit(false);
        Found found = readRows(connection);
        checkTotals(connection, found);
        connection.commit();
        connection.setAutoCommit(true);
        return found;
    }

    /// The totals of each writer are those of its batches: no upsert is lost, none is there twice, and none without its rows.
    private void checkTotals(Connection connection, Found found) throws SQLException {
        TreeMap<Long, String> expected = new TreeMap<>();
        TreeMap<Long, long[]> sums = new TreeMap<>();
        found.rowsByBatch()
                .forEach((batch, rows) -> {
                    if (isTotalled(batch)) {
                        long[] sum = sums.computeIfAbsent((long) writer(batch), _ -> new long[2]);
                        sum[0]++;
                        sum[1] += rows;
                    }
                });
        sums.forEach(
                (writer, sum) -> expected.put(writer, sum[0] + " batches, " + sum[1] + " rows"));
        TreeMap<Long, String> totals = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM totals")) {
            while (rows.next()) {
                String total = rows.getLong(2) + " batches, " + rows.getLong(3) + " rows";
                if (totals.put(rows.getLong(1), total) != null) {
                    found.faults().add("the totals of writer " + rows.getLong(1) + " come twice");
                }
            }
        }
        if (!totals.equals(expected)) {
            found.faults().add("the totals are " + totals + ", expected " + expected);
        }
    }

    private Found readRows(Connection connection) throws SQLException {
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
