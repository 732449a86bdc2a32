package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.basaltdb.query.session.Session;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.LongVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `SET insert_token`: every way to insert is carried out once under its token.
@Tag("D4")
@Timeout(120)
class InsertTokenTest {
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
        one.run("CREATE TABLE t (id BIGINT, name TEXT, at TIMESTAMP DEFAULT now())");
        one.run("CREATE TABLE k (id BIGINT PRIMARY KEY, v BIGINT)");
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    private void insertTwice(String sql, long rows) {
        for (int i = 0; i < 2; i++) {
            assertEquals(rows, one.run(sql), sql);
            assertEquals(rows, two.run(sql), sql);
            sessions.settle();
        }
    }

    @Test
    void eachKindOfInsertIsCarriedOutOnce() {
        one.run("SET insert_token = 'x'");
        two.run("SET insert_token = 'x'");
        insertTwice("INSERT INTO t (id, name) VALUES (1, 'a'), (2, 'b')", 2);
        insertTwice("INSERT INTO k SELECT id, id * 10 FROM t", 2);
        assertEquals(List.of("2"), one.rows("SELECT count(*) FROM t"));
        assertEquals(List.of("1|10", "2|20"), one.rows("SELECT * FROM k ORDER BY id"));
        one.run("SET insert_token = 'y'");
        two.run("SET insert_token = 'y'");
        String add =
                "INSERT INTO k VALUES (1, 5) ON CONFLICT (id) DO UPDATE SET v = k.v + excluded.v";
        insertTwice(add, 1);
        assertEquals(List.of("1|15", "2|20"), one.rows("SELECT * FROM k ORDER BY id"));
    }

    @Test
    void otherContentIsAnErrorAndChangesNothing() {
        one.run("SET insert_token = 'x'");
        one.run("INSERT INTO t (id) VALUES (1)");
        assertEquals("23000", one.refusal("INSERT INTO t (id) VALUES (2)"));
        assertEquals("23000", one.refusal("INSERT INTO t (id) SELECT 1"));
        assertEquals("0A000", one.refusal("INSERT INTO t (id) VALUES (3) RETURNING id"));
        assertEquals(1, one.run("UPDATE t SET name = 'c'"), "only inserts heed the token");
        one.run("RESET insert_token");
        one.run("INSERT INTO t (id) VALUES (1)");
        assertEquals(List.of("1", "1"), one.rows("SELECT id FROM t"));
        assertEquals("22023", one.refusal("SET insert_token = '" + "x".repeat(201) + "'"));
    }

    @Test
    void aWholeTransactionMayBeSentAgain() {
        one.run("SET insert_token = 'x'");
        for (int i = 0; i < 3; i++) {
            one.run("BEGIN");
            assertEquals(1, one.run("INSERT INTO t (id) VALUES (1)"));
            assertEquals(1, one.run("INSERT INTO k VALUES (1, 1)"));
            assertEquals(1, one.run("INSERT INTO k VALUES (1, 1)"));
            one.run(i == 0 ? "ROLLBACK" : "COMMIT");
            assertEquals(
                    List.of(i == 0 ? "0" : "1"), two.rows("SELECT count(*) FROM t"), "round " + i);
        }
    }

    private static Batch batch(boolean flat, long... ids) {
        long[] numbers = Arrays.copyOf(ids, ids.length);
        byte[] heap = "somename".getBytes(StandardCharsets.UTF_8);
        int[] start = new int[ids.length];
        int[] length = new int[ids.length];
        Arrays.fill(length, heap.length);
        return new Batch(
                ids.length,
                List.of(
                        new LongVector(Type.BIGINT, ids.length, numbers, null),
                        flat
                                ? new BytesVector(Type.TEXT, ids.length, heap, start, length, null)
                                : new ConstantVector(Type.TEXT, ids.length, Value.of("somename"))));
    }

    private long insert(Session session, String token, Batch... batches) {
        try (Session.BulkInsert insert =
                session.insert("main", "t", List.of("id", "name"), token)) {
            for (Batch batch : batches) {
                insert.append(batch);
            }
            return insert.commit();
        }
    }

    @Test
    void rowsAreTheSameHoweverTheyAreCutAndLaidOut() {
        Session session = one.session();
        assertEquals(4, insert(session, "b", batch(true, 1, 2, 3, 4)));
        assertEquals(4, insert(session, "b", batch(false, 1), batch(true, 2, 3), batch(false, 4)));
        BasaltException other =
                assertThrows(
                        BasaltException.class,
                        () -> insert(session, "b", batch(true, 1, 2, 3), batch(true, 5)));
        assertEquals("23000", other.code().sqlState());
        assertEquals(List.of("1", "2", "3", "4"), one.rows("SELECT id FROM t ORDER BY id"));
    }

    @Test
    void aBatchOfAStatementIsOneChange() {
        String add =
                "INSERT INTO k VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET v = k.v + excluded.v";
        List<List<Session.Parameter>> rows = new ArrayList<>();
        for (long i = 0; i < 10; i++) {
            rows.add(List.of(parameter(i % 3), parameter(1)));
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(10, one.session().executeAll(add, rows, "batch"));
        }
        assertEquals(List.of("0|4", "1|3", "2|3"), one.rows("SELECT * FROM k ORDER BY id"));
        List<List<Session.Parameter>> bad =
                List.of(List.of(parameter(7), parameter(7)), List.of(parameter(1), parameter(1)));
        assertThrows(
                BasaltException.class,
                () -> one.session().executeAll("INSERT INTO k VALUES (?, ?)", bad, ""));
        assertEquals(List.of("3"), one.rows("SELECT count(*) FROM k"), "all of it, or nothing");
    }

    private static Session.Parameter parameter(long value) {
        return new Session.Parameter(Value.of(value), Type.BIGINT);
    }

    @Test
    void settingsOfOneStatementEndWithIt() {
        Session session = one.session();
        for (int i = 0; i < 2; i++) {
            session.during(
                    Map.of("insert_token", "once"),
                    () -> session.execute("INSERT INTO t (id) VALUES (1)"));
        }
        one.run("INSERT INTO t (id) VALUES (1)");
        assertEquals(List.of("1", "1"), one.rows("SELECT id FROM t"));
        assertThrows(
                BasaltException.class,
                () -> session.during(Map.of("insert_token", "a", "no_such", "b"), () -> 1));
        assertEquals(List.of(""), one.rows("SHOW insert_token"));
    }

    @Test
    void manyWhoSendTheSameAtOnceInsertItOnce() throws Exception {
        try (TestSessions live =
                        new TestSessions(
                                new MemoryDisk("live", 1L << 28), DatabaseOptions.defaults());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            live.client().run("CREATE TABLE t (id BIGINT, name TEXT)");
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                TestSessions.Client client = live.client();
                boolean bulk = i % 2 == 0;
                running.add(
                        threads.submit(() -> {
                            for (int k = 0; k < 40; k++) {
                                if (bulk) {
                                    retried(client.session(), "bulk " + k, k);
                                } else {
                                    client.run("SET insert_token = 'sql " + k + "'");
                                    client.run("INSERT INTO t (id) VALUES (" + k + ")");
                                }
                            }
                        }));
            }
            for (Future<?> future : running) {
                future.get();
            }
            assertEquals(
                    List.of("80|40"),
                    live.client().rows("SELECT count(*), count(DISTINCT id) FROM t"));
        }
    }

    private void retried(Session session, String token, long id) {
        while (true) {
            try {
                assertEquals(1, insert(session, token, batch(true, id)));
                return;
            } catch (BasaltException lost) {
                assertEquals("40001", lost.code().sqlState());
            }
        }
    }
}
