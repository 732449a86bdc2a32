package io.basaltdb.benchmarks.bulk;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// DuckDB's Appender. Its last flush commits, and writes what it wrote into its log or its file.
public final class DuckDbDoor implements BulkDoor {
    private final String url;
    private final Connection connection;

    public DuckDbDoor(Path folder, int threads) throws SQLException {
        url = "jdbc:duckdb:" + folder.resolve("database.duckdb");
        connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + threads);
            statement.execute("CREATE TABLE narrow " + NarrowRows.COLUMNS);
        }
    }

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public void load(long from, long to) throws SQLException {
        try (Connection own = DriverManager.getConnection(url);
                DuckDBAppender appender =
                        own.unwrap(DuckDBConnection.class).createAppender("main", "narrow")) {
            for (long row = from; row < to; row++) {
                long micros = NarrowRows.atMicros(row);
                appender.beginRow();
                appender.append(row);
                appender.append(
                        LocalDateTime.ofEpochSecond(
                                micros / 1_000_000,
                                (int) (micros % 1_000_000) * 1_000,
                                ZoneOffset.UTC));
                appender.append(NarrowRows.kind(row));
                appender.append(NarrowRows.amount(row));
                appender.endRow();
            }
        }
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
