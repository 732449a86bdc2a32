package io.basaltdb.jdbc;

import io.basaltdb.jdbc.value.ConversionException;
import io.basaltdb.jdbc.value.NestedArray;
import io.basaltdb.jdbc.value.NestedStruct;
import io.basaltdb.jdbc.value.NestedType;
import io.basaltdb.jdbc.wire.Requests;
import io.basaltdb.jdbc.wire.WireConnection;
import io.basaltdb.jdbc.wire.WireException;
import io.basaltdb.protocol.message.Capability;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.ClientInfoStatus;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A connection. Statements may be used from several threads, each statement by one at a time.
///
/// Every statement is a transaction of its own until `setAutoCommit(false)`; then the first one
/// begins a transaction that [#commit] or [#rollback] ends, and closing rolls back. A server that
/// does not say that it has transactions is not asked for one: a rollback that keeps the rows would
/// be worse than an error.
public final class BasaltConnection extends Wrapped implements Connection {
    private final WireConnection wire;
    private final ConnectUrl url;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final Set<BasaltStatement> statements =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final Properties clientProperties = new Properties();
    private @Nullable SQLWarning warnings;
    private String schema;
    private boolean isReadOnly;
    private boolean isAutoCommit = true;
    private boolean mayBeInTransaction;
    private int isolation = TRANSACTION_REPEATABLE_READ;
    private int holdability = ResultSet.HOLD_CURSORS_OVER_COMMIT;
    private int networkTimeoutMillis;

    BasaltConnection(WireConnection wire, ConnectUrl url) {
        this.wire = wire;
        this.url = url;
        this.schema = wire.schema();
    }

    WireConnection wire() throws SQLException {
        checkOpen();
        return wire;
    }

    ConnectUrl url() {
        return url;
    }

    /// What the server said of itself when it let us in.
    String attribute(String key, String absent) {
        return wire.attribute(key, absent);
    }

    boolean hasTransactions() {
        return wire.can(Capability.TRANSACTIONS);
    }

    void addWarning(SQLWarning warning) {
        if (warnings == null) {
            warnings = warning;
        } else {
            warnings.setNextWarning(warning);
        }
    }

    void forget(BasaltStatement statement) {
        statements.remove(statement);
    }

    private void checkOpen() throws SQLException {
        if (isClosed.get()) {
            throw SqlErrors.of("08003", "the connection is closed");
        }
    }

    @Override
    <T> @Nullable T offered(Class<T> wanted) throws SQLException {
        return wire().offered(wanted);
    }

    /// How SQL could go on at a place, from the names that the database has: for editors. Goes beyond
    /// `java.sql`. Empty where a server cannot tell.
    ///
    /// @param cursor in characters from the beginning of the text
    public List<Completion> complete(String text, int cursor) throws SQLException {
        CatalogReader rows = CatalogReader.complete(this, text, cursor);
        List<Completion> found = new ArrayList<>();
        while (rows.next()) {
            found.add(new Completion(rows.need("text"), rows.need("kind"), rows.number("start")));
        }
        return found;
    }

    // ---- statements ----

    @Override
    public Statement createStatement() throws SQLException {
        checkOpen();
        BasaltStatement statement = new BasaltStatement(this);
        statements.add(statement);
        return statement;
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        Statement statement = createStatement();
        warnOfDowngrade(statement, type, concurrency);
        return statement;
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability)
            throws SQLException {
        return createStatement(type, concurrency);
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        checkOpen();
        BasaltPreparedStatement statement = new BasaltPreparedStatement(this, sql);
        statements.add(statement);
        return statement;
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency)
            throws SQLException {
        PreparedStatement statement = prepareStatement(sql);
        warnOfDowngrade(statement, type, concurrency);
        return statement;
    }

    @Override
    public PreparedStatement prepareStatement(
            String sql, int type, int concurrency, int holdability) throws SQLException {
        return prepareStatement(sql, type, concurrency);
    }

    /// There are no generated keys: their result set is empty.
    @Override
    public PreparedStatement prepareStatement(String sql, int generatedKeys) throws SQLException {
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
        return prepareStatement(sql);
    }

