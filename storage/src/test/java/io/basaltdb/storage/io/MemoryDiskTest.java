package io.basaltdb.storage.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import org.junit.jupiter.api.Test;

class MemoryDiskTest extends DiskTest {
    @Override
    protected Disk newDisk() {
        return new MemoryDisk("memory", 1 << 26);
    }

    @Test
    void aFullDiskSaysWhatIsNeededAndFree() {
        MemoryDisk disk = new MemoryDisk("a small disk", 1000);
        AppendWriter writer = disk.create("file", 0);
        writer.append(new byte[900], 0, 900);
        BasaltException full =
                assertThrows(BasaltException.class, () -> writer.append(new byte[101], 0, 101));
        assertEquals(ErrorCode.DISK_FULL, full.code());
        assertTrue(full.text().contains("101") && full.text().contains("100"), full.text());
        assertThrows(BasaltException.class, writer::force);
        writer.close();
        disk.delete("file");
        assertEquals(1000, disk.freeBytes());
    }
}
