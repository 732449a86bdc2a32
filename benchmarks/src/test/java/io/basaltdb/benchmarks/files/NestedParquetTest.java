package io.basaltdb.benchmarks.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lists, maps and structs at any depth that DuckDB wrote, read by both.
class NestedParquetTest {
    private static final int TYPES = 6;
    private static final int ROWS = 200;
    private static final int MAX_DEPTH = 4;
    private static final List<String> PLAIN =
            List.of(
                    "BOOLEAN",
                    "TINYINT",
                    "INTEGER",
                    "BIGINT",
                    "DOUBLE",
                    "VARCHAR",
                    "DATE",
                    "DECIMAL(9,2)",
                    "DECIMAL(30,4)",
                    "UUID",
                    "TIMESTAMP");

    private static final String FURTHER_TYPES =
            "BIGINT, TIME, UUID, TEXT, JSON, VARBINARY, VARBINARY[],"
                    + " STRUCT(months BIGINT, days BIGINT, milliseconds BIGINT)";

    @TempDir Path folder;
    private final long seed = Long.getLong("test.seed", 5);
    private final Random random = new Random(seed);
    private Connection duckDb;
    private Connection basalt;

    @BeforeEach
    void connect() throws SQLException {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        basalt = DriverManager.getConnection("jdbc:basalt:mem:");
    }

    @AfterEach
    void disconnect() throws SQLException {
        basalt.close();
        duckDb.close();
    }

    /// A type as DuckDB writes it.
    private sealed interface Shape {
        record Plain(String name) implements Shape {}

        record Listed(Shape element) implements Shape {}

        record Mapped(String key, Shape value) implements Shape {}

        record Members(List<Shape> members) implements Shape {}

        default String sql() {
            return switch (this) {
                case Plain(String name) -> name;
                case Listed(Shape element) -> element.sql() + "[]";
                case Mapped(String key, Shape value) -> "MAP(" + key + ", " + value.sql() + ")";
                case Members(List<Shape> members) ->
                        IntStream.range(0, members.size())
                                .mapToObj(i -> "m" + i + " " + members.get(i).sql())
                                .collect(Collectors.joining(", ", "STRUCT(", ")"));
            };
        }
    }

    private Shape shape(int depth) {
        int kind = depth >= MAX_DEPTH ? 0 : random.nextInt(depth == 0 ? 3 : 4);
        return switch (depth == 0 ? kind + 1 : kind) {
            case 1 -> new Shape.Listed(shape(depth + 1));
            case 2 ->
                    new Shape.Mapped(
                            random.nextBoolean() ? "VARCHAR" : "INTEGER", shape(depth + 1));
            case 3 ->
                    new Shape.Members(
                            IntStream.rangeClosed(0, random.nextInt(3))
                                    .mapToObj(_ -> shape(depth + 1))
                                    .toList());
            default -> new Shape.Plain(PLAIN.get(random.nextInt(PLAIN.size())));
        };
    }

