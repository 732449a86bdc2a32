package io.basaltdb.storage.table;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.error.FormatVersion;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.ByteReader;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.RandomReader;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A small file that says why part files which no table names must stay: magic `BASALTNT`, format version (4 bytes), length of the content (4), the
/// content, CRC32C of all before it (4). Written once, under its final name, and deleted once it is not needed; one that was cut off while it was
/// written says nothing.
final class NoteFile {
    private static final long MAGIC = 0x544E_544C_4153_4142L; // "BASALTNT"
    private static final int VERSION = 2;
    private static final int HEADER_BYTES = 16;

    private NoteFile() {}

    /// Durable when this returns.
    static void write(Disk disk, String directory, String name, ByteWriter content) {
        ByteWriter out = new ByteWriter(HEADER_BYTES + content.size() + 4);
        out.putLong(MAGIC);
        out.putInt(VERSION);
        out.putInt(content.size());
        out.putBytes(content.array(), 0, content.size());
        out.putInt(checksum(out.array(), out.size()));
        disk.createDirectory(directory);
        disk.forceDirectory("");
        String path = directory + "/" + name;
        AppendWriter writer = disk.create(path, 0);
        try (writer) {
            writer.append(out.array(), 0, out.size());
            writer.force();
        } catch (BasaltException failure) {
            disk.delete(path);
            throw failure;
        }
        disk.forceDirectory(directory);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }

    /// The content; null where the file is not whole.
    ///
    /// @throws BasaltException FORMAT_TOO_NEW
    static @Nullable ByteReader read(Disk disk, String directory, String name) {
        String path = directory + "/" + name;
        byte[] bytes;
        try (RandomReader reader = disk.open(path)) {
            bytes = new byte[Math.toIntExact(reader.sizeBytes())];
            reader.read(0, bytes, 0, bytes.length);
        }
        if (bytes.length < HEADER_BYTES + 4) {
            return null;
        }
        ByteReader in = new ByteReader(bytes, 0, bytes.length, ErrorCode.MANIFEST_CORRUPT, path);
        long magic = in.getLong();
        int version = in.getInt();
        int length = in.getInt();
        if (magic != MAGIC || length != bytes.length - HEADER_BYTES - 4) {
            return null;
        }
        ByteReader end =
                new ByteReader(
                        bytes, bytes.length - 4, bytes.length, ErrorCode.MANIFEST_CORRUPT, path);
        if (end.getInt() != checksum(bytes, bytes.length - 4)) {
            return null;
        }
        if (version != VERSION) {
            throw FormatVersion.refused(path + ": note", version, 0, VERSION);
        }
        return new ByteReader(
                bytes, HEADER_BYTES, HEADER_BYTES + length, ErrorCode.MANIFEST_CORRUPT, path);
    }

    static void delete(Disk disk, String directory, String name) {
        disk.delete(directory + "/" + name);
        disk.forceDirectory(directory);
    }
}
