package io.basaltdb.storage.log;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.RandomReader;
import java.util.zip.CRC32C;

/// How far the log reached when the database was last closed: beside the log, so that a file of it which is gone or was emptied is missed.
/// It is never deleted, since commits only become more; one that is damaged says nothing.
///
/// @param commit the last one
/// @param fileNumber of the log file that holds it; 0 where the manifest does
record ClosedMark(long commit, long fileNumber) {
    static final ClosedMark NONE = new ClosedMark(0, 0);

    private static final String PATH = LogFormat.DIRECTORY + "/closed";
    private static final long MAGIC = 0x4C43_544C_4153_4142L; // "BASALTCL"
    private static final int BYTES = 32;

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, BYTES - 8);
        return (int) checksum.getValue();
    }

    /// Where it cannot be written there is none.
    void write(Disk disk) {
        ByteWriter out = new ByteWriter(BYTES);
        out.putLong(MAGIC);
        out.putLong(commit);
        out.putLong(fileNumber);
        out.putInt(checksum(out.array()));
        out.putInt(0);
        try {
            disk.delete(PATH);
            try (AppendWriter writer = disk.create(PATH, 0)) {
                writer.append(out.array(), 0, BYTES);
                writer.force();
            }
            disk.forceDirectory(LogFormat.DIRECTORY);
        } catch (BasaltException ignored) {
            // it only helps to find damage
        }
    }

    static ClosedMark read(Disk disk) {
        if (!disk.exists(PATH)) {
            return NONE;
        }
        byte[] bytes = new byte[BYTES];
        try (RandomReader reader = disk.open(PATH)) {
            if (reader.sizeBytes() != BYTES) {
                return NONE;
            }
            reader.read(0, bytes, 0, BYTES);
        }
        boolean whole =
                LogFormat.longAt(bytes, 0) == MAGIC
                        && LogFormat.intAt(bytes, BYTES - 8) == checksum(bytes);
        return whole
                ? new ClosedMark(LogFormat.longAt(bytes, 8), LogFormat.longAt(bytes, 16))
                : NONE;
    }
}
