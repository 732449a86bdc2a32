package io.basaltdb.benchmarks.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The power is cut while writers are at work: of all that they wrote only what reached the disk is there. Where the machine cannot cut the
/// power of a file system, the test is skipped and says why. `-Dcut.count=N` cuts more often.
@Tag("D1")
@Tag("D2")
@Tag("D10")
@Tag("long")
class PowerCutTest {
    private static final int CUTS_OF_A_CHILD = 10;
    private static final int MAX_MILLIS = 1500;

    @TempDir private Path folder;

    private final long seed = Long.getLong("test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String> faults = new ArrayList<>();
    private int cuts;
    private int cutsBeforeAnything;
    private long present;
    private long acknowledgedBatches;
    private long openNanos;

    @Timeout(value = 120, unit = TimeUnit.MINUTES)
    @Test
    void losesNothingInAHundredPowerCuts() throws Exception {
        String obstacle = CuttableDisk.obstacle();
        assumeTrue(obstacle.isEmpty(), obstacle);
        int count = Integer.getInteger("cut.count", 100);
        try (CuttableDisk disk = open()) {
            for (int child = 0; cuts < count && faults.isEmpty(); child++) {
                cutWhileAtWork(disk, child, Math.min(CUTS_OF_A_CHILD, count - cuts));
            }
        }
        System.out.printf(
                "seed %d: %d power cuts, and %d before anything was acknowledged:"
                        + " %d batches acknowledged by the end, %d found present in all, %d faults,"
                        + " opened in at most %.0f ms%n",
                seed,
                cuts,
                cutsBeforeAnything,
                acknowledgedBatches,
                present,
                faults.size(),
                openNanos / 1e6);
        assertEquals(List.of(), faults);
        assertTrue(acknowledgedBatches > 0, "the writers should have got somewhere");
    }

    private CuttableDisk open() {
        try {
            return new CuttableDisk(folder);
        } catch (IOException e) {
            return abort("no file system whose power can be cut: " + e.getMessage());
        }
    }

    private void cutWhileAtWork(CuttableDisk disk, int number, int count) throws Exception {
        String name = "run-" + number;
        Batches batches = new Batches(seed + number, true, number % 2 == 1);
        Path beside = Files.createDirectories(folder.resolve(name));
        WritingChild child =
                new WritingChild(
                        ChildJvm.plain(), url(disk.working().resolve(name)), batches, 0, beside);
        try (child) {
            int last = cuts + count;
            while (cuts < last && faults.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(MAX_MILLIS));
                assertTrue(child.isAlive(), () -> "the writers ended: " + child.faults());
                cut(disk, name, batches, child);
            }
        }
        faults.addAll(child.faults());
        acknowledgedBatches += child.acknowledged().size();
    }

    private void cut(CuttableDisk disk, String name, Batches batches, WritingChild child)
            throws IOException, SQLException {
        Set<Long> acknowledged = child.acknowledged();
        Path left = disk.cut().resolve(name);
        if (acknowledged.isEmpty()) {
            cutsBeforeAnything++;
            return; // the tables need not be there yet
        }
        int number = cuts++;
        Recovered recovered = Recovered.open(url(left), batches, acknowledged);
        recovered.faults().forEach(fault -> faults.add("cut " + number + ": " + fault));
        openNanos = Math.max(openNanos, recovered.openNanos());
        present += recovered.found().rowsByBatch().size();
    }

    private static String url(Path directory) {
        return KillTarget.Basalt.PREFIX + directory;
    }
}
