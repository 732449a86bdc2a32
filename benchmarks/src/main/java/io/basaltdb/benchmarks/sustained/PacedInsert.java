package io.basaltdb.benchmarks.sustained;

import io.basaltdb.benchmarks.engine.Engine;
import io.basaltdb.benchmarks.suite.CallResult;
import io.basaltdb.benchmarks.suite.Calls;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Inserts batches at a rate into a fresh table for so long, while it looks at the database every second. How long a call took is counted from
/// when it was due: one that has to wait for those before it is late.
public final class PacedInsert {
    private static final LocalDateTime START = LocalDateTime.of(2024, 7, 1, 0, 0);
    private static final String TABLE = "readings";

    private final Engine engine;
    private final long rowsPerSecond;
    private final int batchRows;
    private final long maxRows;
    private final AtomicLong nextBatch = new AtomicLong();
    private int mostParts;
    private long mostLogBytes;

    /// @param rowsPerSecond 0: as fast as it goes
    /// @param maxRows ends the run earlier
    public PacedInsert(Engine engine, long rowsPerSecond, int batchRows, long maxRows) {
        this.engine = engine;
        this.rowsPerSecond = rowsPerSecond;
        this.batchRows = batchRows;
        this.maxRows = maxRows;
    }

    /// What the database came to.
    ///
    /// @param calls all of them
    /// @param warm those that were due after the warm-up
    /// @param mostParts at any time
    /// @param parts at the end, once nothing is merged any more
    /// @param mostLogBytes at any time
    public record Outcome(
            CallResult calls,
            CallResult warm,
            double writeAmplification,
            int mostParts,
            int parts,
            long mostLogBytes) {}

    /// Runs; fails where the table does not hold exactly the acknowledged rows.
    ///
    /// @param warmUpSeconds of these seconds, at their beginning
    public Outcome run(int sessions, double warmUpSeconds, double seconds)
            throws SQLException, InterruptedException {
        execute(
                "CREATE TABLE "
                        + TABLE
                        + " (sensor INTEGER, sequence BIGINT, at TIMESTAMP, place VARCHAR, reading DOUBLE) ORDER BY (sensor, at)");
        Calls calls = new Calls();
        Calls warm = new Calls();
        long begun = System.nanoTime();
        long warmFrom = begun + (long) (warmUpSeconds * 1e9);
        long deadline = begun + (long) (seconds * 1e9);
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(sessions)) {
            for (int i = 0; i < sessions; i++) {
                all.add(
                        threads.submit(() -> {
                            insertUntil(begun, warmFrom, deadline, calls, warm);
                            return null;
                        }));
            }
            while (all.stream().anyMatch(session -> !session.isDone())) {
                look();
                Thread.sleep(1_000);
            }
        }
        for (Future<?> session : all) {
            try {
                session.get();
            } catch (ExecutionException failed) {
                throw new IllegalStateException(failed.getCause());
            }
        }
        long rows = (long) calls.count() * batchRows;
        CallResult result = calls.result(engine.name(), "sustained", rows);
        CallResult warmResult = warm.result(engine.name(), "warm", (long) warm.count() * batchRows);
        check(rows);
        int parts = settled();
        return new Outcome(result, warmResult, amplification(), mostParts, parts, mostLogBytes);
    }

    private void insertUntil(long begun, long warmFrom, long deadline, Calls calls, Calls warm)
            throws SQLException {
        try (Connection connection = engine.connect();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO " + TABLE + " VALUES (?, ?, ?, ?, ?)")) {
            while (true) {
                long batch = nextBatch.getAndIncrement();
                long due =
                        rowsPerSecond == 0
                                ? System.nanoTime()
                                : begun + (long) (1e9 * batch * batchRows / rowsPerSecond);
                if (due >= deadline || batch * batchRows >= maxRows) {
                    return;
                }
                long early = due - System.nanoTime();
                if (early > 0) {
                    LockSupport.parkNanos(early);
                }
                insert(insert, batch * batchRows);
                long elapsed = System.nanoTime() - due;
                calls.add(elapsed);
                if (due >= warmFrom) {
                    warm.add(elapsed);
                }
            }
        }
    }

    private void insert(PreparedStatement insert, long first) throws SQLException {
        for (int i = 0; i < batchRows; i++) {
            long sequence = first + i;
            insert.setInt(1, (int) (sequence * 7919 % 10_007));
            insert.setLong(2, sequence);
            insert.setObject(3, START.plusNanos(sequence * 5_000));
            insert.setString(4, "place " + sequence % 500);
            insert.setDouble(5, (sequence % 100_003) * 0.01);
            if (batchRows > 1) {
                insert.addBatch();
            }
        }
        if (batchRows > 1) {
            insert.executeBatch();
        } else {
            insert.executeUpdate();
        }
    }

    private void look() throws SQLException {
        mostParts = Math.max(mostParts, (int) number(partsQuery("count(*)")));
        mostLogBytes = Math.max(mostLogBytes, number("SELECT sum(size_bytes) FROM system.log"));
    }

    private static String partsQuery(String what) {
        return String.format(
                Locale.ROOT,
                "SELECT %s FROM system.parts WHERE table_name = '%s' AND kind = 'part'",
                what,
                TABLE);
    }

    /// Waits until no merge is under way; answers how many parts there are.
    private int settled() throws SQLException, InterruptedException {
        int quiet = 0;
        while (quiet < 5) {
            Thread.sleep(200);
            boolean isQuiet =
                    number("SELECT count(*) FROM system.merges WHERE state = 'running'") == 0;
            quiet = isQuiet ? quiet + 1 : 0;
        }
        return (int) number(partsQuery("count(*)"));
    }

    private double amplification() throws SQLException {
        try (Statement statement = engine.connection().createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT write_amplification FROM system.tables WHERE name = '"
                                        + TABLE
                                        + "'")) {
            result.next();
            return result.getDouble(1);
        }
    }

    private void check(long acknowledged) throws SQLException {
        long found = number("SELECT count(*) FROM " + TABLE);
        if (found != acknowledged) {
            throw new IllegalStateException(
                    engine.name() + " acknowledged " + acknowledged + " rows but holds " + found);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = engine.connection().createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = engine.connection().createStatement()) {
            statement.execute(sql);
        }
    }
}
