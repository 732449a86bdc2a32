package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.table.BackgroundJob;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.testkit.KeyedRows;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.ModelDatabase;
import io.basaltdb.storage.testkit.SimulatedDisk;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A scan that was pinned reads the same rows after a thousand commits and fifty merges.
@Tag("D3")
@Tag("D5")
@Timeout(120)
final class PinnedScanTest {
    private final Set<BackgroundJob> merges = new HashSet<>();
    private final ManualClock clock = new ManualClock();

    private void work(Database database) {
        for (int i = 0; i < 12; i++) {
            clock.advanceMillis(1);
            database.backgroundStep();
            for (BackgroundJob job : database.backgroundJobs()) {
                if (job.kind() == BackgroundJob.Kind.MERGE) {
                    merges.add(job); // told apart by when it began
                }
            }
        }
    }

    @Test
    void aThousandCommitsAndFiftyMergesDoNotShow() {
        Random random = new Random(Long.getLong("test.seed", 20_261_122));
        SimulatedDisk disk = new SimulatedDisk();
        try (Database database =
                Database.open(
                        disk,
                        clock,
                        DatabaseOptions.defaults()
                                .withManualSteps(new Random(7))
                                .withSeal(1 << 20, 15)
                                .withLog(1 << 16, 1 << 15, 1 << 11)
                                .withMerge(1 << 24, 2))) {
            int rows = ModelDatabase.create(database, "t", false).id();
            int keyed = KeyedRows.create(database, "k").id();
            commit(database, rows, keyed, 0, random);
            commit(database, rows, keyed, 1, random);
            work(database);
            merges.clear();
            try (DatabaseSnapshot pinned = database.snapshot()) {
                TreeSet<Long> ids = new TreeSet<>(ModelDatabase.scan(pinned.table(rows)).keySet());
                TreeMap<Long, Long> values = KeyedRows.scan(pinned.table(keyed));
                for (int i = 2; i < 1_002; i++) {
                    commit(database, rows, keyed, i, random);
                    work(database);
                    if (i % 100 == 0) {
                        assertEquals(ids, ModelDatabase.scan(pinned.table(rows)).keySet());
                        assertEquals(values, KeyedRows.scan(pinned.table(keyed)));
                    }
                }
                assertTrue(merges.size() >= 50, merges.size() + " merges");
                assertEquals(ids, ModelDatabase.scan(pinned.table(rows)).keySet());
                assertEquals(values, KeyedRows.scan(pinned.table(keyed)));
            }
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk));
    }

    private static void commit(Database database, int rows, int keyed, int number, Random random) {
        TreeMap<Long, Long> upserts = new TreeMap<>();
        for (int i = 0; i < 4; i++) {
            upserts.put((long) random.nextInt(60), (long) number);
        }
        try (Transaction transaction = database.begin()) {
            ModelDatabase.append(transaction, rows, number);
            KeyedRows.upsert(transaction, keyed, upserts);
            if (number % 7 == 6) {
                var places = ModelDatabase.places(transaction.snapshot().table(rows));
                ModelDatabase.delete(
                        transaction, rows, places, List.of(places.keySet().iterator().next()));
            }
            transaction.commit();
        }
    }
}
