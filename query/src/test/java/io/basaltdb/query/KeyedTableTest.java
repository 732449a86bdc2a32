package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.session.Session;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// PRIMARY KEY, ON CONFLICT and RETURNING, on a database that seals after a few rows.
@Timeout(120)
class KeyedTableTest {
    private final TestSessions sessions =
            new TestSessions(
                    new MemoryDisk("the test", 1L << 28),
                    DatabaseOptions.defaults()
                            .withManualSteps(new Random(1))
                            .withSeal(1, 4)
                            .withBulk(1 << 20, 100_000, 1 << 20, 500));
    private final TestSessions.Client one = sessions.client();
    private final TestSessions.Client two = sessions.client();

    @BeforeEach
    void fill() {
        one.run("CREATE TABLE users (id BIGINT PRIMARY KEY, name TEXT, score DOUBLE DEFAULT 0.5)");
        one.run("INSERT INTO users VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3), (4, 'd', 4)");
        sessions.settle();
        one.run("INSERT INTO users VALUES (5, 'e', 5)");
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    private static List<String> all(TestSessions.Client client) {
        return client.rows("SELECT id, name, score FROM users ORDER BY id");
    }

    private static BasaltException failure(TestSessions.Client client, String sql) {
        return assertThrows(BasaltException.class, () -> client.rows(sql));
    }

    @Test
    void aKeyThatIsThereIsRefusedByItsValues() {
        for (int id : List.of(1, 5)) {
            BasaltException refused =
                    failure(one, "INSERT INTO users VALUES (9, 'x', 1), (" + id + ", 'x', 1)");
            assertEquals(ErrorCode.UNIQUE_VIOLATION, refused.code());
            assertTrue(refused.text().contains("(id) = (" + id + ")"), refused::text);
        }
        assertEquals("23505", one.refusal("INSERT INTO users VALUES (7, 'x', 1), (7, 'y', 1)"));
        assertEquals("23505", one.refusal("INSERT INTO users SELECT 8, name, score FROM users"));
        assertEquals("23502", one.refusal("INSERT INTO users VALUES (NULL, 'x', 1)"));
        assertEquals(5, all(one).size());
    }

    @Test
    void keysOfSeveralColumnsSortedByAnother() {
        one.run(
                "CREATE TABLE k (a TEXT, b DECIMAL(20, 2), v INTEGER, PRIMARY KEY (a, b)) ORDER BY (v)");
        one.run("INSERT INTO k VALUES ('x', 1, 1), ('x', 1.5, 2), ('y', 1, 3), ('y', 2, 4)");
        sessions.settle();
        BasaltException refused = failure(one, "INSERT INTO k VALUES ('y', 1.00, 9)");
        assertTrue(refused.text().contains("(a, b) = (y, 1.00)"), refused::text);
        assertEquals(
                2,
                one.run(
                        "INSERT INTO k VALUES ('y', 1, 9), ('z', 1, 10) ON CONFLICT (b, a) DO UPDATE SET v = excluded.v"));
        assertEquals(
                List.of("x|1.00|1", "x|1.50|2", "y|1.00|9", "y|2.00|4", "z|1.00|10"),
                one.rows("SELECT a, b, v FROM k ORDER BY a, b"));
        assertEquals(
                List.of("a|1", "b|2"),
                one.rows(
                        "SELECT column_name, ordinal_position FROM information_schema.key_column_usage"
                                + " WHERE table_name = 'k' ORDER BY 2"));
    }

    @Test
    void onConflictDoNothing() {
        assertEquals(
                1,
                one.run(
                        "INSERT INTO users VALUES (1, 'x', 9), (6, 'f', 6) ON CONFLICT DO NOTHING"));
        assertEquals(
                1,
                one.run(
                        "INSERT INTO users VALUES (7, 'g', 7), (7, 'h', 8) ON CONFLICT (id) DO NOTHING"));
        assertEquals(0, one.run("INSERT OR IGNORE INTO users VALUES (1, 'x', 9)"));
        assertEquals(
                List.of("1|a|1", "2|b|2", "3|c|3", "4|d|4", "5|e|5", "6|f|6", "7|g|7"), all(one));
    }

    @Test
    void onConflictDoUpdate() {
        assertEquals(
                2,
                one.run(
                        "INSERT INTO users (id, score) VALUES (1, 10), (6, 60)"
                                + " ON CONFLICT (id) DO UPDATE SET score = users.score + excluded.score"));
        assertEquals(
                1,
                one.run(
                        "INSERT INTO users AS u VALUES (2, 'x', 9), (3, 'y', 1)"
                                + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, score = score + 1"
                                + " WHERE u.score < excluded.score"));
        assertEquals(List.of("1|a|11", "2|x|3", "3|c|3", "4|d|4", "5|e|5", "6|NULL|60"), all(one));
        assertEquals(
                "21000",
                one.refusal(
                        "INSERT INTO users VALUES (1, 'x', 1), (1, 'y', 2) ON CONFLICT (id) DO UPDATE SET name = excluded.name"));
        assertEquals(
                "21000",
                one.refusal(
                        "INSERT INTO users VALUES (1, 'x', 1), (1, 'y', 2) ON CONFLICT (id) DO UPDATE SET name = excluded.name, score = excluded.score"));
    }

    @Test
    void theLastRowReplaces() {
        assertEquals(
                2,
                one.run(
                        "INSERT OR REPLACE INTO users VALUES (1, 'x', 1), (9, 'z', 9), (1, 'y', 2)"));
        sessions.settle();
        assertEquals(1, one.run("INSERT OR REPLACE INTO users (id, name) VALUES (5, 'E')"));
        assertEquals(List.of("1|y|2", "2|b|2", "3|c|3", "4|d|4", "5|E|0.5", "9|z|9"), all(one));
    }

    @Test
    void theUpdateMayChangeTheKey() {
        assertEquals(
                1,
                one.run(
                        "INSERT INTO users VALUES (1, 'x', 1) ON CONFLICT (id) DO UPDATE SET id = users.id + 100"));
        assertEquals(
                "23505",
                one.refusal(
                        "INSERT INTO users VALUES (2, 'x', 1) ON CONFLICT (id) DO UPDATE SET id = 3"));
        assertEquals(List.of("2|b|2", "3|c|3", "4|d|4", "5|e|5", "101|a|1"), all(one));
    }

    @Test
    void wrongConflictsAreRefused() {
        one.run("CREATE TABLE plain (id BIGINT)");
        assertEquals("42P17", one.refusal("INSERT INTO plain VALUES (1) ON CONFLICT DO NOTHING"));
        assertEquals(
                "42P17",
                one.refusal("INSERT INTO users VALUES (1, 'x', 1) ON CONFLICT (name) DO NOTHING"));
        assertEquals(
                "42703",
                one.refusal("INSERT INTO users VALUES (1, 'x', 1) ON CONFLICT (nope) DO NOTHING"));
        assertEquals(
                "0A000",
                one.refusal(
                        "INSERT INTO users VALUES (1, 'x', 1) ON CONFLICT (id) DO UPDATE SET name = (SELECT max(name) FROM users)"));
        assertEquals("42601", one.refusal("INSERT INTO users VALUES (1, 'x', 1) ON CONFLICT DO"));
    }

    @Test
    void updatesKeepKeysUniqueAtTheirEnd() {
        assertEquals(5, one.run("UPDATE users SET id = id + 1"));
        assertEquals(2, one.run("UPDATE users SET id = 7 - id WHERE id IN (3, 4)"));
        assertEquals("23505", one.refusal("UPDATE users SET id = 2 WHERE id = 6"));
        assertEquals("23505", one.refusal("UPDATE users SET id = 7 WHERE id < 4"));
        assertEquals(List.of("2|a|1", "3|c|3", "4|b|2", "5|d|4", "6|e|5"), all(one));
        BasaltException missing = failure(one, "UPDATE users SET id = NULL WHERE id = 2");
        assertEquals(ErrorCode.NOT_NULL_VIOLATION, missing.code());
        assertTrue(!missing.text().contains("insert"), missing::text);
    }

    @Test
    void returnsWhatWasWritten() {
        assertEquals(
                List.of("6|f|0.5", "7|g|0.5"),
                one.rows(
                        "INSERT INTO users (id, name) VALUES (6, 'f'), (7, 'g') RETURNING id, name, score"));
        assertEquals(
                List.of("1|a!"),
                one.rows(
                        "INSERT INTO users VALUES (1, 'x', 3), (2, 'y', 1) ON CONFLICT (id) DO UPDATE"
                                + " SET name = users.name || '!' WHERE excluded.score > 2 RETURNING id, name"));
        assertEquals(
                List.of("200"),
                one.rows("UPDATE users SET score = 100 WHERE id = 1 RETURNING score * 2 AS s"));
        assertEquals(
                List.of("1|a!|100"), one.rows("DELETE FROM users AS u WHERE id = 1 RETURNING u.*"));
        assertEquals(List.of(), one.rows("DELETE FROM users WHERE id = 1 RETURNING *"));
        assertEquals("0A000", one.refusal("DELETE FROM users RETURNING count(*)"));
        assertEquals(6, all(one).size());
        try (Session.Prepared prepared =
                one.session()
                        .prepare(
                                "UPDATE users SET score = ? WHERE id = ? RETURNING id + CAST(? AS BIGINT)")) {
            assertEquals(1, prepared.result().size());
            assertEquals(
                    List.of("12"),
                    TestSessions.lines(
                            prepared.execute(List.of(number(9), number(2), number(10)))));
        }
    }

    private static Session.Parameter number(long value) {
        return new Session.Parameter(Value.of(value), Type.BIGINT);
    }

    @Test
    void parametersKeepTheirOrder() {
        try (Session.Prepared prepared =
                one.session()
                        .prepare(
                                "INSERT INTO users (id, score) VALUES (?, ?) ON CONFLICT (id) DO UPDATE"
                                        + " SET score = users.score * CAST(? AS DOUBLE) WHERE users.score < ? RETURNING score + CAST(? AS DOUBLE)")) {
            assertEquals(5, prepared.parameters().size());
            assertEquals(
                    List.of("46"),
                    TestSessions.lines(
                            prepared.execute(
                                    List.of(
                                            number(4),
                                            number(0),
                                            number(10),
                                            number(5),
                                            number(6)))));
        }
    }

    @Test
    void theFirstCommitterWins() {
        one.run("BEGIN");
        two.run("BEGIN");
        one.run("INSERT INTO users VALUES (6, 'one', 1)");
        two.run("INSERT INTO users VALUES (6, 'two', 2)");
        one.run("COMMIT");
        assertEquals("23505", two.refusal("COMMIT"));

        one.run("BEGIN");
        two.run("BEGIN");
        one.run("INSERT OR REPLACE INTO users VALUES (6, 'three', 3)");
        two.run("INSERT OR REPLACE INTO users VALUES (6, 'four', 4)");
        assertEquals(List.of("6|four|4"), two.rows("SELECT * FROM users WHERE id = 6"));
        one.run("COMMIT");
        assertEquals("40001", two.refusal("COMMIT"));
        assertEquals(List.of("6|three|3"), one.rows("SELECT * FROM users WHERE id = 6"));
    }

    @Test
    void ownRowsAreFoundByKey() {
        one.run("BEGIN");
        one.run("INSERT INTO users VALUES (6, 'f', 6)");
        assertEquals(
                1,
                one.run(
                        "INSERT INTO users VALUES (6, 'g', 7) ON CONFLICT (id) DO UPDATE SET score = users.score + excluded.score"));
        one.run("DELETE FROM users WHERE id = 1");
        one.run("INSERT INTO users VALUES (1, 'again', 1)");
        assertEquals("23505", one.refusal("INSERT INTO users VALUES (6, 'h', 8)"));
        one.run("ROLLBACK");
        assertEquals(5, all(one).size());
    }

    @Test
    void truncationMeetsRowsThatCameLater() {
        one.run("BEGIN");
        one.run("TRUNCATE TABLE users");
        two.run("INSERT INTO users VALUES (6, 'f', 6)");
        assertEquals("40001", one.refusal("COMMIT"));
        assertEquals(6, all(one).size());
        one.run("TRUNCATE TABLE users");
        assertEquals(List.of(), all(two));
        one.run("INSERT INTO users VALUES (1, 'a', 1)");
    }

    @Test
    void manyRowsAtOnce() {
        one.run("CREATE TABLE big (id BIGINT, v BIGINT, PRIMARY KEY (id)) ORDER BY (v)");
        one.run("INSERT INTO big " + numbers(1, 2000, 7));
        assertEquals("23505", one.refusal("INSERT INTO big " + numbers(1991, 1000, 0)));
        assertEquals(
                1500,
                one.run(
                        "INSERT INTO big "
                                + numbers(1001, 1500, 77)
                                + " ON CONFLICT (id) DO UPDATE SET v = excluded.v"));
        sessions.settle();
        assertEquals(
                List.of("2500|2500|1500"),
                one.rows(
                        "SELECT count(*), count(DISTINCT id), count(*) FILTER (WHERE v = 77) FROM big"));
    }

    private static String numbers(int first, int count, int value) {
        StringBuilder rows = new StringBuilder("VALUES ");
        for (int i = 0; i < count; i++) {
            rows.append(i == 0 ? "(" : ", (")
                    .append(first + i)
                    .append(", ")
                    .append(value)
                    .append(')');
        }
        return rows.toString();
    }

    @Test
    void nobodyLosesWhoUpsertsTheSameKey() throws Exception {
        int clients = 16;
        int times = 20;
        try (TestSessions shared =
                        new TestSessions(
                                new MemoryDisk("the test", 1L << 28),
                                DatabaseOptions.defaults()
                                        .withSeal(1 << 20, 40)
                                        .withMerge(1 << 20, 2));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            shared.client().run("CREATE TABLE c (id BIGINT PRIMARY KEY, n BIGINT, last BIGINT)");
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                TestSessions.Client client = shared.client();
                int number = i;
                futures.add(
                        threads.submit(() -> {
                            for (int k = 0; k < times; k++) {
                                client.run(
                                        "INSERT INTO c VALUES (1, 1, 0) ON CONFLICT (id) DO UPDATE SET n = c.n + 1");
                                client.run(
                                        "INSERT OR REPLACE INTO c VALUES (2, 0, " + number + ")");
                                client.run(
                                        "INSERT INTO c VALUES ("
                                                + (3 + k)
                                                + ", 1, 0) ON CONFLICT DO NOTHING");
                            }
                        }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
            TestSessions.Client client = shared.client();
            assertEquals(
                    List.of(clients * times + ""), client.rows("SELECT n FROM c WHERE id = 1"));
            assertEquals(List.of(times + 2 + ""), client.rows("SELECT count(*) FROM c"));
        }
    }
}
