package io.basaltdb.benchmarks.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.embedded.functions.JavaFunctions;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Functions and aggregates that the program gives as lambdas and objects, through its connection.
class ProgramFunctionsTest {
    private Connection connection;
    private JavaFunctions functions;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:basalt:mem:");
        assertTrue(connection.isWrapperFor(JavaFunctions.class));
        functions = connection.unwrap(JavaFunctions.class);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE numbers (n BIGINT, word TEXT)");
            statement.execute(
                    "INSERT INTO numbers SELECT CASE WHEN i % 10 = 0 THEN NULL ELSE i END, 'w' || (i % 7) FROM"
                            + " generate_series(1, 20000) AS s(i)");
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private String one(String sql) throws SQLException {
        return String.join("; ", rows(sql));
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                StringBuilder line = new StringBuilder();
                for (int c = 1; c <= row.getMetaData().getColumnCount(); c++) {
                    line.append(c == 1 ? "" : "|").append(row.getString(c));
                }
                rows.add(line.toString());
            }
        }
        return rows;
    }

    private static void refused(
            String sqlState, String part, org.junit.jupiter.api.function.Executable call) {
        SQLException refusal = assertThrows(SQLException.class, call);
        assertEquals(sqlState, refusal.getSQLState(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }

    @Test
    void lambdasOfOneAndTwoParameters() throws SQLException {
        functions.function("twice (n BIGINT) RETURNS BIGINT STRICT", (Long n) -> 2 * n);
        functions.function(
                "slug (BIGINT, TEXT) RETURNS TEXT DETERMINISTIC",
                (Long n, String word) -> n + "-" + word);
        assertEquals("42|null", one("SELECT twice(21), twice(NULL)"));
        assertEquals("7-a|null-b", one("SELECT slug(7, 'a'), slug(NULL, 'b')"));
        assertEquals(
                one("SELECT count(n), sum(2 * n), max(n || '-' || word) FROM numbers"),
                one(
                        "SELECT count(twice(n)), sum(TWICE(n)), max(slug(n, word)) FROM numbers WHERE n IS NOT NULL"));
        assertEquals("3", one("SELECT count(*) FROM numbers WHERE twice(n) BETWEEN 4 AND 8"));
    }

    @Test
    void everyType() throws SQLException {
        functions.rowFunction(
                "classes (BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL(10, 2), TEXT, VARBINARY, DATE,"
                        + " TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE, UUID) RETURNS TEXT",
                row -> {
                    StringBuilder names = new StringBuilder();
                    for (Object value : row) {
                        names.append(value == null ? "null" : value.getClass().getSimpleName())
                                .append(' ');
                    }
                    return names.toString().strip();
                });
        assertEquals(
                "Boolean Byte Short Integer Long Float Double BigDecimal String byte[] LocalDate LocalTime LocalDateTime"
                        + " Instant UUID",
                one(
                        "SELECT classes(TRUE, CAST(1 AS TINYINT), CAST(2 AS SMALLINT), CAST(3 AS INTEGER), 4, CAST(5 AS REAL), 6e0, 7.5,"
                                + " 'x', CAST('\\x01' AS VARBINARY), DATE '2024-01-02', TIME '10:00:00', TIMESTAMP '2024-01-02 03:04:05',"
                                + " TIMESTAMP WITH TIME ZONE '2024-01-02 03:04:05+00', CAST('00000000-0000-0000-0000-000000000001' AS UUID))"));
        functions.function("next_day (DATE) RETURNS DATE", (LocalDate day) -> day.plusDays(1));
        functions.function(
                "half (DECIMAL(10, 2)) RETURNS DECIMAL(12, 3)",
                (BigDecimal x) -> x.divide(new BigDecimal(2)));
        functions.function(
                "flip (UUID) RETURNS UUID",
                (UUID id) -> new UUID(id.getLeastSignificantBits(), id.getMostSignificantBits()));
        assertEquals(
                "2024-03-01|3.765|00000000-0000-0001-0000-000000000000",
                one(
                        "SELECT next_day(DATE '2024-02-29'), half(7.53), flip(CAST('00000000-0000-0000-0000-000000000001' AS UUID))"));
    }

    @Test
    void vectorsAreCalledOncePerBatch() throws SQLException {
        AtomicInteger calls = new AtomicInteger();
        functions.vectorFunction(
                "plus_all (BIGINT, DOUBLE) RETURNS DOUBLE",
                columns -> {
                    calls.incrementAndGet();
                    long[] n = (long[]) columns[0];
                    double[] x = (double[]) columns[1];
                    double[] sums = new double[n.length];
                    for (int i = 0; i < n.length; i++) {
                        sums[i] = n[i] + x[i];
                    }
                    return sums;
                });
        assertEquals(
                one("SELECT sum(n + 0.5e0), count(n) FROM numbers"),
                one("SELECT sum(plus_all(n, 0.5e0)), count(plus_all(n, 0.5e0)) FROM numbers"));
        assertTrue(calls.get() <= 100, "calls: " + calls);
    }

    @Test
    void aggregates() throws SQLException {
        functions.aggregate(
                "product_mod (BIGINT) RETURNS BIGINT STRICT",
                () -> new long[] {1},
                (long[] state, Long n) -> state[0] = state[0] * n % 1_000_003,
                (long[] state, long[] other) -> state[0] = state[0] * other[0] % 1_000_003,
                state -> state[0]);
        functions.aggregate(
                "spread (BIGINT, BIGINT) RETURNS BIGINT",
                new JavaFunctions.GroupFunction<long[]>() {
                    @Override
                    public long[] begin() {
                        return new long[2];
                    }

                    @Override
                    public void accumulate(long[] state, Object[] row) {
                        state[0] += row[0] == null ? 1 : 0;
                        state[1] = Math.max(state[1], (Long) row[1]);
                    }

                    @Override
                    public void merge(long[] state, long[] other) {
                        state[0] += other[0];
                        state[1] = Math.max(state[1], other[1]);
                    }

                    @Override
                    public Object finish(long[] state) {
                        return state[1] - state[0];
                    }
                });
        assertEquals(
                "24|362880",
                one(
                        "SELECT (SELECT product_mod(n) FROM numbers WHERE n < 5), (SELECT product_mod(n) FROM numbers WHERE n < 10)"));
        assertEquals(
                rows(
                        "SELECT word, max(length(word)) - sum(CASE WHEN n IS NULL THEN 1 ELSE 0 END) FROM numbers GROUP BY word ORDER BY word"),
                rows(
                        "SELECT word, spread(n, length(word)) FROM numbers GROUP BY word ORDER BY word"));
        assertEquals(
                "1; 2; 6",
                one("SELECT product_mod(n) OVER (ORDER BY n) FROM numbers WHERE n < 4 ORDER BY 1"));
    }

    @Test
    void allSessionsKnowThemUntilTheyAreRemoved() throws SQLException {
        try (Connection first = DriverManager.getConnection("jdbc:basalt:mem:shared");
                Connection second = DriverManager.getConnection("jdbc:basalt:mem:shared")) {
            JavaFunctions shared = first.unwrap(JavaFunctions.class);
            shared.function("answer_to (TEXT) RETURNS BIGINT", (String question) -> 42);
            try (PreparedStatement statement = second.prepareStatement("SELECT answer_to(?)")) {
                statement.setString(1, "all");
                assertEquals(42, number(statement));
                assertTrue(shared.remove("Answer_To"));
                assertFalse(shared.remove("answer_to"));
                refused("42883", "answer_to", () -> number(statement));
                shared.function("answer_to (TEXT) RETURNS BIGINT", (String question) -> (short) 43);
                assertEquals(43, number(statement));
            }
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            assertTrue(row.next());
            return row.getLong(1);
        }
    }

    @Test
    void whatIsWrongIsSaid() throws SQLException {
        functions.function("known (BIGINT) RETURNS BIGINT", (Long n) -> n);
        refused(
                "42710",
                "KNOWN already",
                () -> functions.function("KNOWN (TEXT) RETURNS TEXT", (String s) -> s));
        refused(
                "42710",
                "length already",
                () -> functions.function("length (TEXT) RETURNS TEXT", (String s) -> s));
        refused(
                "42710",
                "sum already",
                () -> functions.function("sum (BIGINT) RETURNS BIGINT", (Long n) -> n));
        refused("42601", "RETURNS", () -> functions.function("f (BIGINT)", (Long n) -> n));
        refused(
                "0A000",
                "JSON",
                () -> functions.function("f (JSON) RETURNS TEXT", (String s) -> s));
        refused(
                "42P17",
                "declared with 1 parameters, but its code takes 2",
                () -> functions.function("f (BIGINT) RETURNS BIGINT", (Long a, Long b) -> a + b));
        refused(
                "42P17",
                "needs a parameter",
                () -> functions.vectorFunction("f () RETURNS BIGINT", columns -> new long[1]));
        functions.function("bad (BIGINT) RETURNS BIGINT", (Long n) -> "text");
        refused("42P17", "gave a String, but RETURNS BIGINT needs", () -> one("SELECT bad(1)"));
        functions.vectorFunction("few (BIGINT) RETURNS BIGINT", columns -> new long[1]);
        refused("42P17", "gave 1 results", () -> one("SELECT few(n) FROM numbers"));
        functions.vectorFunction(
                "odd (BIGINT) RETURNS BIGINT", columns -> new double[((long[]) columns[0]).length]);
        refused("42P17", "gave a double[]", () -> one("SELECT odd(1)"));
        functions.function(
                "fails (TEXT) RETURNS TEXT",
                (String s) -> {
                    throw new IllegalStateException("no " + s);
                });
        refused("39000", "function fails failed: no x", () -> one("SELECT fails('x')"));
        functions.function("wants (BIGINT) RETURNS TEXT", (String s) -> s);
        refused("39000", "function wants failed", () -> one("SELECT wants(1)"));
        functions.function("big (BIGINT) RETURNS TINYINT", (Long n) -> n);
        refused("22003", "TINYINT", () -> one("SELECT big(1000)"));
        assertEquals("5", one("SELECT known(5)"));
        assertThrows(
                SQLException.class, () -> connection.createStatement().unwrap(JavaFunctions.class));
        connection.close();
        assertThrows(SQLException.class, () -> connection.unwrap(JavaFunctions.class));
    }
}
