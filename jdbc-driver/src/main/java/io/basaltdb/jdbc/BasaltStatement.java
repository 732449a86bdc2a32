package io.basaltdb.jdbc;

import io.basaltdb.jdbc.wire.Answer;
import io.basaltdb.jdbc.wire.LocalRows;
import io.basaltdb.jdbc.wire.QueryLimits;
import io.basaltdb.jdbc.wire.Requests;
import io.basaltdb.jdbc.wire.WireException;
import io.basaltdb.protocol.ipc.WireField;
import io.basaltdb.protocol.ipc.WireSchema;
import io.basaltdb.protocol.ipc.WireType;
import io.basaltdb.protocol.message.Progress;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A statement: sends SQL in one round trip, and has at most one result at a time. Used by one thread
/// at a time, except [#cancel]. Whoever unwraps it can hear how far it is.
public class BasaltStatement extends Wrapped implements Statement {
    private static final int ROWS_PER_CREDIT = 8_192;
    private static final int USUAL_CREDIT = 4;
    private static final int MOST_CREDIT = 16;
    private static final int NO_COUNT = -1;
    private static final String INSERT_TOKEN = "insert_token";

    private final BasaltConnection connection;
    private final List<String> batch = new ArrayList<>();
    private volatile @Nullable Answer running;
    private volatile boolean isClosed;
    private @Nullable BasaltResultSet results;
    private @Nullable SQLWarning warnings;
    private long updateCount = NO_COUNT;
    private long maxRows;
    private int maxFieldBytes;
    private int fetchSize;
    private int timeoutSeconds;
    private boolean closesOnCompletion;
    private boolean isPoolable;
    private @Nullable ProgressListener progressListener;
    private String insertToken = "";

    BasaltStatement(BasaltConnection connection) {
        this.connection = connection;
    }

    final BasaltConnection basalt() {
        return connection;
    }

    final void addWarning(SQLWarning warning) {
        if (warnings == null) {
            warnings = warning;
        } else {
            warnings.setNextWarning(warning);
        }
    }

    final void checkOpen() throws SQLException {
        if (isClosed) {
            throw SqlErrors.closed("statement");
        }
    }

    // ---- execution ----

    /// Ends what ran before, so that the next execution begins clean.
    final void begin() throws SQLException {
        checkOpen();
        BasaltResultSet open = results;
        results = null;
        if (open != null) {
            open.close();
        }
        updateCount = NO_COUNT;
        warnings = null;
        connection.willExecute();
    }

    /// Runs SQL; returns whether it gives rows.
    final boolean run(String sql, byte[] parameters) throws SQLException {
        begin();
        try {
            Answer answer =
                    Requests.query(
                            connection.wire(), sql, parameters, limits(), settings(), progress());
            running = answer;
            if (answer.awaitSchema() == null) {
                updateCount = Math.max(0, answer.awaitDone().updateCount());
                running = null;
                return false;
            }
            results = new BasaltResultSet(this, answer, fetchSize);
            return true;
        } catch (WireException e) {
            running = null;
            throw SqlErrors.of(e);
        }
    }

    private Map<String, String> settings() {
        return insertToken.isEmpty() ? Map.of() : Map.of(INSERT_TOKEN, insertToken);
    }

    final String insertToken() {
        return insertToken;
    }

    /// Names the insert that the following executions carry out: however often it is sent under that name, it is carried out once, so that a
    /// program may send it again when it does not know whether it was. The same name with other content is an error. Null for no name. Goes
    /// beyond `java.sql`: `statement.unwrap(BasaltStatement.class).setInsertToken(…)`.
    public final void setInsertToken(@Nullable String token) throws SQLException {
        checkOpen();
        insertToken = token == null ? "" : token;
    }

    private @Nullable Consumer<Progress> progress() {
        ProgressListener listener = progressListener;
        return listener == null
                ? null
                : now -> listener.progressed(now.rows(), now.bytes(), now.totalRows());
    }

    /// Names who hears how far the following executions are; null for nobody. Goes beyond `java.sql`:
    /// `statement.unwrap(BasaltStatement.class).setProgressListener(…)`.
    public final void setProgressListener(@Nullable ProgressListener listener) throws SQLException {
        checkOpen();
        progressListener = listener;
    }

