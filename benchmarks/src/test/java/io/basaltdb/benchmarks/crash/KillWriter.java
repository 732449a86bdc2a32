package io.basaltdb.benchmarks.crash;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The child process: writes until it is killed. Arguments: URL, seed, round, number of writers, folder of [WorkMarks], whether batches
/// have tokens, the batches to send again, separated by commas, then statements that one more connection runs over and over to move rows about.
public final class KillWriter {
    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
    static final String OPENING = "opening";
    static final String READY = "ready";

    /// Each writer has written what it writes, so that the next batches take no longer than they must.
    static final String WARM = "warm";

    static final String ACKNOWLEDGED = "ack ";
    static final String FAULT = "fault ";

    private final KillTarget target;
    private final Batches batches;
    private final int round;
    private final List<Long> resent;
    private final CountDownLatch cold;
    private final AtomicLong lastAcknowledged = new AtomicLong(-1);

    private KillWriter(
            KillTarget target, Batches batches, int round, int writers, List<Long> resent) {
        this.target = target;
        this.batches = batches;
        this.round = round;
        this.cold = new CountDownLatch(writers);
        this.resent = resent;
    }

    /// The arguments of the child.
    static List<String> arguments(
            String url, Batches batches, int round, int writers, Path folder, List<Long> resent) {
        return List.of(
                url,
                "" + batches.seed(),
                "" + round,
                "" + writers,
                folder.toString(),
                "" + batches.tokened(),
                resent.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    /// Runs until somebody ends the process.
    public static void main(String[] arguments) throws Exception {
        say(OPENING);
        KillTarget target = KillTarget.of(arguments[0], WorkMarks.file(Path.of(arguments[4])));
        List<Long> resent =
                arguments[6].isEmpty()
                        ? List.of()
                        : Stream.of(arguments[6].split(",")).map(Long::valueOf).toList();
        Batches batches =
                new Batches(
                        Long.parseLong(arguments[1]),
                        target.batchesAreAtomic(),
                        Boolean.parseBoolean(arguments[5]));
        int writers = Integer.parseInt(arguments[3]);
        int round = Integer.parseInt(arguments[2]);
        new KillWriter(target, batches, round, writers, resent)
                .run(writers, List.of(arguments).subList(7, arguments.length));
    }

    private void run(int writers, List<String> upkeep) throws Exception {
        try (Connection first = target.connect()) {
            try (Statement statement = first.createStatement()) {
                statement.execute(Batches.CREATE);
                if (batches.totalled()) {
                    statement.execute(Batches.CREATE_TOTALS);
                }
            }
            say(READY);
            List<Thread> threads = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int number = writer;
                threads.add(start("writer-" + writer, () -> write(number)));
            }
            threads.add(start("reader", this::read));
            threads.add(start("warm", this::sayWhenWarm));
            if (!upkeep.isEmpty()) {
                threads.add(start("upkeep", () -> keepUp(upkeep)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    /// What a thread does until the process ends.
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException, IOException;
    }

    private Thread start(String name, Work work) {
        return Thread.ofPlatform()
                .name(name)
                .start(() -> {
                    try {
                        work.run();
                    } catch (SQLException | IOException | RuntimeException failed) {
                        report(name + ": " + failed);
                    }
                });
    }

    private void write(int writer) throws SQLException, IOException {
        try (Connection connection = target.connect()) {
            connection.setAutoCommit(target.batchesAreAtomic());
            for (long batch : resent) {
                if (Batches.writer(batch) == writer) {
                    write(connection, batch);
                }
            }
            for (int sequence = 0; ; sequence++) {
                write(connection, Batches.number(round, writer, sequence));
                if (sequence == 1) {
                    cold.countDown();
                }
            }
        }
    }

    private void write(Connection connection, long batch) throws SQLException, IOException {
        batches.insert(connection, batch);
        say(ACKNOWLEDGED + batch);
        lastAcknowledged.set(batch);
    }

    private void sayWhenWarm() throws IOException {
        try {
            cold.await();
            say(WARM);
        } catch (InterruptedException neverAsked) {
            Thread.currentThread().interrupt();
        }
    }

    /// An acknowledged batch is visible at once, and no batch is ever seen in part.
    private void read() throws SQLException, IOException {
        try (Connection connection = target.connect()) {
            while (true) {
                long acknowledged = lastAcknowledged.get();
                Batches.Found found = batches.read(connection);
                for (String fault : found.faults()) {
                    say(FAULT + "seen while writing: " + fault);
                }
                if (acknowledged >= 0 && !found.rowsByBatch().containsKey(acknowledged)) {
                    say(FAULT + "batch " + acknowledged + " was acknowledged and is not visible");
                }
            }
        }
    }

    private void keepUp(List<String> upkeep) throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            while (true) {
                for (String sql : upkeep) {
                    statement.execute(sql);
                }
            }
        }
    }

    private void report(String failure) {
        try {
            say(FAULT + failure.replace('\n', ' '));
        } catch (IOException parentGone) {
            System.exit(1);
        }
    }

    /// One write for a line: a line is in the pipe whole or not at all.
    private static void say(String line) throws IOException {
        OUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
