package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.session.Session;
import io.basaltdb.query.sql.ValueRows;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that go into a table without a plan: the same rows, and the same errors, as through one. A cell in parentheses has to be planned.
class DirectInsertTest {
    private static final List<String> LITERALS =
            List.of(
                    "0",
                    "1",
                    "-1",
                    "300",
                    "-70000",
                    "5000000000",
                    "9223372036854775807",
                    "9223372036854775808",
                    "-9223372036854775808",
                    "1.5",
                    "2.5",
                    "-2.5",
                    "-0.4",
                    ".5",
                    "123456789012.3456789",
                    "1e3",
                    "-2.5e-3",
                    "1e40",
                    "1e400",
                    "''",
                    "'abc'",
                    "'12'",
                    "' 12 '",
                    "'1.5'",
                    "'1e2'",
                    "'true'",
                    "'t'",
                    "'2020-01-02'",
                    "'2020-01-02 03:04:05.123456'",
                    "'2020-13-02'",
                    "'it''s'",
                    "'ä€😀'",
                    "TRUE",
                    "false",
                    "NULL",
                    "DEFAULT");

    private final TestSessions sessions = TestSessions.inMemory();
    private final TestSessions.Client client = sessions.client();

    @AfterEach
    void close() {
        sessions.close();
    }

    private long run(String sql, Session.Parameter... parameters) {
        return client.run(sql, parameters);
    }

    private List<String> rows(String sql) {
        return client.rows(sql);
    }

    /// What a statement comes to: how many rows, or its SQLSTATE.
    private String outcome(String sql) {
        try {
            return "rows " + run(sql);
        } catch (BasaltException failure) {
            return failure.code().sqlState();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BOOLEAN",
                "TINYINT",
                "SMALLINT",
                "INTEGER",
                "BIGINT",
                "REAL",
                "DOUBLE",
                "DECIMAL(8, 2)",
                "DECIMAL(30, 4)",
                "TEXT",
                "VARCHAR(5)",
                "DATE",
                "TIMESTAMP",
                "TIMESTAMP(0)",
                "TIMESTAMP WITH TIME ZONE"
            })
    void everyLiteralGivesWhatAPlanGives(String type) {
        run("SET time_zone = 'Europe/Berlin'");
        run("CREATE TABLE direct (n INTEGER, v " + type + ")");
        run("CREATE TABLE planned (n INTEGER, v " + type + ")");
        for (int i = 0; i < LITERALS.size(); i++) {
            String literal = LITERALS.get(i);
            String direct = "INSERT INTO direct VALUES (" + i + ", " + literal + ")";
            assertEquals(literal.equals("1e400"), ValueRows.read(direct) == null, direct);
            String planned = "INSERT INTO planned VALUES ((" + i + "), " + literal + ")";
            assertNull(ValueRows.read(planned), planned);
            assertEquals(outcome(planned), outcome(direct), literal + " as " + type);
        }
        assertEquals(
                rows("SELECT * FROM planned ORDER BY n"), rows("SELECT * FROM direct ORDER BY n"));
    }

