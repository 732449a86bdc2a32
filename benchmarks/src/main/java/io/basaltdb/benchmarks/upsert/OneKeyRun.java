package io.basaltdb.benchmarks.upsert;

import io.basaltdb.benchmarks.engine.Engine;
import io.basaltdb.benchmarks.suite.CallResult;
import io.basaltdb.benchmarks.suite.Calls;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Sessions that all add one to the same row: each must get through, and none may be lost.
public final class OneKeyRun {
    private static final String CONFLICT = "40001";

    private final Engine engine;
    private final int sessions;
    private final AtomicLong conflicts = new AtomicLong();

    public OneKeyRun(Engine engine, int sessions) {
        this.engine = engine;
        this.sessions = sessions;
    }

    /// How many calls failed since another came first.
    public long conflicts() {
        return conflicts.get();
    }

    /// Runs; fails where the row does not hold exactly what was acknowledged.
    public CallResult run(double seconds) throws SQLException, InterruptedException {
        execute("CREATE TABLE one_key (id BIGINT PRIMARY KEY, hits BIGINT)");
        Calls calls = new Calls();
        long deadline = System.nanoTime() + (long) (seconds * 1e9);
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(sessions)) {
            for (int i = 0; i < sessions; i++) {
                all.add(
                        threads.submit(() -> {
                            upsertUntil(deadline, calls);
                            return null;
                        }));
            }
        }
        for (Future<?> session : all) {
            try {
                session.get();
            } catch (ExecutionException failed) {
                throw new IllegalStateException(failed.getCause());
            }
        }
        CallResult result =
                calls.result(
                        engine.name(),
                        String.format(Locale.ROOT, "one key, %d", sessions),
                        calls.count());
        check(calls.count());
        execute("DROP TABLE one_key");
        return result;
    }

    private void upsertUntil(long deadline, Calls calls) throws SQLException {
        try (Connection connection = engine.connect();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "INSERT INTO one_key VALUES (?, ?)"
                                        + " ON CONFLICT (id) DO UPDATE SET hits = one_key.hits + excluded.hits")) {
            for (long now = System.nanoTime(); now < deadline; ) {
                statement.setLong(1, 7);
                statement.setLong(2, 1);
                boolean done = execute(statement);
                long end = System.nanoTime();
                if (done) {
                    calls.add(end - now);
                }
                now = end;
            }
        }
    }

    private boolean execute(PreparedStatement statement) throws SQLException {
        try {
            statement.executeUpdate();
            return true;
        } catch (SQLException failure) {
            if (!CONFLICT.equals(failure.getSQLState())) {
                throw failure;
            }
            conflicts.incrementAndGet();
            return false;
        }
    }

    private void check(long acknowledged) throws SQLException {
        try (Statement statement = engine.connection().createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT COUNT(*), SUM(hits) FROM one_key")) {
            result.next();
            if (result.getLong(1) != 1 || result.getLong(2) != acknowledged) {
                throw new IllegalStateException(
                        engine.name()
                                + " acknowledged "
                                + acknowledged
                                + " upserts of one row but holds "
                                + result.getLong(1)
                                + " rows with "
                                + result.getLong(2));
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = engine.connection().createStatement()) {
            statement.execute(sql);
        }
    }
}
