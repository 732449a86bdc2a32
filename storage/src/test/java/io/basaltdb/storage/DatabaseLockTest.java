package io.basaltdb.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.LocalDisk;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.io.SystemClock;
import io.basaltdb.storage.testkit.ModelDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("D15")
final class DatabaseLockTest {
    @TempDir private Path directory;

    @Test
    void aSecondDatabaseOnTheDirectoryIsRefused() {
        SystemClock clock = new SystemClock();
        int tableId;
        try (Database first =
                Database.open(new LocalDisk(directory), clock, DatabaseOptions.defaults())) {
            tableId = ModelDatabase.create(first, "t", false).id();
            BasaltException refused =
                    assertThrows(
                            BasaltException.class,
                            () ->
                                    Database.open(
                                            new LocalDisk(directory),
                                            clock,
                                            DatabaseOptions.defaults()));
            assertEquals(ErrorCode.LOCKED, refused.code());
            assertTrue(refused.text().contains(directory.toString()), refused::text);
            ModelDatabase.insert(first, tableId, 1, 2, 3);
        }
        try (Database next =
                Database.open(new LocalDisk(directory), clock, DatabaseOptions.defaults())) {
            assertEquals(new TreeSet<>(List.of(1L, 2L, 3L)), ModelDatabase.ids(next, tableId));
        }
    }

    @Test
    void aMemoryDatabaseIsOpenOnceAndStaysWhileItsDiskDoes() {
        MemoryDisk disk = new MemoryDisk("m", 1L << 30);
        SystemClock clock = new SystemClock();
        int tableId;
        try (Database first = Database.open(disk, clock, DatabaseOptions.defaults())) {
            tableId = ModelDatabase.create(first, "t", true).id();
            ModelDatabase.insert(first, tableId, 7);
            assertThrows(
                    BasaltException.class,
                    () -> Database.open(disk, clock, DatabaseOptions.defaults()));
        }
        try (Database next = Database.open(disk, clock, DatabaseOptions.defaults())) {
            assertEquals(new TreeSet<>(List.of(7L)), ModelDatabase.ids(next, tableId));
        }
    }
}