    @Test
    void parametersAreBoundEachTimeAnew() {
        run("CREATE TABLE t (id BIGINT NOT NULL, name TEXT, at TIMESTAMP, price DECIMAL(8, 2))");
        String sql = "INSERT INTO t (name, id, price) VALUES (?, ?, ?)";
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    1,
                    run(
                            sql,
                            new Session.Parameter(Value.of("n" + i), Type.TEXT),
                            new Session.Parameter(Value.of(i), Type.INTEGER),
                            new Session.Parameter(Value.of(i + ".25"), Type.TEXT)));
        }
        assertEquals(
                List.of("0|n0|NULL|0.25", "1|n1|NULL|1.25", "2|n2|NULL|2.25"),
                rows("SELECT * FROM t ORDER BY id"));
        assertThrows(BasaltException.class, () -> run(sql));
        BasaltException missing =
                assertThrows(
                        BasaltException.class,
                        () ->
                                run(
                                        sql,
                                        new Session.Parameter(Value.of("n"), Type.TEXT),
                                        new Session.Parameter(Value.NULL, Type.BIGINT),
                                        new Session.Parameter(Value.NULL, Type.TEXT)));
        assertEquals("23502", missing.code().sqlState());
        assertEquals(List.of("3"), rows("SELECT count(*) FROM t"));
    }

    @Test
    void columnsThatAreNotNamedGetTheirDefault() {
        run(
                "CREATE TABLE t (a INTEGER DEFAULT 7, b TEXT DEFAULT 'x', c INTEGER, d TIMESTAMP DEFAULT now())");
        assertEquals(1, run("INSERT INTO t (c) VALUES (1)"));
        assertEquals(2, run("INSERT INTO t (b, c) VALUES (DEFAULT, 2), ('y', 3)"));
        run("CREATE TABLE u (a INTEGER DEFAULT 7, b TEXT DEFAULT 'x', c INTEGER DEFAULT -3)");
        assertEquals(2, run("INSERT INTO u (b) VALUES (DEFAULT), ('y');"));
        assertEquals(
                List.of("7|x|1|true", "7|x|2|true", "7|y|3|true"),
                rows("SELECT a, b, c, d IS NOT NULL FROM t ORDER BY c"));
        assertEquals(List.of("7|x|-3", "7|y|-3"), rows("SELECT * FROM u ORDER BY b"));
    }

    @Test
    void theSameTextFollowsItsTable() {
        String sql = "INSERT INTO t VALUES (1, '2')";
        run("CREATE TABLE t (a INTEGER, b TEXT)");
        run(sql);
        run("DROP TABLE t");
        assertEquals("42P01", outcome(sql));
        run("CREATE TABLE t (b DECIMAL(4, 1), a INTEGER)");
        run(sql);
        assertEquals(List.of("1.0|2"), rows("SELECT * FROM t"));
        run("CREATE SCHEMA other");
        run("CREATE TABLE other.t (x TEXT, y TEXT)");
        run("USE other");
        run(sql);
        assertEquals(List.of("1|2"), rows("SELECT * FROM other.t"));
    }

    @Test
    void manyRowsAreOneInsert() {
        run("CREATE TABLE t (a INTEGER, b TEXT)");
        StringBuilder sql = new StringBuilder("INSERT INTO t VALUES ");
        for (int i = 0; i < 10_000; i++) {
            sql.append(i == 0 ? "" : ", ").append("(").append(i).append(", 'row ").append(i);
            sql.append("')");
        }
        assertEquals(10_000, run(sql.toString()));
        assertEquals(
                List.of("10000|49995000|0"),
                rows("SELECT count(*), sum(a), count(*) FILTER (WHERE b <> 'row ' || a) FROM t"));
        assertEquals("22003", outcome(sql + ", (99999999999, 'too large')"));
        assertEquals(List.of("10000"), rows("SELECT count(*) FROM t"));
    }

    @Test
    void whatIsNotPlainIsLeftToTheParser() {
        for (String sql :
                List.of(
                        "SELECT 1",
                        "INSERT INTO t SELECT 1",
                        "INSERT INTO t VALUES (1 + 1)",
                        "INSERT INTO t VALUES (1), (1, 2)",
                        "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING RETURNING a",
                        "INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = ?",
                        "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING; SELECT 2",
                        "INSERT OR REPLACE INTO t VALUES (1) ON CONFLICT DO NOTHING",
                        "INSERT OR ABORT INTO t VALUES (1)",
                        "INSERT INTO t VALUES (1); SELECT 2",
                        "INSERT INTO t VALUES ($1)",
                        "INSERT INTO t VALUES ('a' 'b')",
                        "INSERT INTO t VALUES (E'a')",
                        "INSERT INTO t VALUES (1",
                        "INSERT INTO t VALUES ('a)",
                        "INSERT INTO t VALUES (-'1')",
                        "INSERT INTO t VALUES ()",
                        "INSERT INTO t DEFAULT VALUES")) {
            assertNull(ValueRows.read(sql), sql);
        }
        ValueRows rows = ValueRows.read(" insert into table s.t (\"A\") values (?) , (?);; ");
        assertNotNull(rows);
        assertEquals(2, rows.parameterCount());
        assertTrue(rows.columns().equals(List.of("A")));
    }

    /// What follows the rows of an upsert, and what stands before INTO.
    private static final List<List<String>> RULES =
            List.of(
                    List.of("OR REPLACE", ""),
                    List.of("OR IGNORE", ""),
                    List.of("", "ON CONFLICT DO NOTHING"),
                    List.of("", "ON CONFLICT (k) DO UPDATE SET v = excluded.v, w = excluded.w;"),
                    List.of("", "ON CONFLICT (k) DO UPDATE SET v = x.v + excluded.v"),
                    List.of("", "ON CONFLICT DO UPDATE SET w = excluded.w WHERE x.v < excluded.v"),
                    List.of("", "ON CONFLICT DO UPDATE SET k = x.k + 1000"),
                    List.of("", "ON CONFLICT (v) DO NOTHING"),
                    List.of("", "ON CONFLICT DO UPDATE SET u = 1"),
                    List.of("", ""));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyRuleGivesWhatAPlanGives(boolean inTransaction) {
        SplittableRandom random = new SplittableRandom(5);
        for (String table : List.of("planned", "direct", "batched")) {
            run("CREATE TABLE " + table + " (w TEXT DEFAULT 'd', k INTEGER PRIMARY KEY, v BIGINT)");
        }
        for (int i = 0; i < 120; i++) {
            List<String> rule = RULES.get(random.nextInt(RULES.size()));
            List<int[]> rows = new ArrayList<>();
            for (int r = random.nextInt(1, 8); r > 0; r--) {
                rows.add(new int[] {random.nextInt(40), random.nextInt(100)});
            }
            if (inTransaction) {
                run("BEGIN");
            }
            String planned = outcome(upsert(rule, "planned", rows, "((%d), %d)"));
            String direct = "";
            String batched = "";
            if (!inTransaction || planned.startsWith("rows")) {
                direct = outcome(upsert(rule, "direct", rows, "(%d, %d)"));
                batched = batched(upsert(rule, "batched", rows.subList(0, 1), "(?, ?)"), rows);
                assertEquals(planned, direct, "statement " + i + " " + rule);
                assertEquals(planned, batched, "statement " + i + " " + rule);
            }
            if (inTransaction) {
                run(planned.startsWith("rows") ? "COMMIT" : "ROLLBACK");
            }
        }
        List<String> expected = rows("SELECT * FROM planned ORDER BY k");
        assertTrue(expected.size() > 30);
        assertEquals(expected, rows("SELECT * FROM direct ORDER BY k"));
        assertEquals(expected, rows("SELECT * FROM batched ORDER BY k"));
    }

    private static String upsert(
            List<String> rule, String table, List<int[]> rows, String rowFormat) {
        StringBuilder sql = new StringBuilder("INSERT ");
        sql.append(rule.get(0)).append(" INTO ").append(table).append(" AS x (k, v) VALUES ");
        for (int i = 0; i < rows.size(); i++) {
            sql.append(i == 0 ? "" : ", ");
            sql.append(String.format(Locale.ROOT, rowFormat, rows.get(i)[0], rows.get(i)[1]));
        }
        return sql.append(' ').append(rule.get(1)).toString();
    }

    /// The rows as a batch for the statement's one row of parameters.
    private String batched(String sql, List<int[]> rows) {
        long[] keys = rows.stream().mapToLong(row -> row[0]).toArray();
        long[] values = rows.stream().mapToLong(row -> row[1]).toArray();
        try (Session.BulkInsert insert = client.session().insert(sql, 2, "")) {
            if (insert == null) {
                return outcome(sql.replace("(?, ?)", "((1), 2)")); // what is wrong with it
            }
            insert.append(
                    new Batch(
                            rows.size(),
                            List.of(
                                    new LongVector(Type.INTEGER, rows.size(), keys, null),
                                    new LongVector(Type.BIGINT, rows.size(), values, null))));
            return "rows " + insert.commit();
        } catch (BasaltException failure) {
            return failure.code().sqlState();
        }
    }

    @Test
    void onlyARowOfParametersTakesBatches() {
        run("CREATE TABLE t (k INTEGER PRIMARY KEY, v BIGINT)");
        for (String sql :
                List.of(
                        "INSERT INTO t VALUES (?, 1)",
                        "INSERT INTO t VALUES (?, ?), (?, ?)",
                        "INSERT INTO t (k) VALUES (?, ?)",
                        "INSERT INTO t VALUES (?)",
                        "INSERT INTO t VALUES (?, ?) ON CONFLICT DO UPDATE SET v = ?",
                        "UPDATE t SET v = ? WHERE k = ?")) {
            assertNull(client.session().insert(sql, 2, ""), sql);
        }
        assertNull(client.session().insert("INSERT INTO t VALUES (?, ?)", 3, ""));
        try (Session.BulkInsert insert =
                client.session().insert(" insert into t values (?, ?); ", 2, "")) {
            assertNotNull(insert);
            assertEquals(2, insert.columns().size());
        }
        assertEquals(List.of("0"), rows("SELECT count(*) FROM t"));
    }
}
