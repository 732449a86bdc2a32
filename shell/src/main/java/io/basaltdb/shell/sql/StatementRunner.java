package io.basaltdb.shell.sql;

import io.basaltdb.jdbc.BasaltStatement;
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
    private final @Nullable ProgressLine progress;
    private volatile @Nullable Statement current;

    public StatementRunner(Connection connection, PrintWriter out) {
        this(connection, out, null);
    }

    /// @param progress where a statement that takes long shows how far it is, or null
    StatementRunner(Connection connection, PrintWriter out, @Nullable ProgressLine progress) {
        this.connection = connection;
        this.out = out;
        this.progress = progress;
    }

    /// What a statement gave and took.
    ///
    /// @param rows given or changed; −1 where the statement gives none
    /// @param more whether it had more rows than were read
    public record Outcome(boolean gaveRows, long rows, boolean more, long nanos) {}

    /// Runs one statement and writes its rows.
    public Outcome run(String sql, Display display) throws SQLException, IOException {
        long start = System.nanoTime();
        try (Statement statement = connection.createStatement()) {
            begin(statement);
            if (!statement.execute(sql)) {
                long rows = statement.getLargeUpdateCount();
                return new Outcome(false, rows, false, System.nanoTime() - start);
            }
            return write(statement, display, start);
        } finally {
            endProgress();
            current = null;
            out.flush();
        }
    }

    private void begin(Statement statement) throws SQLException {
        current = statement;
        ProgressLine line = progress;
        if (line != null) {
            line.begin();
            statement.unwrap(BasaltStatement.class).setProgressListener(line);
        }
    }

    private void endProgress() {
        if (progress != null) {
            progress.end();
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

    private Outcome write(Statement statement, Display display, long start)
            throws SQLException, IOException {
        try (ResultSet rows = statement.getResultSet()) {
            List<RowWriter.Column> columns = columns(rows.getMetaData());
            RowWriter writer = display.writer(out);
            if (!writer.holdsBack()) {
                endProgress();
            }
            writer.begin(columns);
            long count = 0;
            boolean more = rows.next();
            while (more && writer.wantsMore()) {
                List<@Nullable String> values = new ArrayList<>(columns.size());
                for (int c = 1; c <= columns.size(); c++) {
                    values.add(rows.getString(c));
                }
                writer.row(values);
                count++;
                more = rows.next();
            }
            long nanos = System.nanoTime() - start;
            endProgress();
            writer.end(more);
            return new Outcome(true, count, more, nanos);
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
