package io.basaltdb.benchmarks.bulk;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Basalt's driver, in process: batches of a prepared INSERT.
public final class JdbcDoor implements BulkDoor {
    private static final int BATCH_ROWS = 100_000;

    private final String url;
    private final Connection connection;

    public JdbcDoor(Path folder) throws SQLException, IOException {
        url = "jdbc:basalt:file:" + folder;
        connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE narrow " + NarrowRows.COLUMNS);
        }
    }

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public void load(long from, long to) throws SQLException {
        try (Connection own = DriverManager.getConnection(url);
                PreparedStatement insert =
                        own.prepareStatement("INSERT INTO narrow VALUES (?, ?, ?, ?)")) {
            for (long row = from; row < to; row += BATCH_ROWS) {
                long end = Math.min(to, row + BATCH_ROWS);
                for (long i = row; i < end; i++) {
                    set(insert, i);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    private static void set(PreparedStatement insert, long row) throws SQLException {
        long micros = NarrowRows.atMicros(row);
        insert.setLong(1, row);
        insert.setObject(
                2,
                LocalDateTime.ofEpochSecond(
                        micros / 1_000_000, (int) (micros % 1_000_000) * 1_000, ZoneOffset.UTC));
        insert.setInt(3, NarrowRows.kind(row));
        insert.setDouble(4, NarrowRows.amount(row));
    }

    @Override
    public long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM narrow")) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
