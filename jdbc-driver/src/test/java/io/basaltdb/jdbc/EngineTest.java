package io.basaltdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.embedded.process.DatabaseRegistry;
import io.basaltdb.server.Server;
import io.basaltdb.server.ServerOptions;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// The driver with the engine itself: the same program embedded and served.
@Timeout(120)
class EngineTest {
    private static final int ROWS = 20_000;

    @Test
    void inMemory() throws SQLException {
        writeAndRead("jdbc:basalt:mem:");
    }

    @Test
    void inADirectoryAndAgain(@TempDir Path directory) throws SQLException {
        String url = "jdbc:basalt:file:" + directory;
        writeAndRead(url);
        try (Connection connection = DriverManager.getConnection(url)) {
            assertEquals(ROWS, count(connection));
        }
    }

    @Test
    void served(@TempDir Path directory) throws SQLException {
        try (DatabaseRegistry.Lease lease =
                        DatabaseRegistry.ofThisJvm().directory(directory.toString());
                Server server =
                        Server.start(
                                lease,
                                ServerOptions.standard("1").withPort(0).withDrainMillis(100))) {
            writeAndRead("jdbc:basalt://127.0.0.1:" + server.port() + "/main");
        }
    }

    @Test
    void uuidsTimesAndBytes(@TempDir Path directory) throws SQLException {
        String url = "jdbc:basalt:file:" + directory;
        UUID id = UUID.fromString("f23e4567-e89b-12d3-a456-426614174000");
        LocalTime at = LocalTime.of(23, 59, 59, 999_999_000);
        byte[] bytes = {0, -1, 'x'};
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE o (id UUID PRIMARY KEY, at TIME, b VARBINARY)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO o VALUES (?, ?, ?)")) {
                insert.setObject(1, id);
                insert.setObject(2, at);
                insert.setBytes(3, bytes);
                insert.addBatch();
                insert.setObject(1, new UUID(0, 7));
                insert.setNull(2, Types.TIME);
                insert.setNull(3, Types.VARBINARY);
                insert.addBatch();
                assertEquals(2, insert.executeBatch().length);
            }
            readBack(connection, id, at, bytes);
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            readBack(connection, id, at, bytes);
            try (ResultSet columns = connection.getMetaData().getColumns(null, "main", "o", "%")) {
                for (int type : new int[] {Types.OTHER, Types.TIME, Types.VARBINARY}) {
                    assertTrue(columns.next());
                    assertEquals(type, columns.getInt("DATA_TYPE"));
                }
            }
        }
    }

    private static void readBack(Connection connection, UUID id, LocalTime at, byte[] bytes)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT id, at, b FROM o WHERE id = ? AND at = ? AND b = ?")) {
            query.setObject(1, id);
            query.setObject(2, at);
            query.setObject(3, bytes);
            try (ResultSet rows = query.executeQuery()) {
                assertTrue(rows.next());
                assertEquals(id, rows.getObject(1));
                assertEquals(id.toString(), rows.getString(1));
                assertEquals(at, rows.getObject(2, LocalTime.class));
                assertEquals(
                        java.sql.Time.valueOf("23:59:59"),
                        java.sql.Time.valueOf(rows.getTime(2).toString()));
                assertArrayEquals(bytes, rows.getBytes(3));
                assertArrayEquals(bytes, (byte[]) rows.getObject(3));
                assertEquals("\\x00ff78", rows.getString(3));
                assertEquals("java.util.UUID", rows.getMetaData().getColumnClassName(1));
                assertFalse(rows.next());
            }
        }
    }

    @Test
    void labelsAreTexts(@TempDir Path directory) throws SQLException {
        String url = "jdbc:basalt:file:" + directory;
        try (Connection connection = DriverManager.getConnection(url)) {
            writeLabels(connection);
            readLabels(connection);
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            readLabels(connection);
        }
        try (DatabaseRegistry.Lease lease =
                        DatabaseRegistry.ofThisJvm().directory(directory.toString());
                Server server =
                        Server.start(
                                lease,
                                ServerOptions.standard("1").withPort(0).withDrainMillis(100));
                Connection connection =
                        DriverManager.getConnection(
                                "jdbc:basalt://127.0.0.1:" + server.port() + "/main")) {
            readLabels(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE s");
                statement.execute("DROP TYPE mood");
            }
            writeLabels(connection);
            readLabels(connection);
        }
    }

    private static void writeLabels(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')");
            statement.execute(
                    "CREATE TABLE s (n INTEGER, m mood, e ENUM('it''s', 'b]'), l mood[])");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO s VALUES (?, ?, ?, NULL)")) {
            String[] labels = {"ok", "happy", "sad"};
            for (int n = 0; n < labels.length; n++) {
                insert.setInt(1, n);
                insert.setString(2, labels[n]);
                insert.setObject(3, n == 0 ? "b]" : "it's");
                insert.addBatch();
            }
            insert.setInt(1, 3);
            insert.setNull(2, Types.VARCHAR);
            insert.setNull(3, Types.OTHER);
            insert.addBatch();
            assertEquals(4, insert.executeBatch().length);
            insert.setInt(1, 4);
            insert.setString(2, "glad");
            insert.setString(3, "b]");
            SQLException refused = assertThrows(SQLException.class, insert::executeUpdate);
            assertEquals("22P02", refused.getSQLState());
        }
        try (Statement statement = connection.createStatement()) {
            assertEquals(1, statement.executeUpdate("UPDATE s SET l = [m, 'sad'] WHERE n = 0"));
        }
    }

    private static void readLabels(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT m, e, l, n FROM s ORDER BY m")) {
            assertEquals("mood", rows.getMetaData().getColumnTypeName(1));
            assertEquals(Types.VARCHAR, rows.getMetaData().getColumnType(1));
            assertEquals("java.lang.String", rows.getMetaData().getColumnClassName(1));
            assertEquals("ENUM('it''s', 'b]')", rows.getMetaData().getColumnTypeName(2));
            assertEquals("mood[]", rows.getMetaData().getColumnTypeName(3));
            assertTrue(rows.next());
            assertEquals("sad", rows.getString(1));
            assertEquals("it's", rows.getObject(2));
            assertTrue(rows.next());
            assertEquals("ok", rows.getObject(1));
            assertEquals("b]", rows.getString("e"));
            assertArrayEquals(new Object[] {"ok", "sad"}, (Object[]) rows.getArray(3).getArray());
            assertEquals("mood", rows.getArray(3).getBaseTypeName());
            assertTrue(rows.next());
            assertEquals("happy", rows.getObject(1, String.class));
            assertTrue(rows.next());
            assertNull(rows.getString(1));
            assertFalse(rows.next());
        }
        try (PreparedStatement query =
                connection.prepareStatement("SELECT n FROM s WHERE m > ? OR e IN (?) ORDER BY n")) {
            query.setString(1, "ok");
            query.setString(2, "b]");
            try (ResultSet rows = query.executeQuery()) {
                assertTrue(rows.next());
                assertEquals(0, rows.getInt(1));
                assertTrue(rows.next());
                assertEquals(1, rows.getInt(1));
                assertFalse(rows.next());
            }
        }
        try (ResultSet columns = connection.getMetaData().getColumns(null, "main", "s", "_")) {
            List<String> names = new ArrayList<>();
            while (columns.next()) {
                names.add(columns.getString("TYPE_NAME") + " " + columns.getInt("DATA_TYPE"));
            }
            assertEquals(
                    List.of("INTEGER 4", "mood 12", "ENUM('it''s', 'b]') 12", "mood[] 2003"),
                    names);
        }
    }

    @Test
    void addressesAreTextsAndHosts(@TempDir Path directory) throws Exception {
        InetAddress four = InetAddress.getByAddress(new byte[] {10, 1, 2, 3});
        InetAddress six =
                InetAddress.getByAddress(
                        new byte[] {0x20, 1, 0xD, (byte) 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        try (Connection connection = DriverManager.getConnection("jdbc:basalt:file:" + directory);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE s (n INTEGER, a INET, l INET[])");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO s VALUES (?, ?, NULL)")) {
                Object[] addresses = {four, six, "10.0.0.0/8", null};
                for (int n = 0; n < addresses.length; n++) {
                    insert.setInt(1, n);
                    insert.setObject(2, addresses[n]);
                    insert.addBatch();
                }
                assertEquals(4, insert.executeBatch().length);
                insert.setInt(1, 4);
                insert.setString(2, "10.0.0");
                SQLException refused = assertThrows(SQLException.class, insert::executeUpdate);
                assertEquals("22P02", refused.getSQLState());
            }
            statement.executeUpdate("UPDATE s SET l = [a, '::1'] WHERE n = 0");
            try (ResultSet rows = statement.executeQuery("SELECT a, l FROM s ORDER BY a")) {
                assertEquals("INET", rows.getMetaData().getColumnTypeName(1));
                assertEquals(Types.OTHER, rows.getMetaData().getColumnType(1));
                assertEquals("java.lang.String", rows.getMetaData().getColumnClassName(1));
                assertEquals("INET[]", rows.getMetaData().getColumnTypeName(2));
                assertTrue(rows.next());
                assertEquals("10.0.0.0/8", rows.getObject(1));
                SQLException noHost =
                        assertThrows(
                                SQLException.class, () -> rows.getObject(1, InetAddress.class));
                assertTrue(noHost.getMessage().contains("10.0.0.0/8"), noHost.getMessage());
                assertTrue(rows.next());
                assertEquals("10.1.2.3", rows.getString(1));
                assertEquals(four, rows.getObject(1, InetAddress.class));
                assertArrayEquals(
                        new Object[] {"10.1.2.3", "::1"}, (Object[]) rows.getArray(2).getArray());
                assertTrue(rows.next());
                assertEquals("2001:db8::1", rows.getString(1));
                assertEquals(six, rows.getObject(1, InetAddress.class));
                assertTrue(rows.next());
                assertNull(rows.getObject(1, InetAddress.class));
                assertFalse(rows.next());
            }
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT n FROM s WHERE a = ? OR a > ?")) {
                query.setObject(1, four);
                query.setString(2, "2001:db8::");
                try (ResultSet rows = query.executeQuery()) {
                    assertTrue(rows.next());
                    assertTrue(rows.next());
                    assertFalse(rows.next());
                }
            }
        }
    }

    @Test
    void intervalsKeepTheirParts(@TempDir Path directory) throws SQLException {
        String url = "jdbc:basalt:file:" + directory;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE s (n INTEGER, i INTERVAL)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO s VALUES (?, ?)")) {
                insert.setInt(1, 1);
                insert.setString(2, "1 month 2 days 03:04:05.000006");
                insert.addBatch();
                insert.setInt(1, 2);
                insert.setObject(2, "30 days");
                insert.addBatch();
                insert.setInt(1, 3);
                insert.setNull(2, Types.OTHER);
                insert.addBatch();
                assertEquals(3, insert.executeBatch().length);
            }
            readIntervals(connection);
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            readIntervals(connection);
            try (ResultSet columns = connection.getMetaData().getColumns(null, "main", "s", "i")) {
                assertTrue(columns.next());
                assertEquals(Types.OTHER, columns.getInt("DATA_TYPE"));
                assertEquals("INTERVAL", columns.getString("TYPE_NAME"));
            }
        }
    }

    private static void readIntervals(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT i FROM s ORDER BY n")) {
            assertEquals("INTERVAL", rows.getMetaData().getColumnTypeName(1));
            assertEquals("java.lang.String", rows.getMetaData().getColumnClassName(1));
            assertTrue(rows.next());
            assertEquals("1 mon 2 days 03:04:05.000006", rows.getString(1));
            assertEquals("1 mon 2 days 03:04:05.000006", rows.getObject(1));
            assertTrue(rows.next());
            assertEquals("30 days", rows.getString(1));
            assertTrue(rows.next());
            assertNull(rows.getObject(1));
            assertFalse(rows.next());
        }
        try (PreparedStatement query =
                connection.prepareStatement("SELECT n FROM s WHERE i = CAST(? AS INTERVAL)")) {
            query.setString(1, "1 month");
            try (ResultSet rows = query.executeQuery()) {
                assertTrue(rows.next());
                assertEquals(2, rows.getInt(1));
                assertFalse(rows.next());
            }
        }
        try (PreparedStatement query = connection.prepareStatement("SELECT n FROM s WHERE i > ?")) {
            query.setString(1, "720:00:00");
            try (ResultSet rows = query.executeQuery()) {
                assertTrue(rows.next());
                assertEquals(1, rows.getInt(1));
                assertFalse(rows.next());
            }
        }
    }

    @Test
    void instantsShowTheZoneOfTheSession() throws SQLException {
        showInstants("jdbc:basalt:mem:");
    }

    @Test
    void instantsShowTheZoneOfTheSessionServed(@TempDir Path directory) throws SQLException {
        try (DatabaseRegistry.Lease lease =
                        DatabaseRegistry.ofThisJvm().directory(directory.toString());
                Server server =
                        Server.start(
                                lease,
                                ServerOptions.standard("1").withPort(0).withDrainMillis(100))) {
            showInstants("jdbc:basalt://127.0.0.1:" + server.port() + "/main");
        }
    }

    private static void showInstants(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            assertInstants(
                    statement,
                    "UTC",
                    "2024-03-31 00:59:59.5+00",
                    "2024-03-31 01:00:00+00",
                    "2024-10-27 00:30:00+00",
                    "2024-10-27 01:30:00+00",
                    "1883-11-18 12:00:00+00");
            assertInstants(
                    statement,
                    "Europe/Berlin",
                    "2024-03-31 01:59:59.5+01",
                    "2024-03-31 03:00:00+02",
                    "2024-10-27 02:30:00+02",
                    "2024-10-27 02:30:00+01",
                    "1883-11-18 12:53:28+00:53:28");
            assertInstants(
                    statement,
                    "Asia/Kolkata",
                    "2024-03-31 06:29:59.5+05:30",
                    "2024-03-31 06:30:00+05:30",
                    "2024-10-27 06:00:00+05:30",
                    "2024-10-27 07:00:00+05:30",
                    "1883-11-18 17:21:10+05:21:10");
        }
    }

    /// The instants as the driver writes them, which is as the engine writes them.
    private static void assertInstants(Statement statement, String zone, String... texts)
            throws SQLException {
        statement.execute("SET TIME ZONE '" + zone + "'");
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT t, t::TEXT FROM (VALUES"
                                + " (1, '2024-03-31 00:59:59.5+00'::TIMESTAMPTZ),"
                                + " (2, '2024-03-31 01:00:00+00'::TIMESTAMPTZ),"
                                + " (3, '2024-10-27 00:30:00+00'::TIMESTAMPTZ),"
                                + " (4, '2024-10-27 01:30:00+00'::TIMESTAMPTZ),"
                                + " (5, '1883-11-18 12:00:00+00'::TIMESTAMPTZ)) AS v (n, t)"
                                + " ORDER BY n")) {
            for (String text : texts) {
                assertTrue(rows.next());
                assertEquals(text, rows.getString(1), zone);
                assertEquals(text, rows.getString(2), zone);
            }
            assertFalse(rows.next());
        }
    }

    /// A statement is not bound to the types of its first values.
    @Test
    void aParameterHasTheTypeOfItsValue() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:basalt:mem:")) {
            try (PreparedStatement sum = connection.prepareStatement("SELECT 1 + ?")) {
                sum.setLong(1, 41);
                assertEquals(42L, only(sum));
                sum.setDouble(1, 0.5);
                assertEquals(1.5, only(sum));
                sum.setBigDecimal(1, new BigDecimal("0.25"));
                assertEquals(new BigDecimal("1.25"), only(sum));
                sum.setNull(1, Types.INTEGER);
                assertEquals(null, only(sum));
                SQLException unclear = assertThrows(SQLException.class, sum::getMetaData);
                assertEquals("42P18", unclear.getSQLState());
            }
            try (PreparedStatement count =
                    connection.prepareStatement(
                            "SELECT count(*) FROM generate_series(1, 10) AS t (i) WHERE i > ?")) {
                count.setDouble(1, 8.5);
                assertEquals(2L, only(count));
                count.setInt(1, 9);
                assertEquals(1L, only(count));
                count.setObject(1, new BigDecimal("0.5"));
                assertEquals(10L, only(count));
                assertEquals(Types.BIGINT, count.getParameterMetaData().getParameterType(1));
            }
            try (PreparedStatement add =
                    connection.prepareStatement("UPDATE t SET v = v + ? WHERE id < ?")) {
                connection
                        .createStatement()
                        .execute(
                                "CREATE TABLE t (id INTEGER, v DOUBLE); INSERT INTO t VALUES (1, 0), (2, 0)");
                add.setDouble(1, 0.5);
                add.setDouble(2, 1.5);
                add.addBatch();
                add.setInt(1, 1);
                add.setInt(2, 3);
                add.addBatch();
                add.executeBatch();
            }
            try (PreparedStatement total = connection.prepareStatement("SELECT sum(v) FROM t")) {
                assertEquals(2.5, only(total));
            }
        }
    }

    private static Object only(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            assertTrue(rows.next());
            return rows.getObject(1);
        }
    }

    @Test
    void insertTokensInMemory() throws SQLException {
        insertTokens("jdbc:basalt:mem:tokens");
    }

    @Test
    void insertTokensServed(@TempDir Path directory) throws SQLException {
        try (DatabaseRegistry.Lease lease =
                        DatabaseRegistry.ofThisJvm().directory(directory.toString());
                Server server =
                        Server.start(
                                lease,
                                ServerOptions.standard("1").withPort(0).withDrainMillis(100))) {
            insertTokens("jdbc:basalt://127.0.0.1:" + server.port() + "/main");
        }
    }

    @Test
    void aConnectionThatOnlyReadsDoesNotWrite() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:basalt:mem:reads");
                Statement statement = connection.createStatement();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO n VALUES (?)")) {
            statement.execute("CREATE TABLE n (id BIGINT)");
            connection.setReadOnly(true);
            assertTrue(connection.isReadOnly());
            assertEquals("25006", refusal(() -> statement.execute("INSERT INTO n VALUES (1)")));
            assertEquals("25006", refusal(() -> statement.execute("CREATE TABLE m (id BIGINT)")));
            insert.setLong(1, 1);
            insert.addBatch();
            assertEquals("25006", refusal(insert::executeBatch));
            connection.setAutoCommit(false);
            assertEquals("25006", refusal(() -> statement.execute("DELETE FROM n")));
            connection.rollback();
            assertEquals(0, count(statement));
            assertEquals("25001", refusal(() -> connection.setReadOnly(false)), "in a transaction");
            assertTrue(connection.isReadOnly());
            connection.commit();
            connection.setReadOnly(false);
            statement.execute("INSERT INTO n VALUES (1)");
            assertEquals("25001", refusal(() -> connection.setReadOnly(true)), "in a transaction");
            connection.setAutoCommit(true);
            assertEquals(1, count(statement));
        }
    }

    private static long count(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM n")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String refusal(Executable work) {
        return assertThrows(SQLException.class, work).getSQLState();
    }

    /// The same insert again and again: by a statement, by a batch into columns, by a batch of another statement, by the URL.
    private static void insertTokens(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE n (id BIGINT PRIMARY KEY, v BIGINT)");
            statement.unwrap(BasaltStatement.class).setInsertToken("one");
            for (int i = 0; i < 3; i++) {
                assertEquals(1, statement.executeUpdate("INSERT INTO n VALUES (1, 1)"));
            }
            SQLException other =
                    assertThrows(
                            SQLException.class,
                            () -> statement.executeUpdate("INSERT INTO n VALUES (2, 1)"));
            assertEquals("23000", other.getSQLState());
            for (String sql :
                    new String[] {
                        "INSERT INTO n VALUES (?, ?)",
                        "INSERT INTO n VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET v = n.v + 1"
                    }) {
                for (int i = 0; i < 3; i++) {
                    try (PreparedStatement insert = connection.prepareStatement(sql)) {
                        insert.unwrap(BasaltStatement.class)
                                .setInsertToken("batch " + sql.length());
                        for (int id = 10; id < 20; id++) {
                            insert.setLong(1, id);
                            insert.setLong(2, 0);
                            insert.addBatch();
                        }
                        assertEquals(10, insert.executeBatch().length);
                    }
                }
            }
            try (Connection named = DriverManager.getConnection(url + "?insertToken=by%20url");
                    Statement insert = named.createStatement()) {
                for (int i = 0; i < 2; i++) {
                    assertEquals(1, insert.executeUpdate("INSERT INTO n VALUES (3, 1)"));
                }
            }
            try (ResultSet sums =
                    connection.createStatement().executeQuery("SELECT count(*), sum(v) FROM n")) {
                assertTrue(sums.next());
                assertEquals(12, sums.getLong(1));
                assertEquals(12, sums.getLong(2));
            }
        }
    }

    @Test
    void transactionsInMemory() throws SQLException {
        transactions("jdbc:basalt:mem:transactions");
    }

    @Test
    void transactionsServed(@TempDir Path directory) throws SQLException {
        try (DatabaseRegistry.Lease lease =
                        DatabaseRegistry.ofThisJvm().directory(directory.toString());
                Server server =
                        Server.start(
                                lease,
                                ServerOptions.standard("1").withPort(0).withDrainMillis(100))) {
            transactions("jdbc:basalt://127.0.0.1:" + server.port() + "/main");
        }
    }

    private static void transactions(String url) throws SQLException {
        try (Connection one = DriverManager.getConnection(url);
                Connection two = DriverManager.getConnection(url)) {
            try (Statement statement = one.createStatement()) {
                statement.execute(
                        "CREATE TABLE t (id BIGINT, name TEXT, price DECIMAL(12, 2), born DATE)");
            }
            one.setAutoCommit(false);
            insert(one);
            assertEquals(ROWS, count(one));
            assertEquals(0, count(two));
            one.rollback();
            assertEquals(0, count(one));
            insert(one);
            assertEquals(ROWS / 2, update(one, "DELETE FROM t WHERE id % 2 = 0"));
            assertEquals(ROWS / 2, update(one, "UPDATE t SET price = 1"));
            one.commit();
            assertEquals(ROWS / 2, count(two));

            two.setAutoCommit(false);
            assertEquals(1, update(one, "DELETE FROM t WHERE id = 1"));
            assertEquals(1, update(two, "UPDATE t SET price = 2 WHERE id = 1"));
            one.commit();
            SQLException lost = assertThrows(SQLTransactionRollbackException.class, two::commit);
            assertEquals("40001", lost.getSQLState());
            assertEquals(
                    "42703",
                    assertThrows(SQLException.class, () -> update(two, "DELETE FROM t WHERE nope"))
                            .getSQLState());
            assertEquals("25P02", assertThrows(SQLException.class, () -> count(two)).getSQLState());
            two.rollback();
            update(two, "DELETE FROM t");
            two.setAutoCommit(true);
            assertEquals(0, count(two));
            one.rollback();
            assertEquals(0, count(one));
            insert(one);
        }
        try (Connection again = DriverManager.getConnection(url)) {
            again.setAutoCommit(false);
            if (again.getMetaData().getTables(null, "main", "t", null).next()) {
                assertEquals(0, count(again));
            }
        }
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static void writeAndRead(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE t (id BIGINT, name TEXT, price DECIMAL(12, 2), born DATE)"
                            + " ORDER BY (id)");
            insert(connection);
            assertEquals(ROWS, count(connection));
            select(connection);
            SQLException e =
                    assertThrows(
                            SQLSyntaxErrorException.class,
                            () -> statement.executeQuery("SELECT nope FROM t"));
            assertEquals("42703", e.getSQLState());
            try (ResultSet columns = connection.getMetaData().getColumns(null, "main", "t", "p%")) {
                assertTrue(columns.next());
                assertEquals("price", columns.getString("COLUMN_NAME"));
                assertEquals(12, columns.getInt("COLUMN_SIZE"));
                assertFalse(columns.next());
            }
        }
    }

    @Test
    void metaDataKnowKeysAndFunctions() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:basalt:mem:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE a_b (x INT, y INT, z TEXT) ORDER BY (z, x)");
            statement.execute("CREATE TABLE axb (q INT) ORDER BY (q)");
            DatabaseMetaData about = connection.getMetaData();
            try (ResultSet index = about.getIndexInfo(null, "main", "a_b", false, true)) {
                assertTrue(index.next());
                assertEquals("z", index.getString("COLUMN_NAME"));
                assertEquals(1, index.getInt("ORDINAL_POSITION"));
                assertTrue(index.getBoolean("NON_UNIQUE"));
                assertTrue(index.next());
                assertEquals("x", index.getString("COLUMN_NAME"));
                assertFalse(index.next());
            }
            try (ResultSet keys = about.getPrimaryKeys(null, "main", "a_b")) {
                assertFalse(keys.next());
            }
            try (ResultSet functions = about.getFunctions(null, null, "date\\_tr%")) {
                assertTrue(functions.next());
                assertEquals("date_trunc", functions.getString("FUNCTION_NAME"));
                assertFalse(functions.next());
            }
        }
    }

    @Test
    void aBatchThatFailsSaysHowFarItCame() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:basalt:mem:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE n (x INT NOT NULL)");
            statement.addBatch("INSERT INTO n VALUES (1), (2)");
            statement.addBatch("INSERT INTO n VALUES (3)");
            statement.addBatch("INSERT INTO nowhere VALUES (4)");
            statement.addBatch("INSERT INTO n VALUES (5)");
            BatchUpdateException e =
                    assertThrows(BatchUpdateException.class, statement::executeBatch);
            assertArrayEquals(new int[] {2, 1}, e.getUpdateCounts());
            assertArrayEquals(new long[] {2, 1}, e.getLargeUpdateCounts());
            assertEquals("42P01", e.getSQLState());
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO n VALUES (?)")) {
                insert.setInt(1, 6);
                insert.addBatch();
                insert.setNull(1, Types.INTEGER);
                insert.addBatch();
                BatchUpdateException all =
                        assertThrows(BatchUpdateException.class, insert::executeBatch);
                assertEquals("23502", all.getSQLState());
                for (int count : all.getUpdateCounts()) {
                    assertEquals(Statement.EXECUTE_FAILED, count);
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT count(*), max(x) FROM n")) {
                assertTrue(rows.next());
                assertEquals(3, rows.getInt(1));
                assertEquals(3, rows.getInt(2));
            }
        }
    }

    @Test
    @Timeout(60)
    void cancelAndTimeoutStopARealQuery() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:basalt:mem:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE n (x BIGINT)");
            statement.execute("INSERT INTO n VALUES (1), (2), (3), (4), (5), (6), (7), (8)");
            for (int i = 0; i < 4; i++) {
                statement.execute("INSERT INTO n SELECT a.x + b.x FROM n a, n b WHERE a.x < 5");
            }
            String endless =
                    "SELECT count(*) FROM n a, n b, n c WHERE a.x * b.x + c.x > a.x + b.x * c.x";
            statement.setQueryTimeout(1);
            assertThrows(SQLTimeoutException.class, () -> statement.executeQuery(endless).next());
            statement.setQueryTimeout(0);
            AtomicLong heard = new AtomicLong();
            statement
                    .unwrap(BasaltStatement.class)
                    .setProgressListener((rows, bytes, total) -> {
                        heard.set(rows);
                        assertDoesNotThrow(statement::cancel);
                    });
            SQLException e =
                    assertThrows(SQLException.class, () -> statement.executeQuery(endless).next());
            assertEquals("57014", e.getSQLState());
            assertTrue(heard.get() > 0);
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM n")) {
                assertTrue(rows.next());
            }
        }
    }

    private static void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?)")) {
            for (int i = 0; i < ROWS; i++) {
                insert.setInt(1, i);
                insert.setString(2, i % 7 == 0 ? null : "name " + i % 10);
                insert.setBigDecimal(3, BigDecimal.valueOf(i, 2));
                insert.setObject(4, LocalDate.ofEpochDay(i));
                insert.addBatch();
            }
            assertEquals(ROWS, insert.executeBatch().length);
        }
    }

    private static int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
            assertTrue(rows.next());
            return rows.getInt(1);
        }
    }

    private static void select(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT id, name, price, born FROM t WHERE id >= ? ORDER BY id")) {
            query.setInt(1, 10);
            try (ResultSet rows = query.executeQuery()) {
                for (int i = 10; i < ROWS; i++) {
                    assertTrue(rows.next());
                    assertEquals(i, rows.getInt(1));
                    assertEquals(i % 7 == 0 ? null : "name " + i % 10, rows.getString(2));
                    assertEquals(BigDecimal.valueOf(i, 2), rows.getBigDecimal(3));
                    assertEquals(LocalDate.ofEpochDay(i), rows.getObject(4, LocalDate.class));
                }
                assertFalse(rows.next());
            }
        }
    }
}
