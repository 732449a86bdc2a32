package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.relation.ValueVectors;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Statements from text to answer, on a database in memory.
class EngineTest {
    private final MemoryDisk disk = new MemoryDisk("the test", 1L << 28);
    private final TestSessions sessions = new TestSessions(disk, DatabaseOptions.defaults());
    private final TestSessions.Client client = sessions.client();
    private final Session session = client.session();

    @AfterEach
    void close() {
        sessions.close();
    }

    private long run(String sql) {
        return client.run(sql);
    }

    private List<String> rows(String sql, Session.Parameter... parameters) {
        return client.rows(sql, parameters);
    }

    private void makeFruit() {
        run(
                "CREATE TABLE fruit (id BIGINT NOT NULL, name TEXT, price DECIMAL(8, 2)) ORDER BY (id)");
        assertEquals(
                4,
                run(
                        "INSERT INTO fruit VALUES (3, 'fig', 0.25), (1, 'apple', 1.5), (2, NULL, 3), (4, 'fig', 0.5)"));
    }

    @Test
    void computesFiltersGroupsJoinsAndSorts() {
        makeFruit();
        assertEquals(
                List.of("1|apple|1.50", "2|NULL|3.00"),
                rows("SELECT * FROM fruit WHERE price > 1 ORDER BY id"));
        assertEquals(
                List.of("apple|1|1.50", "fig|2|0.75", "NULL|1|3.00"),
                rows("SELECT name, count(*), sum(price) FROM fruit GROUP BY name ORDER BY name"));
        assertEquals(
                List.of("3|4", "4|3"),
                rows(
                        "SELECT a.id, b.id FROM fruit a JOIN fruit b ON a.name = b.name AND a.id <> b.id ORDER BY 1"));
        assertEquals(
                List.of("2"),
                rows(
                        "SELECT id FROM fruit a WHERE NOT EXISTS (SELECT 1 FROM fruit b WHERE b.name = a.name)"));
        assertEquals(
                List.of("4"),
                rows(
                        "SELECT max(id) FROM fruit WHERE name IN (SELECT name FROM fruit WHERE id = 3)"));
    }

    @Test
    void insertsSeeWhatWasCommittedAndOnlyThat() {
        makeFruit();
        assertEquals(4, run("INSERT INTO fruit SELECT id + 10, name, price FROM fruit"));
        assertEquals(List.of("8|14"), rows("SELECT count(*), max(id) FROM fruit"));
        BasaltException missing =
                assertThrows(
                        BasaltException.class,
                        () -> run("INSERT INTO fruit VALUES (20, 'kiwi', 1), (NULL, 'x', 1)"));
        assertEquals(ErrorCode.NOT_NULL_VIOLATION, missing.code());
        assertEquals(List.of("8"), rows("SELECT count(*) FROM fruit"));
    }

    @Test
    void definitionsComeAndGo() {
        makeFruit();
        run("CREATE SCHEMA shop");
        run("CREATE TABLE shop.cheap AS SELECT * FROM fruit WHERE price < 1");
        run("CREATE VIEW names (n) AS SELECT DISTINCT name FROM fruit WHERE name IS NOT NULL");
        assertEquals(List.of("2"), rows("SELECT count(*) FROM shop.cheap"));
        assertEquals(List.of("apple", "fig"), rows("SELECT n FROM names ORDER BY n"));
        assertEquals(List.of("fruit", "names"), rows("SHOW TABLES"));
        assertEquals(
                List.of(
                        "id|BIGINT|NO|SORT 1|NULL",
                        "name|TEXT|YES|NULL|NULL",
                        "price|DECIMAL(8, 2)|YES|NULL|NULL"),
                rows("DESCRIBE fruit"));
        run("TRUNCATE TABLE fruit");
        assertEquals(List.of("0"), rows("SELECT count(*) FROM fruit"));
        run("DROP VIEW names");
        run("DROP TABLE fruit");
        run("DROP SCHEMA shop CASCADE");
        assertEquals(List.of(), rows("SHOW TABLES"));
    }

    @Test
    void defaultsFillWhatIsLeftOut() {
        run("CREATE TABLE d (id BIGINT, note TEXT DEFAULT 'none', at INTEGER DEFAULT 40 + 2)");
        run("INSERT INTO d (id) VALUES (1)");
        try (Session.BulkInsert insert = session.insert("main", "d", List.of("id"))) {
            insert.append(
                    new Batch(
                            2,
                            List.of(
                                    ValueVectors.of(
                                            Type.INTEGER, List.of(Value.of(2L), Value.of(3L))))));
            assertEquals(2, insert.commit());
        }
        assertEquals(
                List.of("1|none|42", "2|none|42", "3|none|42"),
                rows("SELECT * FROM d ORDER BY id"));
    }

