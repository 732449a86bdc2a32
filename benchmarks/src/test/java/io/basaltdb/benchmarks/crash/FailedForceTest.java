package io.basaltdb.benchmarks.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The kernel answers EIO to a force of the log and to all after it. Where system calls cannot be traced, the test is skipped and says why.
/// `-Dforce.count=N` fails more often.
@Tag("D11")
@Tag("long")
class FailedForceTest {
    /// The tables are there by then.
    private static final int FIRST_FORCES = 20;

    private static final int MAX_FORCES = 400;
    private static final int PATIENCE_SECONDS = 60;

    /// What is under way when the first writer is refused may still have been forced.
    private static final int UNDER_WAY_MILLIS = 500;

    private static final int AFTERWARDS_MILLIS = 1000;

    @TempDir private Path folder;

    private final long seed = Long.getLong("test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String> faults = new ArrayList<>();
    private long acknowledged;

    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    @Test
    void nothingMoreIsAcknowledged() throws Exception {
        assumeTrue(traces(), "there is no strace that may trace");
        int count = Integer.getInteger("force.count", 20);
        for (int round = 0; round < count && faults.isEmpty(); round++) {
            fail(round, FIRST_FORCES + random.nextInt(MAX_FORCES));
        }
        System.out.printf(
                "seed %d: %d failed forces, %d batches acknowledged before them, %d faults%n",
                seed, count, acknowledged, faults.size());
        assertEquals(List.of(), faults);
    }

    private static boolean traces() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-qq", "-o", "/dev/null", "true").start().waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void fail(int round, int forces) throws Exception {
        Path beside = Files.createDirectories(folder.resolve("run-" + round));
        String url = KillTarget.Basalt.PREFIX + beside.resolve("database");
        Batches batches = new Batches(seed + round, true, round % 2 == 1);
        ChildJvm jvm =
                ChildJvm.plain()
                        .under(
                                "strace",
                                "-f",
                                "--seccomp-bpf",
                                "-qq",
                                "-o",
                                "/dev/null",
                                "-e",
                                "trace=fsync,fdatasync",
                                "-e",
                                "inject=fsync,fdatasync:error=EIO:when=" + forces + "+");
        WritingChild child = new WritingChild(jvm, url, batches, 0, beside);
        try (child) {
            await(child, 1);
            TimeUnit.MILLISECONDS.sleep(UNDER_WAY_MILLIS);
            Set<Long> before = child.acknowledged();
            TimeUnit.MILLISECONDS.sleep(AFTERWARDS_MILLIS);
            if (child.acknowledged().size() != before.size()) {
                faults.add("round " + round + ": acknowledged after a force had failed");
            }
            await(child, KillRun.WRITERS);
        }
        for (String refusal : child.faults()) {
            // Writers alone are refused: the reader reads on. Where the next file of the log cannot
            // be
            // begun, nothing of the commit was written, so the error is told as it is.
            if (!refusal.matches(
                    "writer-.*(COMPLETION_UNKNOWN: |READ_ONLY: |IO_ERROR: cannot force log).*")) {
                faults.add("round " + round + ": " + refusal);
            }
        }
        acknowledged += child.acknowledged().size();
        if (!child.acknowledged().isEmpty()) {
            Recovered.open(url, batches, child.acknowledged())
                    .faults()
                    .forEach(fault -> faults.add("round " + round + ": " + fault));
        }
    }

    private static void await(WritingChild child, int refusals) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (child.faults().size() < refusals) {
            assertTrue(child.isAlive() && System.nanoTime() < end, () -> "" + child.faults());
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
