package io.basaltdb.shell.sql;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs statements on a connection and writes what they give. One thread runs; another may [#cancel].
public final class StatementRunner {
    private final Connection connection;
    private final PrintWriter out;
    private volatile @Nullable Statement current;

    public StatementRunner(Connection connection, PrintWriter out) {
        this.connection = connection;
        this.out = out;
    }

    /// What a statement gave and took.
    ///
    /// @param rows given or changed; −1 where the statement gives none
    public record Outcome(boolean gaveRows, long rows, long nanos) {}

    /// Runs one statement; its rows are written in that format.
    ///
    /// @param width columns of the terminal
    public Outcome run(String sql, ResultFormat format, int width)
            throws SQLException, IOException {
        long start = System.nanoTime();
        try (Statement statement = connection.createStatement()) {
            current = statement;
            boolean givesRows = statement.execute(sql);
            long rows =
                    givesRows ? write(statement, format, width) : statement.getLargeUpdateCount();
            return new Outcome(givesRows, rows, System.nanoTime() - start);
        } finally {
            current = null;
            out.flush();
        }
    }

    /// Stops what is running, from another thread.
    public void cancel() {
        Statement running = current;
        if (running != null) {
            try {
                running.cancel();
            } catch (SQLException e) {
                // It has ended meanwhile.
            }
        }
    }

    private long write(Statement statement, ResultFormat format, int width)
            throws SQLException, IOException {
        try (ResultSet rows = statement.getResultSet()) {
            ResultSetMetaData about = rows.getMetaData();
            List<RowWriter.Column> columns = columns(about);
            RowWriter writer = format.writer(out, width);
            writer.begin(columns);
            long count = 0;
            while (rows.next()) {
                List<@Nullable String> values = new ArrayList<>(columns.size());
                for (int c = 1; c <= columns.size(); c++) {
                    values.add(rows.getString(c));
                }
                writer.row(values);
                count++;
            }
            writer.end();
            return count;
        }
    }

    private static List<RowWriter.Column> columns(ResultSetMetaData about) throws SQLException {
        List<RowWriter.Column> columns = new ArrayList<>();
        for (int c = 1; c <= about.getColumnCount(); c++) {
            columns.add(
                    new RowWriter.Column(
                            about.getColumnLabel(c),
                            about.getColumnTypeName(c),
                            isNumber(about.getColumnType(c))));
        }
        return columns;
    }

    private static boolean isNumber(int type) {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> true;
            case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.DECIMAL, Types.NUMERIC -> true;
            default -> false;
        };
    }
}
