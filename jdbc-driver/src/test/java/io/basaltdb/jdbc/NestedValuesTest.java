package io.basaltdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.embedded.process.DatabaseRegistry;
import io.basaltdb.server.Server;
import io.basaltdb.server.ServerOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Lists, structs and maps through the driver, embedded and served: what is read, and what is written comes back.
@Timeout(120)
class NestedValuesTest {
    private static final String WORDS = "it's [a], {b}: \"c\"=d\\, ";

    @Test
    void inMemory() throws SQLException {
        check("jdbc:basalt:mem:");
    }

    @Test
    void served(@TempDir Path directory) throws SQLException {
        try (DatabaseRegistry.Lease lease =
                        DatabaseRegistry.ofThisJvm().directory(directory.toString());
                Server server =
                        Server.start(
                                lease,
                                ServerOptions.standard("1").withPort(0).withDrainMillis(100))) {
            check("jdbc:basalt://127.0.0.1:" + server.port() + "/main");
        }
    }

    private static void check(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            lists(statement);
            structsAndMaps(statement);
            types(statement);
            parameters(connection, statement);
            batches(connection, statement);
        }
    }

    private static void lists(Statement statement) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT [1, NULL, 3] AS a, ['x', '', 'NULL', NULL, 'it''s [a], {b}: \"c\"=d\\, '] AS b, [[1.5], [], NULL] AS c,"
                                + " [TIMESTAMP '2020-01-02 03:04:05.5'] AS d, NULL::INTEGER[] AS e, [{'k': [1]}] AS f, [TRUE] AS g, [2::DOUBLE] AS h")) {
            assertTrue(rows.next());
            Array numbers = rows.getArray("a");
            assertArrayEquals(new Integer[] {1, null, 3}, (Integer[]) numbers.getArray());
            assertArrayEquals(new Integer[] {3}, (Object[]) numbers.getArray(3, 1));
            assertEquals(Types.INTEGER, numbers.getBaseType());
            assertEquals("INTEGER", numbers.getBaseTypeName());
            assertEquals("[1, NULL, 3]", rows.getString(1));
            assertEquals("[1, NULL, 3]", numbers.toString());
            try (ResultSet elements = numbers.getResultSet()) {
                List<String> found = new ArrayList<>();
                while (elements.next()) {
                    found.add(elements.getLong("INDEX") + " " + elements.getObject("VALUE"));
                }
                assertEquals(List.of("1 1", "2 null", "3 3"), found);
            }
            assertArrayEquals(
                    new String[] {"x", "", "NULL", null, WORDS},
                    (Object[]) rows.getArray(2).getArray());
            Array lists = (Array) rows.getObject(3);
            Array[] inner = (Array[]) lists.getArray();
            assertArrayEquals(
                    new BigDecimal[] {new BigDecimal("1.5")}, (Object[]) inner[0].getArray());
            assertEquals(0, ((Object[]) inner[1].getArray()).length);
            assertNull(inner[2]);
            assertEquals(Types.ARRAY, lists.getBaseType());
            assertArrayEquals(
                    new Timestamp[] {
                        Timestamp.valueOf(LocalDateTime.of(2020, 1, 2, 3, 4, 5, 500_000_000))
                    },
                    (Object[]) rows.getArray(4).getArray());
            assertNull(rows.getArray(5));
            assertTrue(rows.wasNull());
            Struct struct = ((Struct[]) rows.getArray(6).getArray())[0];
            assertArrayEquals(
                    new Integer[] {1}, (Object[]) ((Array) struct.getAttributes()[0]).getArray());
            assertEquals("[{'k': [1]}]", rows.getObject(6).toString());
            assertArrayEquals(new Boolean[] {true}, (Object[]) rows.getArray(7).getArray());
            assertArrayEquals(new Double[] {2.0}, (Object[]) rows.getArray(8).getArray());
            numbers.free();
            assertThrows(SQLException.class, numbers::getArray);
        }
    }

    private static void structsAndMaps(Statement statement) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT {'a': 1, 'b c': 'x', 'd': NULL} AS s, MAP {'k': [1], 'l': NULL} AS m, 5 AS n")) {
            assertTrue(rows.next());
            Struct struct = rows.getObject(1, Struct.class);
            assertArrayEquals(new Object[] {1, "x", null}, struct.getAttributes());
            assertTrue(struct.getSQLTypeName().startsWith("STRUCT(a INTEGER, \"b c\" TEXT"));
            Map<?, ?> map = (Map<?, ?>) rows.getObject("m");
            assertArrayEquals(new Integer[] {1}, (Object[]) ((Array) map.get("k")).getArray());
            assertTrue(map.containsKey("l"));
            assertThrows(SQLException.class, () -> rows.getArray(1));
            assertThrows(SQLException.class, () -> rows.getArray(3));
            assertThrows(SQLException.class, () -> rows.getObject(3, Map.class));
        }
    }

    private static void types(Statement statement) throws SQLException {
        statement.execute(
                "CREATE TABLE typed (l TEXT[], s STRUCT(a INTEGER[], b TEXT), m MAP(TEXT, DOUBLE))");
        try (ResultSet rows = statement.executeQuery("SELECT * FROM typed")) {
            ResultSetMetaData columns = rows.getMetaData();
            assertEquals(Types.ARRAY, columns.getColumnType(1));
            assertEquals("TEXT[]", columns.getColumnTypeName(1));
            assertEquals("java.sql.Array", columns.getColumnClassName(1));
            assertEquals(Types.STRUCT, columns.getColumnType(2));
            assertEquals("STRUCT(a INTEGER[], b TEXT)", columns.getColumnTypeName(2));
            assertEquals("MAP(TEXT, DOUBLE)", columns.getColumnTypeName(3));
            assertEquals("java.util.Map", columns.getColumnClassName(3));
        }
        try (ResultSet columns =
                statement.getConnection().getMetaData().getColumns(null, null, "typed", "l")) {
            assertTrue(columns.next());
            assertEquals(Types.ARRAY, columns.getInt("DATA_TYPE"));
            assertEquals("TEXT[]", columns.getString("TYPE_NAME"));
        }
    }

    private static void parameters(Connection connection, Statement statement) throws SQLException {
        String insert = "INSERT INTO typed VALUES (?, ?, ?)";
        try (PreparedStatement prepared = connection.prepareStatement(insert)) {
            prepared.setArray(1, connection.createArrayOf("TEXT", new Object[] {WORDS, null, ""}));
            prepared.setObject(
                    2,
                    connection.createStruct(
                            "STRUCT(a INTEGER[], b TEXT)", new Object[] {new int[] {1, 2}, "b's"}));
            prepared.setObject(3, Map.of("k", 1.5));
            assertEquals(1, prepared.executeUpdate());
            prepared.setObject(1, List.of("list"));
            prepared.setObject(2, null);
            prepared.setObject(3, Map.of());
            assertEquals(1, prepared.executeUpdate());
        }
        try (ResultSet rows = statement.executeQuery("SELECT * FROM typed ORDER BY m")) {
            assertTrue(rows.next());
            assertArrayEquals(new String[] {"list"}, (Object[]) rows.getArray(1).getArray());
            assertNull(rows.getObject(2));
            assertEquals(Map.of(), rows.getObject(3));
            assertTrue(rows.next());
            assertArrayEquals(
                    new String[] {WORDS, null, ""}, (Object[]) rows.getArray(1).getArray());
            assertEquals("{'a': [1, 2], 'b': 'b\\'s'}", rows.getString(2));
            assertEquals(Map.of("k", 1.5), rows.getObject(3));
            assertFalse(rows.next());
        }
        try (PreparedStatement query =
                connection.prepareStatement("SELECT count(*) FROM typed WHERE l = ?::TEXT[]")) {
            query.setObject(1, new String[] {"list"});
            try (ResultSet rows = query.executeQuery()) {
                assertTrue(rows.next());
                assertEquals(1, rows.getInt(1));
            }
        }
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT list_filter([1, 2, 3], x -> x > ?), list_transform(['a'], x -> x || ?::TEXT)")) {
            query.setInt(1, 1);
            query.setString(2, "b");
            try (ResultSet rows = query.executeQuery()) {
                assertTrue(rows.next());
                assertArrayEquals(new Integer[] {2, 3}, (Object[]) rows.getArray(1).getArray());
                assertEquals("[ab]", rows.getString(2));
            }
        }
        assertThrows(
                SQLException.class, () -> connection.createStruct("INTEGER", new Object[] {1}));
        assertThrows(
                SQLException.class,
                () -> connection.createStruct("STRUCT(a INTEGER)", new Object[] {1, 2}));
    }

    private static void batches(Connection connection, Statement statement) throws SQLException {
        statement.execute("CREATE TABLE many (id INTEGER, l BIGINT[])");
        try (PreparedStatement prepared =
                connection.prepareStatement("INSERT INTO many VALUES (?, ?)")) {
            for (int i = 0; i < 1000; i++) {
                prepared.setInt(1, i);
                prepared.setObject(2, i % 3 == 0 ? null : Arrays.asList((long) i, null));
                prepared.addBatch();
            }
            prepared.executeBatch();
        }
        try (ResultSet rows =
                statement.executeQuery("SELECT count(*), count(l), sum(l[1]) FROM many")) {
            assertTrue(rows.next());
            assertEquals(1000, rows.getInt(1));
            assertEquals(666, rows.getInt(2));
            assertEquals(332_667, rows.getLong(3));
        }
    }
}
