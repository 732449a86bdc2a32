package io.basaltdb.benchmarks.crash;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// The parent: rounds of write, kill, open, check on one directory. The time to the kill runs from the first batch that is
/// acknowledged, so that a machine that starts slowly is not killed before anything was written.
final class KillRun {
    private static final int WRITERS = 4;
    private static final int MIN_MILLIS = 50;
    private static final int MAX_MILLIS = 2000;

    private final String url;
    private final long seed;
    private final List<String> upkeep;
    private final Batches batches;
    private final Random random;
    private final Set<Long> present = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();
    private long acknowledgedBatches;
    private long openNanos;

    KillRun(String url, long seed, List<String> upkeep) {
        this.url = url;
        this.seed = seed;
        this.upkeep = upkeep;
        this.batches = new Batches(seed);
        this.random = new Random(seed);
    }

    /// @param worstOpenMillis the longest time that opening and reading everything took after a kill
    record Outcome(
            long acknowledgedBatches,
            long presentBatches,
            double worstOpenMillis,
            List<String> faults) {}

    Outcome run(int kills) throws IOException, SQLException, InterruptedException {
        for (int round = 0; round < kills && faults.isEmpty(); round++) {
            Set<Long> acknowledged = writeAndKill(round);
            acknowledgedBatches += acknowledged.size();
            check(round, acknowledged);
        }
        return new Outcome(acknowledgedBatches, present.size(), openNanos / 1e6, faults);
    }

    private Set<Long> writeAndKill(int round) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(KillWriter.class.getName());
        command.addAll(List.of(url, "" + seed, "" + round, "" + WRITERS));
        command.addAll(upkeep);
        Process child =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Set<Long> acknowledged = new HashSet<>();
        try (BufferedReader lines = child.inputReader()) {
            String first = lines.readLine();
            if (!KillWriter.READY.equals(first)) {
                faults.add("round " + round + ": the writer did not start, it said " + first);
                child.destroyForcibly();
                return acknowledged;
            }
            String line = lines.readLine();
            int delay = MIN_MILLIS + random.nextInt(MAX_MILLIS - MIN_MILLIS);
            Thread killer =
                    Thread.ofPlatform()
                            .start(() -> {
                                sleep(delay);
                                child.destroyForcibly();
                            });
            while (line != null) {
                note(round, line, acknowledged);
                line = lines.readLine();
            }
            killer.join();
        }
        if (!child.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + child.pid() + " outlived its kill");
        }
        return acknowledged;
    }

    private void note(int round, String line, Set<Long> acknowledged) {
        if (line.startsWith(KillWriter.ACKNOWLEDGED)) {
            acknowledged.add(Long.parseLong(line.substring(KillWriter.ACKNOWLEDGED.length())));
        } else {
            faults.add("round " + round + ": " + line);
        }
    }

    private void check(int round, Set<Long> acknowledged) throws SQLException {
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

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