    private static void warnOfDowngrade(Statement statement, int type, int concurrency)
            throws SQLException {
        boolean isPlain =
                type == ResultSet.TYPE_FORWARD_ONLY && concurrency == ResultSet.CONCUR_READ_ONLY;
        if (!isPlain) {
            statement
                    .unwrap(BasaltStatement.class)
                    .addWarning(
                            new SQLWarning("result sets are forward-only and read-only", "01S02"));
        }
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        checkOpen();
        throw SqlErrors.unsupported("the database has no procedures");
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency)
            throws SQLException {
        return prepareCall(sql);
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return prepareCall(sql);
    }

    /// Escapes are understood by the server.
    @Override
    public String nativeSQL(String sql) {
        return sql;
    }

    // ---- transactions ----

    @Override
    public void setAutoCommit(boolean wanted) throws SQLException {
        checkOpen();
        if (wanted == isAutoCommit) {
            return;
        }
        if (!hasTransactions()) {
            throw SqlErrors.unsupported(
                    "the server has no transactions of several statements; keep autocommit on, each"
                            + " statement and each batch is atomic");
        }
        if (wanted) {
            tell("COMMIT");
        }
        tell("SET autocommit = " + wanted);
        isAutoCommit = wanted;
        mayBeInTransaction = false;
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        checkOpen();
        return isAutoCommit;
    }

    @Override
    public void commit() throws SQLException {
        refuseInAutoCommit("committed");
        tell("COMMIT");
        mayBeInTransaction = false;
    }

    @Override
    public void rollback() throws SQLException {
        refuseInAutoCommit("rolled back");
        tell("ROLLBACK");
        mayBeInTransaction = false;
    }

    /// A statement is sent: without autocommit it begins a transaction where none is open.
    void willExecute() {
        mayBeInTransaction = !isAutoCommit;
    }

    private void tell(String sql) throws SQLException {
        try (Statement statement = createStatement()) {
            statement.execute(sql);
        }
    }

    private void refuseInAutoCommit(String done) throws SQLException {
        checkOpen();
        if (isAutoCommit) {
            throw SqlErrors.of(
                    "25000",
                    "autocommit is on: every statement is complete, nothing can be " + done);
        }
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        throw noSavepoints();
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        throw noSavepoints();
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        throw noSavepoints();
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        throw noSavepoints();
    }

    private static SQLException noSavepoints() {
        return SqlErrors.unsupported("the server has no savepoints");
    }

