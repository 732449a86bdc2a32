package io.basaltdb.benchmarks.insert;

import io.basaltdb.benchmarks.engine.Engine;
import io.basaltdb.benchmarks.suite.HostLoad;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/// Inserts into a fresh table for so many seconds and counts what was acknowledged. The seconds begin behind a warm-up of the same work, in which
/// the code is compiled and the clients are connected.
public final class InsertRun {
    private static final LocalDateTime START = LocalDateTime.of(2024, 7, 1, 0, 0);

    private final Engine engine;
    private final InsertShape shape;
    private final double warmUpSeconds;
    private final long durationNanos;
    private final String table;
    private final boolean virtualThreads;

    /// @param virtualThreads whether clients are virtual threads, as in a program that has one for each of its users
    /// @param number makes the table's name unique in the database
    public InsertRun(
            Engine engine,
            InsertShape shape,
            boolean virtualThreads,
            double warmUpSeconds,
            double seconds,
            int number) {
        this.virtualThreads = virtualThreads;
        this.warmUpSeconds = warmUpSeconds;
        this.engine = engine;
        this.shape = shape;
        this.durationNanos = (long) (seconds * 1e9);
        this.table = "events_" + number;
    }

    /// What one client did.
    private static final class Calls {
        private long rows;
        private long[] nanos = new long[1024];
        private int count;
        private long warmUpRows;

        void endWarmUp() {
            warmUpRows = rows;
            count = 0;
        }

        void add(long newRows, long elapsed) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = elapsed;
            rows += newRows;
        }

        LongStream nanos() {
            return Arrays.stream(nanos, 0, count);
        }
    }

    /// Runs the clients; fails if the table does not hold exactly the acknowledged rows.
    public InsertResult run() throws SQLException, InterruptedException {
        execute(
                "CREATE TABLE "
                        + table
                        + " (client INTEGER, sequence BIGINT, event_time TIMESTAMP, name VARCHAR, amount DOUBLE)");
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Calls>> clients = new ArrayList<>();
        long start;
        HostLoad.Meter meter;
        try (ExecutorService threads = threads()) {
            for (int client = 0; client < shape.clients(); client++) {
                clients.add(threads.submit(client(client, go)));
            }
            start = System.nanoTime();
            go.countDown();
            Thread.sleep(Duration.ofNanos((long) (warmUpSeconds * 1e9)));
            meter = HostLoad.start();
        }
        HostLoad host = meter.stop();
        double seconds = (System.nanoTime() - start) / 1e9 - warmUpSeconds;
        long rows = 0;
        long warmUpRows = 0;
        List<Calls> all = new ArrayList<>();
        for (Future<Calls> client : clients) {
            Calls calls = result(client);
            rows += calls.rows;
            warmUpRows += calls.warmUpRows;
            all.add(calls);
        }
        checkCount(rows);
        execute("DROP TABLE " + table);
        long[] nanos = all.stream().flatMapToLong(Calls::nanos).sorted().toArray();
        return new InsertResult(
                engine.name(),
                shape,
                rows - warmUpRows,
                warmUpSeconds,
                seconds,
                millis(nanos, 0.5),
                millis(nanos, 0.99),
                host.cpuPerWall() * seconds * 1e6 / Math.max(1, rows - warmUpRows));
    }

    private ExecutorService threads() {
        return virtualThreads
                ? Executors.newVirtualThreadPerTaskExecutor()
                : Executors.newFixedThreadPool(shape.clients());
    }

    private Callable<Calls> client(int number, CountDownLatch go) {
        return () -> {
            try (Connection connection = engine.connect();
                    PreparedStatement insert =
                            connection.prepareStatement(
                                    "INSERT INTO " + table + " VALUES (?, ?, ?, ?, ?)")) {
                go.await();
                Calls calls = new Calls();
                long begin = System.nanoTime() + (long) (warmUpSeconds * 1e9);
                insertUntil(insert, number, begin, calls);
                calls.endWarmUp();
                insertUntil(insert, number, begin + durationNanos, calls);
                return calls;
            }
        };
    }

    private void insertUntil(PreparedStatement insert, int client, long deadline, Calls calls)
            throws SQLException {
        for (long now = System.nanoTime(); now < deadline; ) {
            if (shape.rowsPerCall() == 1) {
                set(insert, client, calls.rows);
                insert.executeUpdate();
            } else {
                for (int i = 0; i < shape.rowsPerCall(); i++) {
                    set(insert, client, calls.rows + i);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            long end = System.nanoTime();
            calls.add(shape.rowsPerCall(), end - now);
            now = end;
        }
    }

    private static void set(PreparedStatement insert, int client, long sequence)
            throws SQLException {
        insert.setInt(1, client);
        insert.setLong(2, sequence);
        insert.setObject(3, START.plusSeconds(sequence));
        insert.setString(4, "page " + sequence % 1000);
        insert.setDouble(5, sequence * 0.25);
    }

    private void checkCount(long acknowledged) throws SQLException {
        try (Statement statement = engine.connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            result.next();
            long found = result.getLong(1);
            if (found != acknowledged) {
                throw new IllegalStateException(
                        engine.name()
                                + " acknowledged "
                                + acknowledged
                                + " rows but holds "
                                + found);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = engine.connection().createStatement()) {
            statement.execute(sql);
        }
    }

    private static Calls result(Future<Calls> client) throws SQLException, InterruptedException {
        try {
            return client.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    private static double millis(long[] sorted, double quantile) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e6;
    }
}
