package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.ModelDatabase;
import io.basaltdb.storage.testkit.SimulatedDisk;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// After many new parts a manifest is written, though the log is short: in proportion to what it has to hold.
final class CheckpointAfterLoadTest {
    private static final int PARTS = 64;
    private static final int COLUMNS_BEFORE_CHECKPOINT = 8;

    private final SimulatedDisk disk = new SimulatedDisk();

    private Database open() {
        return Database.open(
                disk,
                new ManualClock(),
                DatabaseOptions.defaults()
                        .withManualSteps(new Random(1))
                        .withBulk(1 << 20, 1, 1, 1)
                        .withMerge(1, 4)
                        .withCheckpointColumns(COLUMNS_BEFORE_CHECKPOINT));
    }

    @Test
    void partsThatAreLoadedSoonStandInAManifest() {
        int table;
        int manifests = 0;
        try (Database database = open()) {
            table = ModelDatabase.create(database, "t", false).id();
            long before = database.manifestCommit();
            for (long id = 0; id < PARTS; id++) {
                ModelDatabase.insert(database, table, id);
                while (database.backgroundStep()) {
                    // to the end
                }
                manifests += database.manifestCommit() > before ? 1 : 0;
                before = database.manifestCommit();
            }
            assertTrue(before > PARTS / 4, "the manifest is of commit " + before);
            // Each at least half as large again as the one before.
            assertTrue(manifests >= 2 && manifests <= 12, manifests + " manifests");
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk));
        try (Database database = open()) {
            assertEquals(PARTS, ModelDatabase.ids(database, table).size());
        }
    }
}
