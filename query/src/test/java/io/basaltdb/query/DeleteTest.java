package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.session.Session;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// DELETE from text to answer, on rows of the delta and of parts.
@Timeout(60)
class DeleteTest {
    private final MemoryDisk disk = new MemoryDisk("the test", 1L << 28);
    private final TestSessions sessions =
            new TestSessions(
                    disk,
                    DatabaseOptions.defaults()
                            .withManualSteps(new Random(1))
                            .withSeal(1, 5000)
                            .withBulk(1 << 20, 100_000, 1 << 20, 8000));
    private final TestSessions.Client client = sessions.client();

    @AfterEach
    void close() {
        sessions.close();
    }

    private void makeFruit() {
        client.run(
                "CREATE TABLE fruit (id BIGINT NOT NULL, name TEXT, price DECIMAL(8, 2)) ORDER BY (id)");
        client.run(
                "INSERT INTO fruit VALUES (3, 'fig', 0.25), (1, 'apple', 1.5), (2, NULL, 3), (4, 'fig', 0.5)");
    }

    @Test
    void deletesWhatTheConditionFinds() {
        makeFruit();
        assertEquals(2, client.run("DELETE FROM fruit WHERE name = 'fig'"));
        assertEquals(0, client.run("DELETE FROM fruit WHERE name = 'fig'"));
        assertEquals(List.of("1|apple", "2|NULL"), client.rows("SELECT id, name FROM fruit"));
        assertEquals(1, client.run("DELETE FROM main.fruit AS f WHERE f.price > 2"));
        assertEquals(1, client.run("DELETE FROM fruit f WHERE f.id = 1"));
        assertEquals(List.of("0"), client.rows("SELECT count(*) FROM fruit"));
    }

    @Test
    void deletesEverything() {
        makeFruit();
        assertEquals(4, client.run("DELETE FROM fruit"));
        assertEquals(List.of(), client.rows("SELECT * FROM fruit"));
        assertEquals(0, client.run("DELETE FROM fruit"));
        client.run("INSERT INTO fruit VALUES (9, 'kiwi', 1)");
        assertEquals(List.of("9|kiwi|1.00"), client.rows("SELECT * FROM fruit"));
    }

    @Test
    void findsRowsByQueriesAndOtherTables() {
        makeFruit();
        client.run("CREATE TABLE bad (name TEXT, why TEXT)");
        client.run("INSERT INTO bad VALUES ('fig', 'soft'), ('fig', 'brown'), ('melon', 'old')");
        assertEquals(
                1,
                client.run(
                        "DELETE FROM fruit WHERE price = (SELECT max(price) FROM fruit) AND name IS NULL"));
        assertEquals(
                2,
                client.run(
                        "DELETE FROM fruit f USING bad b WHERE f.name = b.name AND b.why IS DISTINCT FROM 'old'"));
        assertEquals(List.of("apple"), client.rows("SELECT name FROM fruit"));
        assertEquals(
                2,
                client.run(
                        "DELETE FROM bad WHERE NOT EXISTS (SELECT 1 FROM fruit WHERE fruit.name = bad.name) AND why <> 'old'"));
        assertEquals(
                1, client.run("DELETE FROM bad WHERE why IN (SELECT why FROM bad GROUP BY why)"));
    }

    @Test
    void findsRowsWhereverTheyAre() {
        client.run("CREATE TABLE n (i BIGINT, s TEXT) ORDER BY (i)");
        for (int k = 0; k < 3; k++) {
            client.run(
                    "INSERT INTO n SELECT a.i * 100 + b.i + %d, 'x' || b.i FROM (%s) a, (%s) b"
                            .formatted(k * 10_000, numbers(100), numbers(100)));
            sessions.settle();
        }
        client.run("INSERT INTO n SELECT i, 'new' FROM (%s) a".formatted(numbers(100)));
        assertEquals(
                10_066,
                client.run(
                        "DELETE FROM n WHERE i % 3 = 0 OR (s = 'new' AND i < 25)"
                                + " OR (s = 'new' AND i >= 75)"));
        assertEquals(List.of("20034"), client.rows("SELECT count(*) FROM n WHERE i % 3 <> 0"));
        sessions.settle();
        assertEquals(List.of("20034"), client.rows("SELECT count(*) FROM n"));
        assertEquals(20_034, client.run("DELETE FROM n"));
    }

    private static String numbers(int count) {
        StringBuilder values = new StringBuilder("VALUES ");
        for (int i = 0; i < count; i++) {
            values.append(i == 0 ? "" : ", ").append('(').append(i).append(')');
        }
        return "SELECT * FROM (" + values + ") AS v (i)";
    }

    @Test
    void takesParameters() {
        makeFruit();
        Session.Parameter fig = new Session.Parameter(Value.of("fig"), Type.TEXT);
        Session.Parameter cheap = new Session.Parameter(Value.of("0.30"), Type.TEXT);
        assertEquals(1, client.run("DELETE FROM fruit WHERE name = ? AND price < ?", fig, cheap));
        assertEquals(
                1,
                client.run(
                        "DELETE FROM fruit USING (SELECT CAST(? AS TEXT) AS n) x WHERE name = x.n AND price > ?",
                        fig,
                        cheap));
    }

    /// COUNT(*) asks storage for what it knows, and looks only where rows may be missing.
    @Test
    void countsAsItReads() {
        client.run("CREATE TABLE n (i BIGINT NOT NULL) ORDER BY (i)");
        client.run("INSERT INTO n SELECT * FROM generate_series(1, 30000)");
        client.run("INSERT INTO n VALUES (0), (30001)");
        assertEquals(List.of("30002"), client.rows("SELECT count(*) FROM n"));
        assertTrue(
                client.rows("EXPLAIN ANALYZE SELECT count(*), count(*) FROM n").stream()
                        .anyMatch(line -> line.contains("rows without reading them")));
        client.run("DELETE FROM n WHERE i % 3 = 0");
        assertEquals(List.of("20001|20002"), client.rows("SELECT count(*), count(*) + 1 FROM n"));
        assertEquals(
                List.of("20001"),
                client.rows("SELECT sum(c) FROM (SELECT i % 7, count(*) AS c FROM n GROUP BY 1)"));
        client.run("BEGIN");
        client.run("INSERT INTO n VALUES (1), (2), (3)");
        assertEquals(List.of("20004"), client.rows("SELECT count(*) FROM n"));
        client.run("ROLLBACK");
        assertEquals(List.of("20001"), client.rows("SELECT count(*) FROM n"));
    }

    @Test
    void showsItsPlan() {
        makeFruit();
        List<String> plan = client.rows("EXPLAIN DELETE FROM fruit WHERE id = 3");
        assertEquals("Delete from main.fruit", plan.getFirst());
        assertEquals(List.of("4"), client.rows("SELECT count(*) FROM fruit"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DELETE fruit; 42601",
                "DELETE FROM nope; 42P01",
                "DELETE FROM fruit WHERE; 42601",
                "DELETE FROM fruit WHERE nope = 1; 42703",
                "DELETE FROM fruit WHERE id; 42804",
                "DELETE FROM fruit USING WHERE id = 1; 42601",
                "DELETE FROM fruit WHERE id = 1 LIMIT 1; 42601",
                "DELETE FROM information_schema.tables; 42809",
                "DELETE FROM fruit WHERE 1 / (id - 3) = 0; 22012",
            })
    void namesMistakes(String sql, String state) {
        makeFruit();
        assertEquals(state, client.refusal(sql));
        assertEquals(List.of("4"), client.rows("SELECT count(*) FROM fruit"));
    }
}