    private QueryLimits limits() {
        int credit =
                fetchSize == 0
                        ? USUAL_CREDIT
                        : Math.min(MOST_CREDIT, 1 + fetchSize / ROWS_PER_CREDIT);
        return new QueryLimits(credit, maxRows, timeoutMillis());
    }

    final int timeoutMillis() {
        return (int) Math.min(Integer.MAX_VALUE, timeoutSeconds * 1_000L);
    }

    /// What [#cancel] stops.
    final void setRunning(@Nullable Answer answer) {
        running = answer;
    }

    final void setUpdateCount(long count) {
        updateCount = count;
    }

    final ResultSet rows() throws SQLException {
        BasaltResultSet open = results;
        if (open == null) {
            throw SqlErrors.of("07005", "the statement gave no rows; use executeUpdate or execute");
        }
        return open;
    }

    final long count() throws SQLException {
        if (results != null) {
            begin();
            throw SqlErrors.of("07005", "the statement gave rows; use executeQuery or execute");
        }
        return updateCount;
    }

    static int narrow(long count) {
        return count > Integer.MAX_VALUE ? SUCCESS_NO_INFO : (int) count;
    }

    /// The result set has ended or was closed.
    final void resultsClosed(BasaltResultSet closed) {
        if (results == closed) {
            running = null;
            if (closesOnCompletion) {
                close();
            }
        }
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        run(sql, new byte[0]);
        return rows();
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        return run(sql, new byte[0]);
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        run(sql, new byte[0]);
        return count();
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return narrow(executeLargeUpdate(sql));
    }

    @Override
    public final int executeUpdate(String sql, int generatedKeys) throws SQLException {
        return executeUpdate(sql);
    }

    @Override
    public final int executeUpdate(String sql, int[] columns) throws SQLException {
        return executeUpdate(sql);
    }

    @Override
    public final int executeUpdate(String sql, String[] columns) throws SQLException {
        return executeUpdate(sql);
    }

    @Override
    public final long executeLargeUpdate(String sql, int generatedKeys) throws SQLException {
        return executeLargeUpdate(sql);
    }

    @Override
    public final long executeLargeUpdate(String sql, int[] columns) throws SQLException {
        return executeLargeUpdate(sql);
    }

    @Override
    public final long executeLargeUpdate(String sql, String[] columns) throws SQLException {
        return executeLargeUpdate(sql);
    }

    @Override
    public final boolean execute(String sql, int generatedKeys) throws SQLException {
        return execute(sql);
    }

    @Override
    public final boolean execute(String sql, int[] columns) throws SQLException {
        return execute(sql);
    }

    @Override
    public final boolean execute(String sql, String[] columns) throws SQLException {
        return execute(sql);
    }

    // ---- batches of statements ----

    @Override
    public void addBatch(String sql) throws SQLException {
        checkOpen();
        batch.add(sql);
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        List<String> statements = new ArrayList<>(batch);
        batch.clear();
        long[] counts = new long[statements.size()];
        for (int i = 0; i < counts.length; i++) {
            try {
                run(statements.get(i), new byte[0]);
                counts[i] = count();
            } catch (SQLException e) {
                throw new BatchUpdateException(
                        e.getMessage(),
                        e.getSQLState(),
                        e.getErrorCode(),
                        java.util.Arrays.copyOf(counts, i),
                        e);
            }
        }
        return counts;
    }

    @Override
    public final int[] executeBatch() throws SQLException {
        long[] counts = executeLargeBatch();
        int[] narrow = new int[counts.length];
        for (int i = 0; i < counts.length; i++) {
            narrow[i] = narrow(counts[i]);
        }
        return narrow;
    }

    // ---- results ----

