package io.basaltdb.benchmarks.engine;

import io.basaltdb.benchmarks.data.ColumnDefinition;
import io.basaltdb.benchmarks.data.RowBatch;
import io.basaltdb.benchmarks.data.TableDefinition;
import io.basaltdb.benchmarks.data.TableSource;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/// Streams generated rows into a table through a prepared INSERT, one `executeBatch` for so many rows.
public final class JdbcInsert implements AutoCloseable {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final List<ColumnDefinition> columns;
    private final PreparedStatement statement;
    private final int batchRows;
    private int pending;

    public JdbcInsert(Connection connection, TableDefinition table, int batchRows)
            throws SQLException {
        this.columns = table.columns();
        this.batchRows = batchRows;
        String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        statement =
                connection.prepareStatement(
                        "INSERT INTO " + table.name() + " VALUES (" + marks + ")");
    }

    /// Inserts all rows of a table that exists.
    public static void all(Connection connection, TableSource source, int batchRows)
            throws SQLException {
        try (JdbcInsert insert = new JdbcInsert(connection, source.definition(), batchRows)) {
            for (int piece = 0; piece < source.pieceCount(); piece++) {
                source.produce(piece, insert::addAll);
            }
            insert.flush();
        } catch (Failure failure) {
            throw failure.cause;
        }
    }

    /// Adds the rows of a batch.
    public void addAll(RowBatch batch) {
        addEvery(batch, 0, 1);
    }

    /// Adds the row at `first` of a batch and every one that is `distance` further.
    public void addEvery(RowBatch batch, int first, int distance) {
        try {
            for (int row = first; row < batch.size(); row += distance) {
                add(batch, row);
            }
        } catch (SQLException failed) {
            throw new Failure(failed);
        }
    }

    /// Adds one row.
    public void add(RowBatch batch, int row) throws SQLException {
        for (int column = 0; column < columns.size(); column++) {
            set(column, batch, row);
        }
        statement.addBatch();
        pending++;
        if (pending == batchRows) {
            flush();
        }
    }

    /// Executes what is waiting.
    public void flush() throws SQLException {
        if (pending > 0) {
            statement.executeBatch();
            pending = 0;
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }

    private void set(int column, RowBatch batch, int row) throws SQLException {
        int parameter = column + 1;
        if (batch.isNull(column, row)) {
            statement.setObject(parameter, null);
            return;
        }
        switch (columns.get(column).type()) {
            case SMALLINT -> statement.setShort(parameter, (short) batch.numbers(column)[row]);
            case INTEGER -> statement.setInt(parameter, (int) batch.numbers(column)[row]);
            case BIGINT -> statement.setLong(parameter, batch.numbers(column)[row]);
            case MONEY ->
                    statement.setBigDecimal(
                            parameter, BigDecimal.valueOf(batch.numbers(column)[row], 2));
            case DATE ->
                    statement.setObject(
                            parameter, LocalDate.ofEpochDay(batch.numbers(column)[row]));
            case TIMESTAMP -> statement.setObject(parameter, timestamp(batch.numbers(column)[row]));
            case TEXT -> statement.setString(parameter, batch.texts(column).text(row));
        }
    }

    private static LocalDateTime timestamp(long micros) {
        long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
        int nanos = (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000;
        return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
    }

    /// Carries a failure through the producer of the rows.
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient SQLException cause;

        Failure(SQLException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
