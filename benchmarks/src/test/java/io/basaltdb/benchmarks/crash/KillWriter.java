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
import java.util.concurrent.atomic.AtomicLong;

/// The child process: writes until it is killed. Arguments: URL, seed, round, number of writers, file of [WorkMarks], then statements
/// that one more connection runs over and over to move rows about.
public final class KillWriter {
    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
    static final String OPENING = "opening";
    static final String READY = "ready";
    static final String ACKNOWLEDGED = "ack ";
    static final String FAULT = "fault ";

    private final KillTarget target;
    private final Batches batches;
    private final int round;
    private final AtomicLong lastAcknowledged = new AtomicLong(-1);

    private KillWriter(KillTarget target, long seed, int round) {
        this.target = target;
        this.batches = new Batches(seed, target.batchesAreAtomic());
        this.round = round;
    }

    /// Runs until somebody ends the process.
    public static void main(String[] arguments) throws Exception {
        say(OPENING);
        KillWriter writer =
                new KillWriter(
                        KillTarget.of(arguments[0], Path.of(arguments[4])),
                        Long.parseLong(arguments[1]),
                        Integer.parseInt(arguments[2]));
        int writers = Integer.parseInt(arguments[3]);
        List<String> upkeep = List.of(arguments).subList(5, arguments.length);
        writer.run(writers, upkeep);
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
            for (int sequence = 0; ; sequence++) {
                long batch = Batches.number(round, writer, sequence);
                batches.insert(connection, batch);
                say(ACKNOWLEDGED + batch);
                lastAcknowledged.set(batch);
            }
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