    @Override
    public final @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        return results;
    }

    @Override
    public final int getUpdateCount() throws SQLException {
        return narrow(getLargeUpdateCount());
    }

    @Override
    public final long getLargeUpdateCount() throws SQLException {
        checkOpen();
        return updateCount;
    }

    @Override
    public final boolean getMoreResults() throws SQLException {
        return getMoreResults(CLOSE_CURRENT_RESULT);
    }

    @Override
    public final boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        BasaltResultSet open = results;
        results = null;
        updateCount = NO_COUNT;
        if (open != null && current != KEEP_CURRENT_RESULT) {
            open.close();
        }
        return false;
    }

    /// There are no generated keys.
    @Override
    public final ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        WireSchema schema = WireSchema.of(WireField.of("GENERATED_KEY", WireType.INT64, true));
        return new BasaltResultSet(null, new LocalRows(schema), 0);
    }

    // ---- settings ----

    @Override
    public final int getMaxRows() throws SQLException {
        return (int) Math.min(Integer.MAX_VALUE, getLargeMaxRows());
    }

    @Override
    public final long getLargeMaxRows() throws SQLException {
        checkOpen();
        return maxRows;
    }

    @Override
    public final void setMaxRows(int rows) throws SQLException {
        setLargeMaxRows(rows);
    }

    @Override
    public final void setLargeMaxRows(long rows) throws SQLException {
        checkOpen();
        checkNotNegative(rows, "number of rows");
        maxRows = rows;
    }

    /// Kept, and without effect: values always come whole.
    @Override
    public final void setMaxFieldSize(int bytes) throws SQLException {
        checkOpen();
        checkNotNegative(bytes, "field size");
        maxFieldBytes = bytes;
    }

    @Override
    public final int getMaxFieldSize() throws SQLException {
        checkOpen();
        return maxFieldBytes;
    }

    @Override
    public final void setEscapeProcessing(boolean enable) throws SQLException {
        checkOpen();
    }

    @Override
    public final int getQueryTimeout() throws SQLException {
        checkOpen();
        return timeoutSeconds;
    }

    @Override
    public final void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        checkNotNegative(seconds, "timeout");
        timeoutSeconds = seconds;
    }

    private static void checkNotNegative(long value, String what) throws SQLException {
        if (value < 0) {
            throw SqlErrors.of("22023", "a " + what + " of " + value + " is negative");
        }
    }

    @Override
    public final void setFetchDirection(int direction) throws SQLException {
        checkOpen();
    }

    @Override
    public final int getFetchDirection() throws SQLException {
        checkOpen();
        return ResultSet.FETCH_FORWARD;
    }

    /// A hint how far the server may send ahead.
    @Override
    public final void setFetchSize(int rows) throws SQLException {
        checkOpen();
        checkNotNegative(rows, "fetch size");
        fetchSize = rows;
    }

    @Override
    public final int getFetchSize() throws SQLException {
        checkOpen();
        return fetchSize;
    }

    @Override
    public final int getResultSetConcurrency() throws SQLException {
        checkOpen();
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public final int getResultSetType() throws SQLException {
        checkOpen();
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public final int getResultSetHoldability() throws SQLException {
        checkOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public final void setCursorName(@Nullable String name) throws SQLException {
        checkOpen();
    }

    @Override
    public final Connection getConnection() throws SQLException {
        checkOpen();
        return connection;
    }

    @Override
    public final @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warnings;
    }

    @Override
    public final void clearWarnings() throws SQLException {
        checkOpen();
        warnings = null;
    }

    @Override
    public final void setPoolable(boolean poolable) throws SQLException {
        checkOpen();
        isPoolable = poolable;
    }

    @Override
    public final boolean isPoolable() throws SQLException {
        checkOpen();
        return isPoolable;
    }

    // ---- life ----

    @Override
    public final void cancel() throws SQLException {
        checkOpen();
        Answer answer = running;
        if (answer != null) {
            try {
                answer.cancel();
            } catch (WireException e) {
                throw SqlErrors.of(e);
            }
        }
    }

    @Override
    public final void closeOnCompletion() throws SQLException {
        checkOpen();
        closesOnCompletion = true;
    }

    @Override
    public final boolean isCloseOnCompletion() throws SQLException {
        checkOpen();
        return closesOnCompletion;
    }

    @Override
    public final boolean isClosed() {
        return isClosed;
    }

    @Override
    public final void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        BasaltResultSet open = results;
        results = null;
        if (open != null) {
            open.close();
        }
        running = null;
        connection.forget(this);
    }
}
