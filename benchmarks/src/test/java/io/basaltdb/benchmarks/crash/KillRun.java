package io.basaltdb.benchmarks.crash;

import io.basaltdb.storage.DatabaseCheck;
import io.basaltdb.storage.io.LocalDisk;
import io.basaltdb.storage.table.BackgroundJob;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The parent: rounds of write, kill, open, check on one directory. The time to the kill runs from the first batch that is
/// acknowledged, so that a machine that starts slowly is not killed before anything was written; in one round of five it runs from the
/// beginning, so that the opening is hit.
final class KillRun {
    private static final int WRITERS = 4;
    private static final int MIN_MILLIS = 50;
    private static final int OPENING_MILLIS = 600;
    private static final int SILENT_MILLIS = 120_000;

    private final String url;
    private final Path marks;
    private final Path errors;
    private final int maxMillis;
    private final long seed;
    private final List<String> upkeep;
    private final Batches batches;
    private final Random random;
    private final Set<Long> present = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();
    private final int[] killsByKind = new int[BackgroundJob.Kind.values().length];
    private int killsAtWork;
    private int killsWhileOpening;
    private long acknowledgedBatches;
    private long openNanos;

    /// @param folder of the database and of what the test keeps beside it
    /// @param maxMillis longest time that the writers get
    KillRun(String url, Path folder, long seed, int maxMillis, List<String> upkeep) {
        this.url = url;
        this.marks = folder.resolve("marks");
        this.errors = folder.resolve("errors");
        this.maxMillis = maxMillis;
        this.seed = seed;
        this.upkeep = upkeep;
        this.batches = new Batches(seed, url.startsWith(KillTarget.Basalt.PREFIX));
        this.random = new Random(seed);
    }

    /// @param worstOpenMillis the longest time that opening and reading everything took after a kill
    /// @param killsAtWork kills that hit background work, which is counted by kind in `killsByKind`
    record Outcome(
            long acknowledgedBatches,
            long presentBatches,
            double worstOpenMillis,
            int killsAtWork,
            int[] killsByKind,
            int killsWhileOpening,
            List<String> faults) {
        String work() {
            StringBuilder text = new StringBuilder();
            for (BackgroundJob.Kind kind : BackgroundJob.Kind.values()) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(killsByKind[kind.ordinal()])
                        .append(" in a ")
                        .append(kind.name().toLowerCase(Locale.ROOT));
            }
            return text.toString();
        }
    }

    Outcome run(int kills) throws IOException, SQLException, InterruptedException {
        for (int round = 0; round < kills && faults.isEmpty(); round++) {
            Set<Long> acknowledged = writeAndKill(round);
            acknowledgedBatches += acknowledged.size();
            killsAtWork += WorkMarks.count(marks, killsByKind) ? 1 : 0;
            check(round, acknowledged);
        }
        return new Outcome(
                acknowledgedBatches,
                present.size(),
                openNanos / 1e6,
                killsAtWork,
                killsByKind,
                killsWhileOpening,
                faults);
    }

    private Process start(int round) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(KillWriter.class.getName());
        command.addAll(List.of(url, "" + seed, "" + round, "" + WRITERS, marks.toString()));
        command.addAll(upkeep);
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }

    private Set<Long> writeAndKill(int round) throws IOException, InterruptedException {
        boolean early = round > 0 && random.nextInt(5) == 0;
        int delay =
                early
                        ? random.nextInt(OPENING_MILLIS)
                        : MIN_MILLIS + random.nextInt(maxMillis - MIN_MILLIS);
        Process child = start(round);
        Set<Long> acknowledged = new HashSet<>();
        boolean ready = false;
        try (BufferedReader lines = child.inputReader()) {
            Thread watchdog = killLater(child, SILENT_MILLIS);
            @Nullable Thread killer = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                ready |= line.equals(KillWriter.READY);
                boolean begins =
                        early
                                ? line.equals(KillWriter.OPENING)
                                : line.startsWith(KillWriter.ACKNOWLEDGED);
                if (killer == null && begins) {
                    killer = killLater(child, delay);
                }
                note(round, line, acknowledged);
            }
            if (killer == null) {
                faults.add(
                        "round "
                                + round
                                + (watchdog.isAlive()
                                        ? ": the writer ended before it wrote anything: "
                                        : ": the writer wrote nothing within two minutes: ")
                                + Files.readString(errors));
            }
            watchdog.interrupt();
        }
        killsWhileOpening += ready ? 0 : 1;
        if (!child.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + child.pid() + " outlived its kill");
        }
        return acknowledged;
    }

    /// Ends the process after that time, unless the thread is interrupted before.
    private static Thread killLater(Process child, int millis) {
        return Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        Thread.sleep(millis);
                        child.toHandle()
                                .destroyForcibly(); // leaves the pipe open, and what is in it
                    } catch (InterruptedException notNeeded) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void note(int round, String line, Set<Long> acknowledged) {
        if (line.startsWith(KillWriter.ACKNOWLEDGED)) {
            acknowledged.add(Long.parseLong(line.substring(KillWriter.ACKNOWLEDGED.length())));
        } else if (line.startsWith(KillWriter.FAULT)) {
            faults.add("round " + round + ": " + line);
        }
    }

    private void check(int round, Set<Long> acknowledged) throws SQLException {
        if (url.startsWith(KillTarget.Basalt.PREFIX)) {
            Path directory = Path.of(url.substring(KillTarget.Basalt.PREFIX.length()));
            DatabaseCheck.problems(new LocalDisk(directory))
                    .forEach(problem -> faults.add("round " + round + ": " + problem));
        }
        long start = System.nanoTime();
        Batches.Found found;
        try (Connection connection = DriverManager.getConnection(url)) {
            found = batches.read(connection);
        }
        openNanos = Math.max(openNanos, System.nanoTime() - start);
        found.faults().forEach(fault -> faults.add("round " + round + ": " + fault));
        for (long batch : acknowledged) {
            if (!found.rowsByBatch().containsKey(batch)) {
                faults.add("round " + round + ": acknowledged batch " + batch + " is lost");
            }
        }
        for (long batch : present) {
            if (!found.rowsByBatch().containsKey(batch)) {
                faults.add("round " + round + ": batch " + batch + " was there and is gone");
            }
        }
        for (long batch : found.rowsByBatch().keySet()) {
            boolean earlier = batch < Batches.number(round, 0, 0);
            if (earlier && !present.contains(batch)) {
                faults.add("round " + round + ": batch " + batch + " came back");
            }
        }
        present.addAll(found.rowsByBatch().keySet());
    }
}
