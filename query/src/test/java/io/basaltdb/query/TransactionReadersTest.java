package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.MemoryDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Writers move money between two tables while others add it up, with seals and merges in the background: a commit is seen in both tables
/// or in none, and no movement is lost.
@Timeout(120)
class TransactionReadersTest {
    private static final int ACCOUNTS = 50;
    private static final int WRITERS = 2;
    private static final int MOVES = 60;

    @Test
    void everySumIsWhole() throws Exception {
        try (TestSessions sessions =
                        new TestSessions(
                                new MemoryDisk("the test", 1L << 28),
                                DatabaseOptions.defaults()
                                        .withSeal(1 << 20, 40)
                                        .withMerge(1 << 20, 2));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            TestSessions.Client client = sessions.client();
            for (String table : List.of("here", "there")) {
                client.run("CREATE TABLE " + table + " (id BIGINT, money BIGINT) ORDER BY (id)");
                for (int i = 0; i < ACCOUNTS; i++) {
                    client.run("INSERT INTO " + table + " VALUES (" + i + ", 100)");
                }
            }
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger moved = new AtomicInteger();
            List<Future<Void>> writers = new ArrayList<>();
            List<Future<Void>> readers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                TestSessions.Client writer = sessions.client();
                int seed = i;
                writers.add(threads.submit(task(() -> move(writer, seed, moved))));
                TestSessions.Client reader = sessions.client();
                readers.add(threads.submit(task(() -> add(reader, done))));
            }
            try {
                for (Future<Void> writer : writers) {
                    writer.get();
                }
            } finally {
                done.set(true);
            }
            for (Future<Void> reader : readers) {
                reader.get();
            }
            assertTrue(moved.get() > 0);
            assertEquals(
                    List.of(Long.toString(100L * ACCOUNTS + moved.get())),
                    client.rows("SELECT sum(money) FROM there"));
        }
    }

    private static Callable<Void> task(Runnable work) {
        return () -> {
            work.run();
            return null;
        };
    }

    /// Takes one from an account here and gives it to one there; the same few accounts, so that writers meet.
    private static void move(TestSessions.Client client, int seed, AtomicInteger moved) {
        for (int i = 0; i < MOVES; i++) {
            int account = (i * 7 + seed) % ACCOUNTS;
            try {
                client.run("BEGIN");
                client.run("UPDATE here SET money = money - 1 WHERE id = " + account);
                client.run("UPDATE there SET money = money + 1 WHERE id % 10 = 3 AND id < 10");
                client.run("COMMIT");
                moved.incrementAndGet();
            } catch (BasaltException conflict) {
                assertEquals(ErrorCode.SERIALIZATION_FAILURE, conflict.code(), conflict.text());
            }
        }
    }

    private static void add(TestSessions.Client client, AtomicBoolean done) {
        List<String> whole = List.of(Integer.toString(200 * ACCOUNTS));
        while (!done.get()) {
            assertEquals(
                    whole,
                    client.rows(
                            "SELECT (SELECT sum(money) FROM here) + (SELECT sum(money) FROM there)"));
            client.run("BEGIN READ ONLY");
            long here = Long.parseLong(client.rows("SELECT sum(money) FROM here").getFirst());
            long there = Long.parseLong(client.rows("SELECT sum(money) FROM there").getFirst());
            client.run("COMMIT");
            assertEquals(200 * ACCOUNTS, here + there);
        }
    }
}
