package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.testkit.KeyedRows;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.ModelDatabase;
import io.basaltdb.storage.testkit.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A wall clock that jumps an hour back or ten years ahead changes no order, no visibility, no row.
@Tag("D13")
@Timeout(120)
final class DatabaseClockTest {
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long TEN_YEARS_MICROS = 3650 * 24 * HOUR_MICROS;

    /// What is seen after each commit, and its number.
    private static List<String> run(boolean jumps) {
        SimulatedDisk disk = new SimulatedDisk();
        Random random = new Random(4);
        ManualClock clock = new ManualClock();
        List<String> seen = new ArrayList<>();
        int tableId = 0;
        int keyedId = 0;
        for (int life = 0; life < 3; life++) {
            try (Database database =
                    Database.open(
                            disk,
                            clock,
                            DatabaseOptions.defaults()
                                    .withManualSteps(new Random(life))
                                    .withSeal(1 << 20, 30)
                                    .withLog(1 << 14, 4_000, 1 << 11)
                                    .withMerge(1 << 24, 2))) {
                if (life == 0) {
                    tableId = ModelDatabase.create(database, "t", true).id();
                    keyedId = KeyedRows.create(database, "k").id();
                }
                for (int i = 0; i < 25; i++) {
                    int jump = random.nextInt(3);
                    if (jumps) {
                        clock.jumpWall(jump == 0 ? -HOUR_MICROS : jump == 1 ? TEN_YEARS_MICROS : 1);
                    }
                    clock.advanceMillis(5);
                    TreeMap<Long, Long> upserts = new TreeMap<>();
                    upserts.put((long) random.nextInt(20), (long) i);
                    long commit;
                    try (Transaction transaction = database.begin()) {
                        ModelDatabase.append(transaction, tableId, life * 1000L + i);
                        KeyedRows.upsert(transaction, keyedId, upserts);
                        commit = transaction.commit();
                    }
                    database.backgroundStep();
                    try (DatabaseSnapshot now = database.snapshot()) {
                        seen.add(
                                commit
                                        + ": "
                                        + ModelDatabase.scan(now.table(tableId)).keySet()
                                        + KeyedRows.scan(now.table(keyedId)));
                    }
                }
                for (int i = 0; i < 100; i++) {
                    database.backgroundStep();
                }
            }
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk));
        return seen;
    }

    @Test
    void nothingDependsOnTheClockOnTheWall() {
        assertEquals(run(false), run(true));
    }
}
