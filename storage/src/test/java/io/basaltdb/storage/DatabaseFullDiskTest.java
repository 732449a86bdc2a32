package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.ModelDatabase;
import io.basaltdb.storage.testkit.SimulatedDisk;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A disk that fills up, whatever was to be written: inserts fail and say so, reads go on, and writes go on by themselves once there is
/// room, without loss.
@Tag("D12")
final class DatabaseFullDiskTest {
    private static final long LARGE = 1L << 40;

    private final SimulatedDisk disk = new SimulatedDisk();
    private final TreeSet<Long> acknowledged = new TreeSet<>();
    private long next = 1;

    private Database open() {
        return Database.open(
                disk,
                new ManualClock(),
                DatabaseOptions.defaults()
                        .withManualSteps(new Random(5))
                        .withSeal(1 << 20, 200)
                        .withBulk(1 << 20, 300, 1 << 19, 150)
                        .withLog(1 << 15, 1 << 16, 1 << 13)
                        .withMerge(1 << 24, 3));
    }

    private boolean insert(Database database, int table) {
        long[] ids = new long[next % 7 == 0 ? 180 : 20];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = next++;
        }
        try {
            ModelDatabase.insert(database, table, ids);
        } catch (BasaltException failure) {
            assertEquals(ErrorCode.DISK_FULL, failure.code(), failure::text);
            assertEquals("53100", failure.code().sqlState());
            return false;
        }
        for (long id : ids) {
            acknowledged.add(id);
        }
        return true;
    }

    private static void work(Database database, int steps) {
        for (int i = 0; i < steps; i++) {
            database.backgroundStep();
        }
    }

    @Test
    void writesResumeWhenThereIsRoomAgain() {
        int table;
        try (Database database = open()) {
            table = ModelDatabase.create(database, "t", true).id();
            for (int round = 1; round <= 8; round++) {
                disk.capacityBytes(disk.usedBytes() + round * 500L);
                int refused = 0;
                for (int i = 0; i < 400 && refused < 20; i++) {
                    refused += insert(database, table) ? 0 : 1;
                    work(database, 3);
                }
                assertEquals(20, refused, "the disk did not fill up");
                assertEquals(acknowledged, ModelDatabase.ids(database, table));
                disk.capacityBytes(LARGE);
                assertTrue(insert(database, table), "there is room again");
                work(database, 50);
                assertEquals(acknowledged, ModelDatabase.ids(database, table));
            }
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk));
        try (Database database = open()) {
            assertEquals(acknowledged, ModelDatabase.ids(database, table));
        }
    }

    @Test
    void aSmallLogFileIsBegunWhereALargeOneFindsNoRoom() {
        DatabaseOptions options =
                DatabaseOptions.defaults()
                        .withManualSteps(new Random(5))
                        .withLog(1 << 20, 1 << 30, 1 << 30);
        try (Database database = Database.open(disk, new ManualClock(), options)) {
            int table = ModelDatabase.create(database, "t", true).id();
            disk.capacityBytes(disk.usedBytes() + 200_000);
            int inserted = 0;
            while (insert(database, table)) {
                inserted++;
            }
            long free = disk.freeBytes();
            assertTrue(inserted > 10 && free < 20_000, inserted + " inserts, free are " + free);
            assertEquals(acknowledged, ModelDatabase.ids(database, table));
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk));
    }
}
