package io.basaltdb.storage.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest extends DiskTest {
    @TempDir Path directory;

    @Override
    protected Disk newDisk() {
        return new LocalDisk(directory);
    }

    /// The device that is always full gives the error of the operating system itself.
    @Test
    void aFullDeviceIsReported() throws IOException {
        Path device = Path.of("/dev/full");
        assumeTrue(Files.isWritable(device));
        Files.createSymbolicLink(directory.resolve("full"), device);
        try (AppendWriter writer = new LocalDisk(directory).reopen("full", 0, 0)) {
            BasaltException full =
                    assertThrows(
                            BasaltException.class, () -> writer.append(new byte[4096], 0, 4096));
            assertEquals(ErrorCode.DISK_FULL, full.code());
            assertTrue(full.text().contains("full") && full.text().contains("4096"), full.text());
            assertThrows(BasaltException.class, writer::force);
        }
    }

    @Test
    void anInterruptedThreadClosesNoFileForOthers() {
        Disk disk = new LocalDisk(directory);
        try (AppendWriter writer = disk.create("file", 0)) {
            writer.append(new byte[100], 0, 100);
        }
        try (RandomReader reader = disk.open("file")) {
            Thread.currentThread().interrupt();
            reader.read(0, new byte[10], 0, 10);
            assertTrue(Thread.interrupted());
            reader.read(0, new byte[10], 0, 10);
        }
    }

    /// The file is cut under an open mapping: the machine faults, the program gets an error.
    @Test
    void aFileThatIsCutWhileItIsOpenIsReported() throws IOException {
        Disk disk = new LocalDisk(directory);
        try (AppendWriter writer = disk.create("file", 0)) {
            writer.append(new byte[1 << 20], 0, 1 << 20);
        }
        try (RandomReader reader = disk.open("file")) {
            try (var channel =
                    java.nio.channels.FileChannel.open(
                            directory.resolve("file"), java.nio.file.StandardOpenOption.WRITE)) {
                channel.truncate(10);
            }
            BasaltException failure =
                    assertThrows(
                            BasaltException.class,
                            () -> reader.read(1 << 19, new byte[1 << 18], 0, 1 << 18));
            assertEquals(ErrorCode.IO_ERROR, failure.code());
        }
    }
}
