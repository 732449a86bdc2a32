package io.basaltdb.benchmarks.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/// Writers insert while a dashboard asks the same question again and again. Every insert is durable when it returns.
///
/// Freshness is measured from the return of an insert to the end of the first answer that counts its row. Tickets
/// tell which rows an answer has seen: those of one writer ascend above those of all others, and the answer gives their greatest.
final class RealTime {
    private static final int SINGLE_ROW_WRITERS = 2;
    private static final int ROWS_PER_BATCH = 100;
    private static final long TICKETS_PER_WRITER = 1L << 40;
    private static final String[] AIRPORTS = {
        "ATL", "ORD", "DFW", "LAX", "PHX", "DEN", "SFO", "SEA"
    };
    private static final String DASHBOARD =
            "SELECT origin, count(*) AS departures, avg(delay) AS mean_delay,"
                    + " max(delay) AS worst, max(ticket) AS newest"
                    + " FROM departures GROUP BY origin ORDER BY departures DESC";

    private final DemoDatabase database;
    private final long seconds;
    private final LongAdder statements = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final ConcurrentLinkedQueue<Insert> acknowledged = new ConcurrentLinkedQueue<>();

    /// An insert that has returned.
    private record Insert(long ticket, long returnedNanos) {}

    RealTime(DemoDatabase database, long seconds) {
        this.database = database;
        this.seconds = seconds;
    }

    RealTimeResult run() throws SQLException, InterruptedException {
        long firstTicket = nextTicket();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        Answers answers;
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w <= SINGLE_ROW_WRITERS; w++) {
                int writer = w;
                int batch = w == 0 ? ROWS_PER_BATCH : 1;
                writers.add(
                        threads.submit(() -> {
                            write(writer, batch, firstTicket, end);
                            return null;
                        }));
            }
            try {
                answers = ask(end);
            } finally {
                for (Future<?> writer : writers) {
                    await(writer);
                }
            }
        }
        double took = (System.nanoTime() - start) / 1e9;
        return new RealTimeResult(
                statements.sum() / took,
                rows.sum() / took,
                rows.sum(),
                answers.rowsSeen,
                sorted(answers.freshness),
                sorted(answers.latencies));
    }

    /// Above all tickets of earlier runs on this directory.
    private long nextTicket() throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT max(ticket) FROM departures");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1) + 1;
        }
    }

    private static void await(Future<?> writer) throws SQLException, InterruptedException {
        try {
            writer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new SQLException("a writer failed: " + e.getCause(), e);
        }
    }

    private void write(int writer, int batch, long firstTicket, long end) throws SQLException {
        Random random = new Random(writer);
        long ticket = firstTicket + writer * TICKETS_PER_WRITER;
        try (Connection connection = database.connect();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO departures VALUES (?, ?, ?, ?)")) {
            while (System.nanoTime() < end) {
                for (int i = 0; i < batch; i++) {
                    insert.setTimestamp(1, new Timestamp(System.currentTimeMillis()));
                    insert.setString(2, AIRPORTS[random.nextInt(AIRPORTS.length)]);
                    insert.setInt(3, random.nextInt(90) - 15);
                    insert.setLong(4, ticket++);
                    if (batch > 1) {
                        insert.addBatch();
                    }
                }
                if (batch > 1) {
                    insert.executeBatch();
                } else {
                    insert.executeUpdate();
                }
                statements.increment();
                rows.add(batch);
                if (writer == SINGLE_ROW_WRITERS) {
                    acknowledged.add(new Insert(ticket - 1, System.nanoTime()));
                }
            }
        }
    }

    /// What the dashboard measured.
    private static final class Answers {
        final List<Long> latencies = new ArrayList<>();
        final List<Long> freshness = new ArrayList<>();
        long rowsSeen;
    }

    private Answers ask(long end) throws SQLException {
        Answers answers = new Answers();
        ArrayDeque<Insert> waiting = new ArrayDeque<>();
        try (Connection connection = database.connect();
                PreparedStatement question = connection.prepareStatement(DASHBOARD)) {
            while (System.nanoTime() < end) {
                long asked = System.nanoTime();
                long newest = -1;
                long seen = 0;
                try (ResultSet row = question.executeQuery()) {
                    while (row.next()) {
                        seen += row.getLong(2);
                        newest = Math.max(newest, row.getLong(5));
                    }
                }
                long answered = System.nanoTime();
                answers.latencies.add(answered - asked);
                answers.rowsSeen = seen;
                for (Insert insert = acknowledged.poll();
                        insert != null;
                        insert = acknowledged.poll()) {
                    waiting.add(insert);
                }
                while (!waiting.isEmpty() && waiting.getFirst().ticket() <= newest) {
                    answers.freshness.add(
                            Math.max(0, answered - waiting.removeFirst().returnedNanos()));
                }
            }
        }
        return answers;
    }

    private static long[] sorted(List<Long> nanos) {
        return nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    }
}
