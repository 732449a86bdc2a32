package io.basaltdb.benchmarks.small;

import io.basaltdb.benchmarks.engine.Engine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Calls a small query for so many seconds, after a third of that time in which calls do not count.
public final class SmallQueryRun {
    private static final int SEED = 20240101;

    private final Engine engine;
    private final SmallTables tables;
    private final SmallQuery query;
    private final int clients;
    private final long durationNanos;

    public SmallQueryRun(
            Engine engine, SmallTables tables, SmallQuery query, int clients, double seconds) {
        this.engine = engine;
        this.tables = tables;
        this.query = query;
        this.clients = clients;
        this.durationNanos = (long) (seconds * 1e9);
    }

    /// Runs the clients, each with a connection and a statement of its own; fails where an answer is wrong.
    public SmallResult run() throws SQLException, InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<long[]>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            for (int client = 0; client < clients; client++) {
                running.add(threads.submit(client(client, go)));
            }
            go.countDown();
        }
        List<long[]> all = new ArrayList<>();
        for (Future<long[]> client : running) {
            all.add(result(client));
        }
        long[] nanos = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new SmallResult(
                engine.name(),
                query,
                clients,
                nanos.length / (durationNanos / 1e9),
                millis(nanos, 0.5),
                millis(nanos, 0.99));
    }

    private Callable<long[]> client(int number, CountDownLatch go) {
        return () -> {
            try (Connection connection = engine.connect();
                    PreparedStatement statement = connection.prepareStatement(query.sql())) {
                SplittableRandom random = new SplittableRandom(SEED + number);
                go.await();
                callUntil(statement, random, System.nanoTime() + durationNanos / 3);
                return callUntil(statement, random, System.nanoTime() + durationNanos);
            }
        };
    }

    private long[] callUntil(PreparedStatement statement, SplittableRandom random, long deadline)
            throws SQLException {
        long[] nanos = new long[1024];
        int count = 0;
        for (long now = System.nanoTime(); now < deadline; ) {
            call(statement, random.nextLong(tables.rowCount() - SmallTables.SECONDS_PER_HOUR));
            long end = System.nanoTime();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = end - now;
            now = end;
        }
        return Arrays.copyOf(nanos, count);
    }

    private void call(PreparedStatement statement, long second) throws SQLException {
        query.set(statement, second);
        try (ResultSet result = statement.executeQuery()) {
            long found = result.next() ? result.getLong(1) : -1;
            if (found != query.answer(second) || result.next()) {
                throw new IllegalStateException(
                        engine.name()
                                + " answers "
                                + found
                                + " to "
                                + query.sql()
                                + " of second "
                                + second
                                + ", expected "
                                + query.answer(second));
            }
        }
    }

    private static long[] result(Future<long[]> client) throws SQLException, InterruptedException {
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