    /// A value as DuckDB writes it.
    private String value(Shape shape) {
        if (random.nextInt(6) == 0) {
            return "NULL::" + shape.sql();
        }
        int count = random.nextInt(4);
        return switch (shape) {
            case Shape.Plain(String name) -> plain(name) + "::" + name;
            case Shape.Listed(Shape element) ->
                    IntStream.range(0, count)
                            .mapToObj(_ -> value(element))
                            .collect(Collectors.joining(", ", "[", "]::" + shape.sql()));
            case Shape.Mapped(String key, Shape element) ->
                    IntStream.range(0, count)
                            .mapToObj(i ->
                                    (key.equals("INTEGER") ? "" + (7 * i - 7) : "'k" + i + "'")
                                            + ": "
                                            + value(element))
                            .collect(Collectors.joining(", ", "MAP {", "}::" + shape.sql()));
            case Shape.Members(List<Shape> members) ->
                    IntStream.range(0, members.size())
                            .mapToObj(i -> "'m" + i + "': " + value(members.get(i)))
                            .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private String plain(String name) {
        return switch (name) {
            case "BOOLEAN" -> random.nextBoolean() ? "true" : "false";
            case "TINYINT" -> "(" + (random.nextInt(256) - 128) + ")";
            case "INTEGER" -> "(" + random.nextInt() + ")";
            case "BIGINT" -> "(" + (random.nextLong() >> 1) + ")";
            case "DOUBLE" -> "(" + (random.nextInt(20_000) - 10_000) / 16.0 + ")";
            case "VARCHAR" ->
                    List.of("''", "'a'", "'größe'", "'it''s [x], {y}'", "'null'", "'🙂 text'")
                            .get(random.nextInt(6));
            case "DATE" -> "'" + java.time.LocalDate.ofEpochDay(random.nextInt(40_000)) + "'";
            case "DECIMAL(9,2)" ->
                    "(" + BigDecimal.valueOf(random.nextInt(2_000_000) - 999_999, 2) + ")";
            case "DECIMAL(30,4)" ->
                    "(" + new BigDecimal(new java.math.BigInteger(80, random), 4).negate() + ")";
            case "UUID" -> "'" + new java.util.UUID(random.nextLong(), random.nextLong()) + "'";
            case "TIMESTAMP" ->
                    "'"
                            + java.time.LocalDateTime.ofEpochSecond(
                                    random.nextInt(),
                                    1000 * random.nextInt(1_000_000),
                                    java.time.ZoneOffset.UTC)
                            + "'";
            default -> throw new AssertionError(name);
        };
    }

    private String write(List<Shape> shapes, int rows, String name) throws SQLException {
        String path = folder.resolve(name).toString();
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(
                    IntStream.range(0, shapes.size())
                            .mapToObj(c -> "c" + c + " " + shapes.get(c).sql())
                            .collect(
                                    Collectors.joining(
                                            ", ", "CREATE OR REPLACE TABLE t (id INTEGER, ", ")")));
            for (int first = 0; first < rows; first += 100) {
                int from = first;
                statement.execute(
                        IntStream.range(0, 100)
                                .mapToObj(i ->
                                        shapes.stream()
                                                .map(this::value)
                                                .collect(
                                                        Collectors.joining(
                                                                ", ",
                                                                "(" + (from + i) + ", ",
                                                                ")")))
                                .collect(Collectors.joining(", ", "INSERT INTO t VALUES ", "")));
            }
            statement.execute("COPY t TO '" + path + "' (FORMAT parquet)");
        }
        return path;
    }

    @Test
    void everyNestedValueIsTheSame() throws SQLException {
        for (int i = 0; i < TYPES; i++) {
            List<Shape> shapes = List.of(shape(0), shape(0));
            String path = write(shapes, ROWS, "nested" + i + ".parquet");
            String query = "SELECT * FROM '" + path + "' ORDER BY id";
            String about = "seed " + seed + ", " + shapes;
            List<String> expected = rows(duckDb, query);
            assertSame(expected, rows(basalt, query), about);
            try (Statement statement = basalt.createStatement()) {
                statement.execute("CREATE TABLE loaded" + i + " AS FROM '" + path + "'");
            }
            assertSame(expected, rows(basalt, "SELECT * FROM loaded" + i + " ORDER BY id"), about);
        }
    }

    private String copy(String source, String options) throws SQLException {
        String path = folder.resolve("copy-of-" + source.hashCode() + ".parquet").toString();
        try (Statement statement = basalt.createStatement()) {
            statement.execute("COPY " + source + " TO '" + path + "'" + options);
        }
        return path;
    }

    /// Lists that begin in one batch of rows and pages, and end in others.
    @Test
    void manyRowsOfLongListsAreTheSame() throws SQLException {
        String path = folder.resolve("long.parquet").toString();
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(
                    "COPY (SELECT i AS id, CASE WHEN i % 7 = 3 THEN NULL ELSE list_transform(range(i % 50), lambda x:"
                            + " CASE WHEN x % 5 = 4 THEN NULL ELSE {'n': x * i, 't': [i || '/' || x, NULL]} END) END AS l,"
                            + " CASE WHEN i % 11 = 0 THEN NULL ELSE MAP([i, i + 1], [[i], []]) END AS m"
                            + " FROM range(20000) r(i)) TO '"
                            + path
                            + "' (FORMAT parquet, ROW_GROUP_SIZE 6000, COMPRESSION zstd)");
        }
        String query = "SELECT * FROM '" + path + "' ORDER BY id";
        assertSame(rows(duckDb, query), rows(basalt, query), "long lists");
        String copy = "SELECT * FROM '" + copy("(FROM '" + path + "')", "") + "' ORDER BY id";
        assertSame(rows(duckDb, query), rows(duckDb, copy), "long lists, written");
        assertSame(rows(duckDb, query), rows(basalt, copy), "long lists, written and read");
        String last = "SELECT * FROM '" + path + "' WHERE id >= 19990 ORDER BY id";
        assertSame(rows(duckDb, last), rows(basalt, last), "skipped batches");
    }

