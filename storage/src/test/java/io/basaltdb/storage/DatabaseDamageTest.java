package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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

/// A part that is cut or gone: what needs it fails and names it, everything else goes on, and background work goes on without it.
@Tag("D7")
final class DatabaseDamageTest {
    private final SimulatedDisk disk = new SimulatedDisk();
    private int damaged;
    private int whole;

    private Database open() {
        return Database.open(
                disk,
                new ManualClock(),
                DatabaseOptions.defaults()
                        .withManualSteps(new Random(5))
                        .withSeal(1 << 20, 50)
                        .withMerge(1 << 24, 2));
    }

    private static void work(Database database, int steps) {
        for (int i = 0; i < steps; i++) {
            database.backgroundStep();
        }
    }

    /// The only part of a table, in a database that was closed.
    private String fill() {
        try (Database database = open()) {
            damaged = ModelDatabase.create(database, "damaged", false).id();
            whole = ModelDatabase.create(database, "whole", false).id();
            long[] ids = new long[60];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = i;
            }
            ModelDatabase.insert(database, damaged, ids);
            work(database, 50);
            ModelDatabase.insert(database, whole, 1, 2, 3);
        }
        List<String> parts =
                disk.files().stream().filter(path -> path.startsWith("parts/")).toList();
        assertEquals(1, parts.size());
        return parts.getFirst();
    }

    private void check(String part) {
        List<String> problems = DatabaseCheck.problems(disk);
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().contains(part), problems::toString);
        try (Database database = open()) {
            BasaltException failure =
                    assertThrows(BasaltException.class, () -> ModelDatabase.ids(database, damaged));
            assertEquals(ErrorCode.PART_CORRUPT, failure.code());
            assertEquals("XX001", failure.code().sqlState());
            assertTrue(failure.text().contains(part), failure::text);
            TreeSet<Long> expected = new TreeSet<>(List.of(1L, 2L, 3L));
            for (long id = 10; id < 400; id++) {
                ModelDatabase.insert(database, whole, id);
                ModelDatabase.insert(database, damaged, 1000 + id);
                expected.add(id);
                work(database, 5);
            }
            work(database, 200);
            assertEquals(expected, ModelDatabase.ids(database, whole));
            assertEquals(
                    0, database.backgroundJobs().size(), "a merge that cannot succeed goes on");
        }
    }

    @Test
    void aCutPartIsNamed() {
        String part = fill();
        disk.damageLength(part, disk.content(part).length - 100);
        check(part);
    }

    @Test
    void aMissingPartIsNamed() {
        String part = fill();
        disk.delete(part);
        check(part);
    }
}
