package io.basaltdb.query.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.TestSessions;
import io.basaltdb.query.isolation.History.Outcome;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.MemoryDisk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many sessions append to lists and write registers in several tables, with seals and merges running; what they did and saw is checked.
@Tag("D3")
class IsolationTest {
    private static final int TABLES = 3;
    private static final int KEYS = 4;
    private static final long SEED = Long.getLong("test.seed", 20_261_122);

    private final AtomicLong nextValue = new AtomicLong(1);
    private final AtomicInteger nextId = new AtomicInteger(1);
    private final AtomicInteger conflicts = new AtomicInteger();

    /// One session's part of the history, as it runs.
    private final class Worker {
        private final TestSessions.Client client;
        private final int session;
        private final SplittableRandom random;
        private final List<History.Transaction> done = new ArrayList<>();

        Worker(TestSessions.Client client, int session) {
            this.client = client;
            this.session = session;
            this.random = new SplittableRandom(SEED + session);
        }

        void transaction() {
            List<History.Operation> operations = new ArrayList<>();
            Outcome outcome = Outcome.ABORTED;
            boolean alone = random.nextInt(4) == 0;
            try {
                if (!alone) {
                    client.run("BEGIN");
                }
                for (int i = alone ? 1 : 1 + random.nextInt(4); i > 0; i--) {
                    operate(operations, alone);
                }
                if (!alone && random.nextInt(12) == 0) {
                    client.run("ROLLBACK");
                } else {
                    if (!alone) {
                        client.run("COMMIT");
                    }
                    outcome = Outcome.COMMITTED;
                }
            } catch (BasaltException lost) {
                if (lost.code() != ErrorCode.SERIALIZATION_FAILURE) {
                    throw lost;
                }
                conflicts.incrementAndGet();
                rollback();
            }
            int id = nextId.getAndIncrement();
            done.add(new History.Transaction(id, session, outcome, List.copyOf(operations)));
        }

        private void rollback() {
            try {
                client.run("ROLLBACK");
            } catch (BasaltException none) {
                assertEquals(ErrorCode.NO_ACTIVE_TRANSACTION, none.code());
            }
        }

        private void operate(List<History.Operation> operations, boolean alone) {
            int table = random.nextInt(TABLES);
            int key = random.nextInt(KEYS);
            String list = "l" + table + "/" + key;
            String register = "r" + table + "/" + key;
            switch (random.nextInt(alone ? 2 : 4)) {
                case 0 -> {
                    long value = nextValue.getAndIncrement();
                    operations.add(new History.Append(list, value));
                    client.run(
                            ("INSERT INTO l%d VALUES (%d, '%d') ON CONFLICT (k) DO UPDATE SET"
                                            + " v = l%d.v || ',' || excluded.v")
                                    .formatted(table, key, value, table));
                }
                case 1 -> operations.add(new History.ReadList(list, readList(table, key)));
                case 2 -> operations.add(new History.Read(register, readRegister(table, key)));
                default -> {
                    operations.add(new History.Read(register, readRegister(table, key)));
                    long value = nextValue.getAndIncrement();
                    operations.add(new History.Write(register, value));
                    client.run(
                            ("INSERT INTO r%d VALUES (%d, %d) ON CONFLICT (k) DO UPDATE SET v ="
                                            + " excluded.v")
                                    .formatted(table, key, value));
                }
            }
        }

        private List<Long> readList(int table, int key) {
            List<String> rows = client.rows("SELECT v FROM l%d WHERE k = %d".formatted(table, key));
            assertTrue(rows.size() <= 1, rows::toString);
            return rows.isEmpty()
                    ? List.of()
                    : Arrays.stream(rows.getFirst().split(",")).map(Long::parseLong).toList();
        }

        private Long readRegister(int table, int key) {
            List<String> rows = client.rows("SELECT v FROM r%d WHERE k = %d".formatted(table, key));
            assertTrue(rows.size() <= 1, rows::toString);
            return rows.isEmpty() ? null : Long.parseLong(rows.getFirst());
        }

        /// Reads everything, so that the order of all versions is known.
        void readAll() {
            List<History.Operation> operations = new ArrayList<>();
            for (int table = 0; table < TABLES; table++) {
                for (int key = 0; key < KEYS; key++) {
                    operations.add(
                            new History.ReadList("l" + table + "/" + key, readList(table, key)));
                    operations.add(
                            new History.Read("r" + table + "/" + key, readRegister(table, key)));
                }
            }
            done.add(
                    new History.Transaction(
                            nextId.getAndIncrement(), session, Outcome.COMMITTED, operations));
        }
    }

    private void run(int sessionCount, int transactions) throws Exception {
        System.out.println("IsolationTest: -Dtest.seed=" + SEED);
        DatabaseOptions options =
                DatabaseOptions.defaults()
                        .withSeal(1 << 20, 20)
                        .withLog(1 << 16, 1 << 15, 1 << 12)
                        .withMerge(1 << 24, 2);
        try (TestSessions sessions =
                        new TestSessions(new MemoryDisk("isolation", 1L << 30), options);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int table = 0; table < TABLES; table++) {
                sessions.client().run("CREATE TABLE l" + table + " (k BIGINT PRIMARY KEY, v TEXT)");
                sessions.client()
                        .run("CREATE TABLE r" + table + " (k BIGINT PRIMARY KEY, v BIGINT)");
            }
            List<Worker> workers = new ArrayList<>();
            List<Future<?>> running = new ArrayList<>();
            for (int session = 0; session < sessionCount; session++) {
                Worker worker = new Worker(sessions.client(), session);
                workers.add(worker);
                running.add(
                        threads.submit(() -> {
                            for (int i = 0; i < transactions; i++) {
                                worker.transaction();
                            }
                        }));
            }
            for (Future<?> future : running) {
                future.get();
            }
            Worker last = new Worker(sessions.client(), sessionCount);
            last.readAll();
            workers.add(last);
            List<History.Transaction> all = new ArrayList<>();
            workers.forEach(worker -> all.addAll(worker.done));
            HistoryCheck.Verdict verdict = HistoryCheck.of(new History(all));
            assertEquals(List.of(), verdict.findings());
            long committed = all.stream().filter(t -> t.outcome() == Outcome.COMMITTED).count();
            assertTrue(committed > all.size() / 4, committed + " of " + all.size());
            System.out.println(
                    committed
                            + " of "
                            + all.size()
                            + " transactions committed, "
                            + conflicts
                            + " conflicts, write skew: "
                            + verdict.writeSkews());
        }
    }

    @Timeout(120)
    @Test
    void noAnomalyThatSnapshotIsolationForbids() throws Exception {
        run(6, 60);
    }

    @Tag("long")
    @Timeout(3_600)
    @Test
    void noAnomalyInALongHistory() throws Exception {
        run(12, 3_000);
    }
}
