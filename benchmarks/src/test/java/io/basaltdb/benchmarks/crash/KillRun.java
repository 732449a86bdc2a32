package io.basaltdb.benchmarks.crash;

import io.basaltdb.storage.table.BackgroundJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/// The parent: rounds of write, kill, open, check on one directory. The time to the kill runs from the moment when every writer is warm, so
/// that a machine that starts slowly is not killed before anything was written; in one round of five it runs from the beginning, so that
/// the opening and the first transactions are hit.
///
/// Where batches have tokens, whoever comes after a kill sends again what was not acknowledged, not knowing whether it was carried out, and
/// the last batch that was acknowledged, as if that had been lost on the way.
final class KillRun {
    static final int WRITERS = 4;
    private static final int MIN_MILLIS = 50;
    private static final int OPENING_MILLIS = 1500;
    private static final int SILENT_MILLIS = 120_000;

    private final ChildJvm jvm;
    private final String url;
    private final Path folder;
    private final Path errors;
    private final int maxMillis;
    private final List<String> upkeep;
    private final Batches batches;
    private final Random random;
    private final Set<Long> present = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();
    private final int[] killsByKind = new int[BackgroundJob.Kind.values().length];
    private List<Long> resent = List.of();
    private int resentCount;
    private int killsAtWork;
    private int killsWhileCold;
    private long acknowledgedBatches;
    private long openNanos;

    /// @param folder of the database and of what the test keeps beside it
    /// @param maxMillis longest time that the writers get
    KillRun(
            ChildJvm jvm,
            String url,
            Path folder,
            Batches batches,
            int maxMillis,
            List<String> upkeep) {
        this.jvm = jvm;
        this.url = url;
        this.folder = folder;
        this.errors = folder.resolve("errors");
        this.maxMillis = maxMillis;
        this.upkeep = upkeep;
        this.batches = batches;
        this.random = new Random(batches.seed());
    }

    /// @param worstOpenMillis the longest time that opening and reading everything took after a kill
    /// @param killsAtWork kills that hit background work, which is counted by kind in `killsByKind`
    /// @param killsWhileCold kills before every writer had written what it writes
    record Outcome(
            int kills,
            long acknowledgedBatches,
            long presentBatches,
            long resentBatches,
            double worstOpenMillis,
            int killsAtWork,
            int[] killsByKind,
            int killsWhileCold,
            List<String> faults) {
        static final Outcome NONE =
                new Outcome(
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        new int[BackgroundJob.Kind.values().length],
                        0,
                        List.of());

        Outcome plus(Outcome more) {
            int[] byKind = killsByKind.clone();
            for (int i = 0; i < byKind.length; i++) {
                byKind[i] += more.killsByKind[i];
            }
            List<String> allFaults = new ArrayList<>(faults);
            allFaults.addAll(more.faults);
            return new Outcome(
                    kills + more.kills,
                    acknowledgedBatches + more.acknowledgedBatches,
                    presentBatches + more.presentBatches,
                    resentBatches + more.resentBatches,
                    Math.max(worstOpenMillis, more.worstOpenMillis),
                    killsAtWork + more.killsAtWork,
                    byKind,
                    killsWhileCold + more.killsWhileCold,
                    allFaults);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d kills, %d of them in background work (%s), %d before all writers were warm:"
                            + " %d batches acknowledged, %d sent again, %d present, %d faults, opened in at most %.0f ms",
                    kills,
                    killsAtWork,
                    work(),
                    killsWhileCold,
                    acknowledgedBatches,
                    resentBatches,
                    presentBatches,
                    faults.size(),
                    worstOpenMillis);
        }

        private String work() {
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
        int round = 0;
        while (round < kills && faults.isEmpty()) {
            Set<Long> acknowledged = writeAndKill(round);
            acknowledgedBatches += acknowledged.size();
            killsAtWork += WorkMarks.count(WorkMarks.file(folder), killsByKind) ? 1 : 0;
            check(round, acknowledged);
            resent = batches.tokened() ? toSendAgain(round, acknowledged) : List.of();
            resentCount += resent.size();
            round++;
        }
        return new Outcome(
                round,
                acknowledgedBatches,
                present.size(),
                resentCount,
                openNanos / 1e6,
                killsAtWork,
                killsByKind,
                killsWhileCold,
                faults);
    }

    private List<Long> toSendAgain(int round, Set<Long> acknowledged) {
        List<Long> again = new ArrayList<>(resent);
        again.removeAll(acknowledged);
        for (int writer = 0; writer < WRITERS; writer++) {
            int next = 0;
            while (acknowledged.contains(Batches.number(round, writer, next))) {
                next++;
            }
            if (next > 0) {
                again.add(Batches.number(round, writer, next - 1));
            }
            again.add(Batches.number(round, writer, next));
        }
        return again;
    }

    private Process start(int round) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(KillWriter.arguments(url, batches, round, WRITERS, folder, resent));
        arguments.addAll(upkeep);
        return jvm.start(KillWriter.class, arguments, errors);
    }

    private Set<Long> writeAndKill(int round) throws IOException, InterruptedException {
        boolean early = round > 0 && random.nextInt(5) == 0;
        int delay =
                early
                        ? random.nextInt(OPENING_MILLIS)
                        : MIN_MILLIS + random.nextInt(maxMillis - MIN_MILLIS);
        Process child = start(round);
        Set<Long> acknowledged = new HashSet<>();
        boolean warm = false;
        try (BufferedReader lines = child.inputReader()) {
            Thread watchdog = killLater(child, SILENT_MILLIS);
            @Nullable Thread killer = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                warm |= line.equals(KillWriter.WARM);
                boolean begins = early ? line.equals(KillWriter.OPENING) : warm;
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
                                        ? ": the writers ended before they were warm: "
                                        : ": the writers were not warm within two minutes: ")
                                + Files.readString(errors));
            }
            watchdog.interrupt();
        }
        killsWhileCold += warm ? 0 : 1;
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
        Recovered recovered = Recovered.open(url, batches, acknowledged);
        openNanos = Math.max(openNanos, recovered.openNanos());
        recovered.faults().forEach(fault -> faults.add("round " + round + ": " + fault));
        Set<Long> found = recovered.found().rowsByBatch().keySet();
        for (long batch : present) {
            if (!found.contains(batch)) {
                faults.add("round " + round + ": batch " + batch + " was there and is gone");
            }
        }
        for (long batch : found) {
            boolean earlier = batch < Batches.number(round, 0, 0);
            if (earlier && !present.contains(batch) && !resent.contains(batch)) {
                faults.add("round " + round + ": batch " + batch + " came back");
            }
        }
        present.addAll(found);
    }
}