    /// Every transaction reads one snapshot, which is more than the weaker levels ask.
    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        checkOpen();
        if (level == TRANSACTION_SERIALIZABLE) {
            throw SqlErrors.unsupported(
                    "transactions are isolated by snapshot, which is TRANSACTION_REPEATABLE_READ and"
                            + " not TRANSACTION_SERIALIZABLE");
        }
        if (level != TRANSACTION_READ_UNCOMMITTED
                && level != TRANSACTION_READ_COMMITTED
                && level != TRANSACTION_REPEATABLE_READ) {
            throw SqlErrors.of("22023", "there is no isolation level " + level);
        }
        isolation = level;
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        checkOpen();
        return isolation;
    }

    // ---- the session ----

    /// The session refuses statements that write, with SQLSTATE 25006, until it is told otherwise; not while a transaction is open.
    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        checkOpen();
        if (readOnly == isReadOnly) {
            return;
        }
        if (mayBeInTransaction) {
            throw SqlErrors.of(
                    "25001",
                    "a transaction is open; commit it or roll it back before it is said whether the connection only reads");
        }
        tell("SET read_only = " + readOnly);
        isReadOnly = readOnly;
        mayBeInTransaction = false;
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        checkOpen();
        return isReadOnly;
    }

    /// There is one catalog; asking for another changes nothing.
    @Override
    public void setCatalog(@Nullable String catalog) throws SQLException {
        checkOpen();
    }

    @Override
    public String getCatalog() throws SQLException {
        checkOpen();
        return DatabaseFacts.CATALOG;
    }

    @Override
    public void setSchema(String wanted) throws SQLException {
        if (wanted.equals(getSchema())) {
            return;
        }
        try (Statement statement = createStatement()) {
            statement.execute("USE " + statement.enquoteIdentifier(wanted, true));
        }
        schema = wanted;
    }

    @Override
    public String getSchema() throws SQLException {
        checkOpen();
        return schema;
    }

    @Override
    public void setHoldability(int wanted) throws SQLException {
        checkOpen();
        holdability = wanted;
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        return holdability;
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        checkOpen();
        return new DatabaseFacts(this);
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warnings;
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        warnings = null;
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        checkOpen();
        return Map.of();
    }

    @Override
    public void setTypeMap(@Nullable Map<String, Class<?>> map) throws SQLException {
        if (map != null && !map.isEmpty()) {
            throw SqlErrors.unsupported("the database has no types of its own to map");
        }
    }

    @Override
    public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        if (isClosed.get()) {
            throw new SQLClientInfoException(
                    "the connection is closed", Map.of(name, ClientInfoStatus.REASON_UNKNOWN));
        }
        if (value == null) {
            clientProperties.remove(name);
        } else {
            clientProperties.setProperty(name, value);
        }
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        clientProperties.clear();
        for (String name : properties.stringPropertyNames()) {
            setClientInfo(name, properties.getProperty(name));
        }
    }

    @Override
    public @Nullable String getClientInfo(String name) throws SQLException {
        checkOpen();
        return clientProperties.getProperty(name);
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        checkOpen();
        return (Properties) clientProperties.clone();
    }

    // ---- life ----

    @Override
    public boolean isValid(int timeoutSeconds) throws SQLException {
        if (timeoutSeconds < 0) {
            throw SqlErrors.of("22023", "a timeout of " + timeoutSeconds + " seconds is negative");
        }
        if (isClosed.get() || !wire.isUsable()) {
            return false;
        }
        try {
            wire.setNetworkTimeout((int) Math.min(Integer.MAX_VALUE, timeoutSeconds * 1_000L));
            Requests.ping(wire).awaitDone();
            wire.setNetworkTimeout(networkTimeoutMillis);
            return true;
        } catch (WireException e) {
            return false;
        }
    }

    @Override
    public void setNetworkTimeout(@Nullable Executor executor, int timeoutMillis)
            throws SQLException {
        try {
            wire().setNetworkTimeout(timeoutMillis);
            networkTimeoutMillis = timeoutMillis;
        } catch (WireException e) {
            throw SqlErrors.of(e);
        }
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        checkOpen();
        return networkTimeoutMillis;
    }

    @Override
    public boolean isClosed() {
        return isClosed.get();
    }

    /// Closes the statements and their result sets too. Rows that were not read are no error.
    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        wire.close();
        for (BasaltStatement statement : statements.toArray(new BasaltStatement[0])) {
            statement.close();
        }
    }

    @Override
    public void abort(@Nullable Executor executor) throws SQLException {
        if (executor == null) {
            throw SqlErrors.of("22023", "abort needs an executor");
        }
        close();
    }

    // ---- types that the database does not have ----

    @Override
    public Clob createClob() throws SQLException {
        throw SqlErrors.unsupported("the database has no large objects; use strings");
    }

    @Override
    public Blob createBlob() throws SQLException {
        throw SqlErrors.unsupported("the database has no large objects");
    }

    @Override
    public NClob createNClob() throws SQLException {
        throw SqlErrors.unsupported("the database has no large objects; use strings");
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        throw SqlErrors.unsupported("the database has no XML type");
    }

    @Override
    public Array createArrayOf(String typeName, @Nullable Object[] elements) throws SQLException {
        checkOpen();
        try {
            return new BasaltArray(new NestedArray(NestedType.of(typeName), elements, null));
        } catch (ConversionException e) {
            throw SqlErrors.of(e);
        }
    }

    @Override
    public Struct createStruct(String typeName, @Nullable Object[] attributes) throws SQLException {
        checkOpen();
        try {
            return new BasaltStruct(new NestedStruct(NestedType.of(typeName), attributes, null));
        } catch (ConversionException e) {
            throw SqlErrors.of(e);
        }
    }
}
