package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.table.BackgroundJob;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.testkit.KeyedRows;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.SimulatedDisk;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A merge of so many rows that each column takes several steps: it can be given up in the middle of one, and gives the same rows when it is not.
@Timeout(120)
final class LargeMergeTest {
    private static final int ROWS_PER_COMMIT = 40_000;

    private final SimulatedDisk disk = new SimulatedDisk();

    private Database open() {
        return Database.open(
                disk,
                new ManualClock(),
                DatabaseOptions.defaults()
                        .withManualSteps(new Random(11))
                        .withSeal(1 << 30, ROWS_PER_COMMIT)
                        .withMerge(1 << 30, 2));
    }

    private static int partCount(Database database, int table) {
        try (DatabaseSnapshot snapshot = database.snapshot()) {
            return snapshot.table(table).parts().size();
        }
    }

    private static boolean merges(Database database) {
        return database.backgroundJobs().stream()
                .anyMatch(job -> job.kind() == BackgroundJob.Kind.MERGE);
    }

    @Test
    void columnsAreWrittenInSteps() {
        TreeMap<Long, Long> expected = new TreeMap<>();
        int table;
        try (Database database = open()) {
            table = KeyedRows.create(database, "t").id();
            for (int i = 0; i < 2; i++) {
                TreeMap<Long, Long> rows = new TreeMap<>();
                for (long key = i; key < 2L * ROWS_PER_COMMIT; key += 2) {
                    rows.put(key, key * 7);
                }
                try (Transaction transaction = database.begin()) {
                    KeyedRows.upsert(transaction, table, rows);
                    transaction.commit();
                }
                expected.putAll(rows);
                while (partCount(database, table) <= i) {
                    assertTrue(database.backgroundStep(), "nothing is sealed");
                }
            }
            while (!merges(database)) {
                assertTrue(database.backgroundStep(), "nothing is merged");
            }
            for (int i = 0; i < 2; i++) {
                assertTrue(database.backgroundStep()); // the order, and half of the first column
            }
            assertTrue(merges(database));
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk));
        try (Database database = open()) {
            int steps = 0;
            while (database.backgroundStep()) {
                steps += merges(database) ? 1 : 0;
            }
            assertTrue(steps > 4, steps + " steps");
            try (DatabaseSnapshot snapshot = database.snapshot()) {
                assertEquals(1, snapshot.table(table).splits().size());
                assertEquals(expected, KeyedRows.scan(snapshot.table(table)));
            }
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk));
    }
}
