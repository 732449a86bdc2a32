package io.basaltdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.embedded.fake.FakeDatabase;
import io.basaltdb.embedded.fake.FakeRows;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What programs do with the driver, the same in process and over a socket.
@Timeout(60)
abstract class DriverContract {
    final FakeDatabase database =
            new FakeDatabase()
                    .withTable("t", Type.BIGINT, Type.TEXT, new Type.Decimal(12, 2))
                    .withTable("other_one", Type.DATE);
    Connection connection;

    abstract String url() throws Exception;

    @BeforeEach
    void open() throws Exception {
        connection = DriverManager.getConnection(url());
    }

    @AfterEach
    void closeAndCheckForLeaks() throws Exception {
        connection.close();
        connection.close();
        for (int i = 0; i < 200 && database.openSessions() + database.openResults() > 0; i++) {
            Thread.sleep(10);
        }
        assertEquals(0, database.openResults());
        assertEquals(0, database.openSessions());
    }

    @Test
    void aNumberComesBack() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 41")) {
            assertTrue(rows.isBeforeFirst());
            assertTrue(rows.next());
            assertTrue(rows.isFirst());
            assertTrue(rows.isLast());
            assertEquals(41, rows.getInt(1));
            assertEquals(41L, rows.getLong("ONE"));
            assertEquals(1, rows.getRow());
            assertFalse(rows.next());
            assertTrue(rows.isAfterLast());
            assertFalse(rows.next());
            assertThrows(SQLException.class, () -> rows.getInt(1));
        }
    }

    @Test
    void manyRowsStream() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("ROWS 200000")) {
            long next = 0;
            while (rows.next()) {
                assertEquals(next, rows.getLong(1));
                String colour = rows.getString(2);
                if (FakeRows.isNull(next)) {
                    assertNull(colour);
                    assertTrue(rows.wasNull());
                    assertEquals(0, rows.getDouble(7));
                    assertTrue(rows.wasNull());
                } else {
                    assertEquals(FakeRows.colour(next), colour);
                    assertEquals(FakeRows.note(next), rows.getString("note"));
                    assertEquals(BigDecimal.valueOf(next, 2), rows.getBigDecimal(4));
                    assertEquals(BigDecimal.valueOf(next, 4), rows.getBigDecimal(5));
                    assertEquals(next % 2 == 0, rows.getBoolean(6));
                    assertEquals(next * 0.5, rows.getDouble(7));
                    assertEquals((byte) next, rows.getByte(8));
                }
                next++;
            }
            assertEquals(200_000, next);
        }
    }

    @Test
    void leavingEarlyKeepsTheConnectionUsable() throws SQLException {
        for (int i = 0; i < 20; i++) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("ROWS 1000000")) {
                assertTrue(rows.next());
            }
        }
        assertEquals(0, database.openResults());
        aNumberComesBack();
    }

    @Test
    void metaDataWhileACursorIsOpen() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("ROWS 100000")) {
            assertTrue(rows.next());
            try (ResultSet tables = connection.getMetaData().getTables(null, null, "%", null)) {
                assertTrue(tables.next());
            }
            int count = 1;
            while (rows.next()) {
                count++;
            }
            assertEquals(100_000, count);
        }
    }

    @Test
    void maxRowsAndUpdateCounts() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(10);
            statement.setFetchSize(5);
            int count = 0;
            ResultSet rows = statement.executeQuery("ROWS 1000");
            while (rows.next()) {
                count++;
            }
            assertEquals(10, count);
            assertEquals(17, statement.executeUpdate("UPDATE 17"));
            assertTrue(rows.isClosed());
            assertFalse(statement.execute("UPDATE 3"));
            assertEquals(3, statement.getUpdateCount());
            assertNull(statement.getResultSet());
            assertFalse(statement.getMoreResults());
            assertEquals(-1, statement.getUpdateCount());
            assertTrue(statement.execute("SELECT 1"));
            assertNotNull(statement.getResultSet());
            assertEquals(-1, statement.getUpdateCount());
            assertThrows(SQLException.class, () -> statement.executeQuery("UPDATE 1"));
            assertThrows(SQLException.class, () -> statement.executeUpdate("SELECT 1"));
            try (ResultSet keys = statement.getGeneratedKeys()) {
                assertFalse(keys.next());
            }
        }
    }

    @Test
    void failuresHaveTheirClass() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            SQLException syntax =
                    assertThrows(
                            SQLSyntaxErrorException.class, () -> statement.executeQuery("FAIL"));
            assertEquals("42P01", syntax.getSQLState());
            assertTrue(syntax.getMessage().contains("line 1, column 15"), syntax.getMessage());
            ResultSet rows = statement.executeQuery("ROWS 3000 FAIL");
            SQLException data =
                    assertThrows(
                            SQLDataException.class,
                            () -> {
                                while (rows.next()) {}
                            });
            assertEquals("22012", data.getSQLState());
            assertFalse(rows.next());
            assertEquals("XX000", state(() -> statement.execute("CRASH")));
            aNumberComesBack();
        }
    }

    private interface Action {
        void run() throws SQLException;
    }

    private static String state(Action action) {
        return assertThrows(SQLException.class, action::run).getSQLState();
    }

    @Test
    void cancelFromAnotherThread() throws Exception {
        try (Statement statement = connection.createStatement()) {
            CompletableFuture<SQLException> waiting =
                    CompletableFuture.supplyAsync(() ->
                            assertThrows(
                                    SQLException.class,
                                    () -> statement.executeQuery("WAIT").next()));
            Thread.sleep(100);
            statement.cancel();
            SQLException e = waiting.get();
            assertEquals("57014", e.getSQLState());
            assertInstanceOf(SQLTransientException.class, e);
            aNumberComesBack();
            statement.cancel();
        }
    }

    @Test
    void aListenerHearsHowFarAStatementIs() throws Exception {
        List<Long> heard = Collections.synchronizedList(new ArrayList<>());
        try (Statement statement = connection.createStatement()) {
            statement
                    .unwrap(BasaltStatement.class)
                    .setProgressListener((rows, bytes, total) -> {
                        assertEquals(8 * rows, bytes);
                        assertEquals(1_000_000, total);
                        heard.add(rows);
                        if (heard.size() == 3) {
                            assertDoesNotThrow(statement::cancel);
                        }
                    });
            assertThrows(SQLException.class, () -> statement.executeQuery("WAIT").next());
            assertEquals(List.of(1L, 2L, 3L), heard.subList(0, 3));
            int count = heard.size();
            statement.unwrap(BasaltStatement.class).setProgressListener(null);
            statement.setQueryTimeout(1);
            assertThrows(SQLException.class, () -> statement.executeQuery("WAIT").next());
            assertEquals(count, heard.size());
        }
        aNumberComesBack();
    }

    @Test
    void aTimeoutIsItsOwnException() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            SQLException e =
                    assertThrows(
                            SQLTimeoutException.class, () -> statement.executeQuery("WAIT").next());
            assertEquals("57014", e.getSQLState());
        }
        aNumberComesBack();
    }

    @Test
    void parametersTravelTyped() throws SQLException {
        try (PreparedStatement echo = connection.prepareStatement("ECHO ?")) {
            echo.setInt(1, -5);
            echo.setLong(2, Long.MAX_VALUE);
            echo.setString(3, "'; DROP TABLE t; -- \0 ü");
            echo.setBigDecimal(4, new BigDecimal("-12345678901234567890.123"));
            echo.setBoolean(5, true);
            echo.setDouble(6, 0.1);
            echo.setNull(7, Types.INTEGER);
            echo.setObject(8, LocalDate.of(2024, 2, 29));
            echo.setObject(9, LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4_000));
            echo.setObject(10, Instant.parse("2024-02-29T01:02:03.000000004Z"));
            echo.setShort(11, (short) 7);
            echo.setFloat(12, 1.5f);
            try (ResultSet row = echo.executeQuery()) {
                assertTrue(row.next());
                assertEquals(-5, row.getInt(1));
                assertEquals(Types.INTEGER, row.getMetaData().getColumnType(1));
                assertEquals(Long.MAX_VALUE, row.getLong(2));
                assertEquals("'; DROP TABLE t; -- \0 ü", row.getString(3));
                assertEquals(new BigDecimal("-12345678901234567890.123"), row.getBigDecimal(4));
                assertEquals(23, row.getMetaData().getPrecision(4));
                assertTrue(row.getBoolean(5));
                assertEquals(0.1, row.getDouble(6));
                assertNull(row.getObject(7));
                assertEquals(LocalDate.of(2024, 2, 29), row.getObject(8, LocalDate.class));
                assertEquals(
                        LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4_000),
                        row.getObject(9, LocalDateTime.class));
                assertEquals(
                        Instant.parse("2024-02-29T01:02:03.000000004Z"),
                        row.getObject(10, Instant.class));
                assertEquals(7, row.getShort(11));
                assertEquals(1.5f, row.getFloat(12));
            }
            echo.clearParameters();
            assertEquals("07001", state(echo::executeQuery));
            assertEquals("07009", state(() -> echo.setInt(0, 1)));
            assertEquals("07006", state(() -> echo.setObject(1, new Object())));
        }
    }

    @Test
    void aStatementIsDescribedBeforeItRuns() throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement("ROWS 5 ? ?")) {
            ResultSetMetaData columns = prepared.getMetaData();
            assertEquals(10, columns.getColumnCount());
            assertEquals("colour", columns.getColumnLabel(2));
            assertEquals("DECIMAL", columns.getColumnTypeName(4));
            assertEquals(12, columns.getPrecision(4));
            assertEquals(2, columns.getScale(4));
            assertEquals(ResultSetMetaData.columnNoNulls, columns.isNullable(1));
            assertEquals("java.math.BigDecimal", columns.getColumnClassName(4));
            ParameterMetaData parameters = prepared.getParameterMetaData();
            assertEquals(2, parameters.getParameterCount());
            assertEquals(Types.BIGINT, parameters.getParameterType(1));
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE 1")) {
            assertNull(update.getMetaData());
        }
    }

    @Test
    void aBatchIsOneAtomicInsert() throws SQLException {
        int rows = 50_000;
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?)")) {
            for (int i = 0; i < rows; i++) {
                if (i % 2 == 0) {
                    insert.setInt(1, i);
                } else {
                    insert.setLong(1, i);
                }
                insert.setString(2, i % 3 == 0 ? null : "text " + i);
                insert.setBigDecimal(3, new BigDecimal(i).movePointLeft(i % 3));
                insert.addBatch();
            }
            int[] counts = insert.executeBatch();
            assertEquals(rows, counts.length);
            assertEquals(1, counts[rows - 1]);
            assertEquals(0, insert.executeBatch().length);
        }
        assertEquals(1, database.commits());
        List<List<Value>> stored = database.table("t").rows();
        assertEquals(rows, stored.size());
        for (int i = 0; i < rows; i++) {
            assertEquals(Value.of((long) i), stored.get(i).get(0));
            assertEquals(i % 3 == 0 ? Value.NULL : Value.of("text " + i), stored.get(i).get(1));
        }
    }

    @Test
    void aFailedBatchLeavesNothing() throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?)")) {
            for (String text : List.of("good", "bad", "good")) {
                insert.setLong(1, 1);
                insert.setString(2, text);
                insert.setNull(3, Types.DECIMAL);
                insert.addBatch();
            }
            BatchUpdateException e = assertThrows(BatchUpdateException.class, insert::executeBatch);
            assertEquals("23514", e.getSQLState());
            assertEquals(0, e.getUpdateCounts().length);
            assertInstanceOf(SQLIntegrityConstraintViolationException.class, e.getCause());
        }
        assertEquals(0, database.table("t").rows().size());
        try (Statement statement = connection.createStatement()) {
            statement.addBatch("UPDATE 1");
            statement.addBatch("UPDATE 2");
            assertArrayEquals(new int[] {1, 2}, statement.executeBatch());
            statement.addBatch("UPDATE 1");
            statement.addBatch("FAIL");
            BatchUpdateException e =
                    assertThrows(BatchUpdateException.class, statement::executeBatch);
            assertArrayEquals(new int[] {1}, e.getUpdateCounts());
        }
    }

    @Test
    void theSessionIsWhatItSeems() throws SQLException {
        assertTrue(connection.isValid(5));
        assertTrue(connection.getAutoCommit());
        connection.setAutoCommit(true);
        assertEquals("25000", state(connection::commit));
        assertEquals("25000", state(connection::rollback));
        connection.setAutoCommit(false);
        assertFalse(connection.getAutoCommit());
        connection.commit();
        connection.rollback();
        connection.setAutoCommit(true);
        assertTrue(connection.getAutoCommit());
        assertEquals("0A000", state(connection::setSavepoint));
        assertEquals(
                "0A000",
                state(() ->
                        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE)));
        assertEquals(
                "22023",
                state(() -> connection.setTransactionIsolation(Connection.TRANSACTION_NONE)));
        assertEquals("basalt", connection.getCatalog());
        assertEquals("main", connection.getSchema());
        connection.setReadOnly(true);
        assertTrue(connection.isReadOnly());
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setNetworkTimeout(Runnable::run, 5_000);
        assertEquals(5_000, connection.getNetworkTimeout());
        assertNull(connection.getWarnings());
        assertSame(connection, connection.unwrap(BasaltConnection.class));
        assertEquals("08003", closedState());
    }

    private String closedState() throws SQLException {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("ROWS 100000");
        rows.next();
        connection.close();
        assertTrue(statement.isClosed());
        assertTrue(rows.isClosed());
        assertTrue(connection.isClosed());
        assertFalse(connection.isValid(1));
        rows.close();
        statement.close();
        return state(connection::createStatement);
    }

    @Test
    void statementsCloseWithTheirResults() throws SQLException {
        Statement statement = connection.createStatement();
        statement.closeOnCompletion();
        ResultSet rows = statement.executeQuery("SELECT 1");
        rows.close();
        assertTrue(statement.isClosed());
        Statement scrolling =
                connection.createStatement(
                        ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
        assertEquals("01S02", scrolling.getWarnings().getSQLState());
        assertEquals(ResultSet.TYPE_FORWARD_ONLY, scrolling.getResultSetType());
    }

    // ---- meta data ----

    @Test
    void tablesAndColumnsAreListed() throws SQLException {
        DatabaseMetaData facts = connection.getMetaData();
        assertEquals(List.of("other_one", "t"), names(facts.getTables(null, "main", "%", null)));
        assertEquals(
                List.of("t"), names(facts.getTables("basalt", null, "t", new String[] {"TABLE"})));
        assertEquals(List.of(), names(facts.getTables(null, null, "%", new String[] {"VIEW"})));
        assertEquals(List.of(), names(facts.getTables("nowhere", null, "%", null)));
        assertEquals(List.of("other_one"), names(facts.getTables(null, null, "other\\_one", null)));
        assertEquals(List.of(), names(facts.getTables(null, null, "other\\__ne%x", null)));
        try (ResultSet columns = facts.getColumns(null, null, "t", "%")) {
            assertEquals(24, columns.getMetaData().getColumnCount());
            assertTrue(columns.next());
            assertEquals("c0", columns.getString("COLUMN_NAME"));
            assertEquals(Types.BIGINT, columns.getInt("DATA_TYPE"));
            assertEquals(1, columns.getInt("ORDINAL_POSITION"));
            assertEquals("YES", columns.getString("IS_NULLABLE"));
            assertTrue(columns.next());
            assertTrue(columns.next());
            assertEquals("DECIMAL", columns.getString("TYPE_NAME"));
            assertEquals(12, columns.getInt("COLUMN_SIZE"));
            assertEquals(2, columns.getInt("DECIMAL_DIGITS"));
            assertFalse(columns.next());
        }
        try (ResultSet schemas = facts.getSchemas()) {
            assertTrue(schemas.next());
            assertEquals("information_schema", schemas.getString(1));
        }
        assertEquals("Basalt", facts.getDatabaseProductName());
        assertEquals("1.2.3", facts.getDatabaseProductVersion());
        assertEquals(1, facts.getDatabaseMajorVersion());
        assertEquals(2, facts.getDatabaseMinorVersion());
    }

    private static List<String> names(ResultSet tables) throws SQLException {
        List<String> names = new ArrayList<>();
        try (tables) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    /// Every method of the interface, with no argument, with patterns, and with text that attacks.
    @Test
    void everyMethodOfTheMetaDataAnswers() throws Exception {
        DatabaseMetaData facts = connection.getMetaData();
        List<String> texts =
                List.of(
                        "%",
                        "t",
                        "'",
                        "\\",
                        "%'; DROP TABLE t; --",
                        "\"",
                        "a\0b",
                        "_",
                        "",
                        "\\%",
                        "x' OR '1'='1",
                        "ü\uD83D\uDFE3");
        int methods = 0;
        for (Method method : DatabaseMetaData.class.getMethods()) {
            if (method.getDeclaringClass() != DatabaseMetaData.class) {
                continue;
            }
            methods++;
            for (String text : texts) {
                Object answer = call(facts, method, text);
                if (method.getReturnType() == ResultSet.class) {
                    drain(method, (ResultSet) answer);
                }
                if (method.getParameterCount() == 0) {
                    break;
                }
            }
        }
        assertTrue(methods > 170, methods + " methods");
        assertEquals(2, names(facts.getTables(null, "main", "%", null)).size());
    }

    private static Object call(DatabaseMetaData facts, Method method, String text)
            throws IllegalAccessException {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            arguments[i] =
                    type == int.class
                            ? (Object) 1
                            : type == boolean.class
                                    ? (Object) false
                                    : type == String.class ? text : null;
        }
        try {
            Object answer = method.invoke(facts, arguments);
            assertNotNull(answer, method + " with " + text);
            return answer;
        } catch (InvocationTargetException e) {
            throw new AssertionError(method + " with " + text, e.getCause());
        }
    }

    private static void drain(Method method, ResultSet rows) throws SQLException {
        try (rows) {
            int columns = rows.getMetaData().getColumnCount();
            assertTrue(columns > 0, method.getName());
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    rows.getObject(i);
                }
            }
        }
    }

    @Test
    void instantsComeBackAsTheyWere() throws SQLException {
        try (PreparedStatement echo = connection.prepareStatement("ECHO")) {
            Instant instant = Instant.parse("1969-12-31T23:59:59.999999Z");
            echo.setObject(1, instant);
            echo.setTimestamp(2, Timestamp.from(instant));
            ResultSet row = echo.executeQuery();
            assertTrue(row.next());
            assertEquals(instant, row.getObject(1, Instant.class));
            assertEquals(Timestamp.from(instant), row.getTimestamp(2));
        }
    }
}