    @Test
    void aBulkInsertThatIsNotCommittedLeavesNothing() {
        makeFruit();
        try (Session.BulkInsert insert = session.insert("main", "fruit", List.of("id"))) {
            insert.append(
                    new Batch(1, List.of(ValueVectors.of(Type.BIGINT, List.of(Value.of(9L))))));
        }
        assertEquals(List.of("4"), rows("SELECT count(*) FROM fruit"));
    }

    @Test
    void parametersAreCastAsLiteralsAre() {
        makeFruit();
        assertEquals(
                List.of("3"),
                rows(
                        "SELECT id FROM fruit WHERE price = ? AND name = ?",
                        new Session.Parameter(Value.of("0.25"), Type.TEXT),
                        new Session.Parameter(Value.of("fig"), Type.TEXT)));
        try (Session.Prepared prepared =
                session.prepare("SELECT id, name FROM fruit WHERE id > ? ORDER BY id")) {
            assertEquals(2, prepared.result().size());
            assertEquals(Type.BIGINT, prepared.parameters().getFirst().type());
            for (long bound = 4; bound >= 2; bound--) {
                try (Result result =
                        prepared.execute(
                                List.of(new Session.Parameter(Value.of(bound), Type.BIGINT)))) {
                    assertEquals(4 - bound, TestSessions.lines(result).size());
                }
            }
        }
        BasaltException few =
                assertThrows(
                        BasaltException.class, () -> rows("SELECT id FROM fruit WHERE id = ?"));
        assertEquals(ErrorCode.WRONG_PARAMETER_COUNT, few.code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "SELECT 1/0; 22012",
                "SELECT id/(id-1) FROM fruit; 22012",
                "SELECT CAST(name AS INTEGER) FROM fruit; 22P02",
                "SELECT CAST(70000 AS SMALLINT); 22003",
                "SELECT nope FROM fruit; 42703",
                "SELECT * FROM nope; 42P01",
                "SELEC 1; 42601",
                "SELECT name, id FROM fruit GROUP BY name; 42803",
                "CREATE TABLE fruit (a INTEGER); 42P07",
                "CREATE TABLE k (id INTEGER, PRIMARY KEY (id, ID)); 42701",
                "CREATE TABLE k (id INTEGER PRIMARY KEY, b TEXT, PRIMARY KEY (b)); 42P17",
                "CREATE TABLE twice (a INTEGER, A TEXT); 42701",
                "CREATE TABLE t (a INTEGER) ORDER BY (b); 42703",
                "DROP TABLE nope; 42P01",
                "SELECT (SELECT id FROM fruit); 21000",
                "SET nope = 1; 42704",
                "SET time_zone = 'Nowhere/Else'; 22023",
                "USE nope; 3F000",
                "COMMIT; 25P01",
                "KILL QUERY 12345; 42704",
            })
    void mistakesAreNamed(String sql, String state) {
        makeFruit();
        BasaltException failure = assertThrows(BasaltException.class, () -> rows(sql));
        assertEquals(state.strip(), failure.code().sqlState(), failure.text());
        assertFalse(
                failure.text().matches(".*(Exception|Error|io\\.basaltdb|java\\.).*"),
                failure.text());
        assertEquals(List.of("4"), rows("SELECT count(*) FROM fruit"));
    }

    @Test
    void guardedFailuresDoNotFail() {
        makeFruit();
        assertEquals(
                List.of("1|0", "2|1", "3|0", "4|0"),
                rows(
                        "SELECT id, CASE WHEN id = 1 THEN 0 ELSE 1/(id-1) END FROM fruit ORDER BY id"));
        assertEquals(
                List.of("3"), rows("SELECT count(*) FROM fruit WHERE id <> 1 AND 10/(id-1) > 0"));
    }

    @Test
    void largeStatementsAreAnswered() {
        assertEquals(
                List.of("1000"),
                rows(
                        "SELECT count(*) FROM ("
                                + String.join(" UNION ALL ", Collections.nCopies(1000, "SELECT 1"))
                                + ") u"));
        assertEquals(List.of("1"), rows("SELECT " + "(".repeat(1000) + "1" + ")".repeat(1000)));
        makeFruit();
        StringBuilder list = new StringBuilder("SELECT count(*) FROM fruit WHERE id IN (2");
        for (int i = 4; i < 40_000; i += 2) {
            list.append(", ").append(i);
        }
        assertEquals(List.of("2"), rows(list.append(')').toString()));
    }

    @Test
    void settingsHoldForTheSession() {
        run("SET query_timeout = 50");
        assertEquals(List.of("50"), rows("SHOW query_timeout"));
        BasaltException late =
                assertThrows(
                        BasaltException.class,
                        () ->
                                rows(
                                        "WITH n AS (SELECT 1 AS x"
                                                + " UNION ALL SELECT 1".repeat(300)
                                                + ") SELECT sum(a.x + b.x + c.x + d.x) FROM n a, n b, n c, n d"));
        assertEquals(ErrorCode.QUERY_CANCELED, late.code());
        run("RESET query_timeout");
        assertEquals(List.of("1"), rows("SELECT 1"));
    }