    @Test
    void loadsIntoColumnsOfOtherTypes() throws SQLException {
        String path = folder.resolve("other.parquet").toString();
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(
                    "COPY (SELECT [1, NULL, 3] AS l, {'a': 1, 'b': [DATE '2024-02-29']} AS s) TO '"
                            + path
                            + "' (FORMAT parquet)");
        }
        try (Statement statement = basalt.createStatement()) {
            statement.execute(
                    "CREATE TABLE t (s STRUCT(a TEXT, b TIMESTAMP[]), l DECIMAL(5, 1)[])");
            assertEquals(1, statement.executeUpdate("COPY t FROM '" + path + "'"));
            assertEquals(
                    List.of("{a=1, b=[2024-02-29 00:00:00.0]}|[1, null, 3]|"),
                    rows(basalt, "SELECT s, l FROM t"));
        }
    }

    /// Bytes that DuckDB writes with every type that is not in the tables of nested ones.
    @Test
    void furtherTypesAreTheSame() throws SQLException {
        String path = folder.resolve("further.parquet").toString();
        try (Statement statement = duckDb.createStatement()) {
            statement.execute("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')");
            statement.execute(
                    "COPY (SELECT i AS id, TIME '23:59:59.999999' - to_microseconds(i * 7919) AS t,"
                            + " md5(i::VARCHAR)::UUID AS u, ['sad', 'ok', 'happy'][i % 3 + 1]::mood AS e,"
                            + " json_object('a', [i, NULL]) AS j, encode('x' || chr(i::INTEGER % 256 + 1)) AS b,"
                            + " [encode('y' || i)] AS bs, to_months(i::INTEGER) + to_days(3) + to_milliseconds(i) AS v"
                            + " FROM range(5000) r(i)) TO '"
                            + path
                            + "' (FORMAT parquet)");
        }
        assertEquals(FURTHER_TYPES, types("SELECT * FROM '" + path + "'"));
        String query =
                "SELECT id, CAST(t AS VARCHAR), u, CAST(e AS VARCHAR), CAST(j AS VARCHAR), hex(b), hex(bs[1]), %s FROM '"
                        + path
                        + "' ORDER BY id";
        assertSame(
                rows(
                        duckDb,
                        query.formatted(
                                "12 * date_part('year', v) + date_part('month', v), date_part('day', v), date_part('millisecond', v)")),
                rows(basalt, query.formatted("v.months, v.days, v.milliseconds")),
                "further types");
        String copy = copy("(FROM '" + path + "')", " (COMPRESSION uncompressed)");
        assertEquals(FURTHER_TYPES, types("SELECT * FROM '" + copy + "'"));
        String members = "SELECT * EXCLUDE (v, b, bs), hex(b), hex(bs[1]) FROM '%s' ORDER BY id";
        assertSame(
                rows(duckDb, members.formatted(path)),
                rows(duckDb, members.formatted(copy)),
                "further types, written");
        assertEquals(
                List.of("UUID|JSON|BLOB|TIME|"),
                rows(
                        duckDb,
                        "SELECT DISTINCT typeof(u), typeof(j), typeof(b), typeof(t) FROM '"
                                + copy
                                + "'"));
    }

    /// Damage anywhere in the file gives an error of ours or other values, and never ends the connection.
    @Test
    void damagedLevelsAreNamed() throws SQLException, IOException {
        String path = folder.resolve("whole.parquet").toString();
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(
                    "COPY (SELECT [{'a': i, 'm': MAP {i: [i, NULL]}}, NULL] AS l, CASE WHEN i % 3 > 0 THEN range(i % 4) END AS n"
                            + " FROM range(2000) r(i)) TO '"
                            + path
                            + "' (FORMAT parquet, COMPRESSION uncompressed)");
        }
        byte[] whole = Files.readAllBytes(Path.of(path));
        int failures = 0;
        for (int run = 0; run < 60; run++) {
            byte[] damaged = whole.clone();
            for (int hit = 0; hit <= run % 4; hit++) {
                damaged[4 + random.nextInt(whole.length - 8)] ^= (byte) (1 << random.nextInt(8));
            }
            Path file = Files.write(folder.resolve("damaged" + run + ".parquet"), damaged);
            try {
                rows(basalt, "SELECT l, n FROM '" + file + "'");
            } catch (SQLException e) {
                failures++;
                assertTrue(
                        e.getMessage().contains("damaged" + run),
                        e.getMessage() + ", seed " + seed);
                assertTrue(
                        List.of("22P04", "0A000", "54000").contains(e.getSQLState()),
                        e.getSQLState() + " " + e.getMessage());
                assertFalse(e.getMessage().contains("Exception"), e.getMessage());
            }
        }
        assertTrue(failures > 5, "failures: " + failures);
    }

    private String types(String query) throws SQLException {
        try (Statement statement = basalt.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> types = new ArrayList<>();
            for (int c = 1; c <= rows.getMetaData().getColumnCount(); c++) {
                types.add(rows.getMetaData().getColumnTypeName(c));
            }
            return String.join(", ", types);
        }
    }

    static void assertSame(List<String> expected, List<String> found, String about) {
        assertEquals(expected.size(), found.size(), about);
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), found.get(i), "row " + i + ", " + about);
        }
    }

    static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                StringBuilder line = new StringBuilder();
                for (int c = 1; c <= columns; c++) {
                    line.append(text(row.getObject(c))).append('|');
                }
                rows.add(line.toString());
            }
        }
        return rows;
    }

    /// One spelling for what the drivers give.
    private static String text(Object value) throws SQLException {
        return switch (value) {
            case null -> "null";
            case Number number ->
                    new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
            case Array list -> list((Object[]) list.getArray());
            case Object[] list -> list(list);
            case List<?> list -> list(list.toArray());
            case org.duckdb.DuckDBStruct struct -> map(struct.getMap());
            case Struct struct -> struct(struct);
            case Map<?, ?> map -> map(map);
            case java.time.LocalDate date -> date.toString();
            case java.time.LocalDateTime time -> java.sql.Timestamp.valueOf(time).toString();
            default -> value.toString();
        };
    }

    private static String list(Object[] values) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Object value : values) {
            texts.add(text(value));
        }
        return texts.toString();
    }

    private static String struct(Struct struct) throws SQLException {
        List<String> texts = new ArrayList<>();
        Object[] members = struct.getAttributes();
        List<String> found = memberNames(struct.getSQLTypeName());
        assertEquals(found.size(), members.length, struct.getSQLTypeName());
        for (int i = 0; i < members.length; i++) {
            texts.add(found.get(i) + "=" + text(members[i]));
        }
        return texts.stream().collect(Collectors.joining(", ", "{", "}"));
    }

    /// The names in `STRUCT(a INTEGER, b STRUCT(c TEXT))`, those inside of members left out.
    private static List<String> memberNames(String type) {
        List<String> names = new ArrayList<>();
        int depth = 0;
        boolean begins = false;
        StringBuilder name = new StringBuilder();
        for (char c : type.toCharArray()) {
            if (c == '(') {
                depth++;
                begins |= depth == 1;
            } else if (c == ')') {
                depth--;
            } else if (depth == 1 && c == ',') {
                begins = true;
            } else if (begins && c == ' ' && !name.isEmpty()) {
                names.add(name.toString());
                name.setLength(0);
                begins = false;
            } else if (begins && c != ' ') {
                name.append(c);
            }
        }
        return names;
    }

    private static String map(Map<?, ?> map) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            texts.add(text(entry.getKey()) + "=" + text(entry.getValue()));
        }
        return texts.stream().collect(Collectors.joining(", ", "{", "}"));
    }
}