    @Test
    void cancelStopsWhatRunsAndKeepsTheSession() throws InterruptedException {
        Thread canceller =
                new Thread(() -> {
                    for (int i = 0; i < 200; i++) {
                        session.cancel();
                        try {
                            Thread.sleep(20);
                        } catch (InterruptedException e) {
                            return;
                        }
                    }
                });
        canceller.start();
        BasaltException stopped =
                assertThrows(
                        BasaltException.class,
                        () ->
                                rows(
                                        "WITH n AS (SELECT 1 AS x"
                                                + " UNION ALL SELECT 1".repeat(300)
                                                + ") SELECT sum(a.x + b.x + c.x + d.x) FROM n a, n b, n c, n d"));
        assertEquals(ErrorCode.QUERY_CANCELED, stopped.code());
        canceller.interrupt();
        canceller.join();
        assertEquals(List.of("2"), rows("SELECT 1 + 1"));
    }

    @Test
    void tooLittleMemoryIsAnErrorOfThatQuery() {
        run("CREATE TABLE wide AS SELECT 'some text of some length ' AS t");
        for (int i = 0; i < 12; i++) {
            run("INSERT INTO wide SELECT t || 'x' FROM wide");
        }
        run("SET query_memory_limit = '64KB'");
        BasaltException full =
                assertThrows(
                        BasaltException.class,
                        () ->
                                rows(
                                        "SELECT a.t FROM wide a JOIN wide b ON a.t = b.t || 'y' ORDER BY a.t"));
        assertEquals(ErrorCode.OUT_OF_MEMORY, full.code());
        assertTrue(full.text().contains("query_memory_limit"), full.text());
        run("RESET query_memory_limit");
        assertEquals(List.of("4096"), rows("SELECT count(*) FROM wide"));
    }

    @Test
    void theDatabaseDescribesItself() {
        makeFruit();
        assertEquals(
                List.of("id|BIGINT|NO", "name|TEXT|YES", "price|DECIMAL(8, 2)|YES"),
                rows(
                        "SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = 'fruit' ORDER BY ordinal_position"));
        assertEquals(List.of("fruit|4"), rows("SELECT name, row_count FROM system.tables"));
        assertEquals(
                List.of("main"),
                rows(
                        "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'm%'"));
        assertTrue(rows("SELECT state FROM system.queries").contains("running"));
        assertFalse(rows("EXPLAIN SELECT id FROM fruit WHERE id = 2").isEmpty());
        assertTrue(
                String.join(
                                "\n",
                                rows("EXPLAIN ANALYZE SELECT count(*) FROM fruit WHERE price > 1"))
                        .contains("rows"));
    }

    @Test
    void explainSaysWhatPruningLeaves() {
        run(
                "CREATE TABLE days (day INTEGER NOT NULL, i BIGINT NOT NULL) PARTITION BY (day) ORDER BY (i)");
        run("INSERT INTO days SELECT i / 300000, i FROM generate_series(0, 1199999) AS s(i)");
        String query = "SELECT count(day) FROM days WHERE day = 2 AND i = 600001";
        for (String explain : List.of("EXPLAIN ", "EXPLAIN ANALYZE ")) {
            String plan = String.join("\n", rows(explain + query));
            assertTrue(
                    plan.matches(
                            "(?s).*kept [12] of \\d+ parts, [12] of \\d+ granules, \\d{1,4} of 1200000 rows.*"),
                    plan);
        }
        String all = String.join("\n", rows("EXPLAIN SELECT count(day) FROM days"));
        assertFalse(all.contains("kept"), all);
    }

    @Test
    void aStatementKnowsWhichCommitItSees() {
        run("CREATE TABLE t (i INTEGER)");
        long before = Long.parseLong(rows("SELECT current_commit()").getFirst());
        run("INSERT INTO t VALUES (1)");
        assertEquals(List.of(Long.toString(before + 1)), rows("SELECT current_commit() FROM t"));
        run("BEGIN");
        run("INSERT INTO t VALUES (2)");
        assertEquals(
                List.of("2|" + (before + 1)),
                rows("SELECT count(*), max(current_commit()) FROM t"));
        run("COMMIT");
        assertEquals(List.of(Long.toString(before + 2)), rows("SELECT current_commit()"));
    }

    @Test
    void whatWasCommittedIsThereAfterReopening() {
        makeFruit();
        run("CREATE VIEW v AS SELECT sum(price) AS total FROM fruit");
        sessions.close();
        try (TestSessions reopened = new TestSessions(disk, DatabaseOptions.defaults())) {
            TestSessions.Client other = reopened.client();
            assertEquals(List.of("5.25"), other.rows("SELECT total FROM v"));
            assertEquals(1, other.run("INSERT INTO fruit VALUES (5, 'plum', 1)"));
            assertEquals(List.of("6.25"), other.rows("SELECT total FROM v"));
        }
    }
}
