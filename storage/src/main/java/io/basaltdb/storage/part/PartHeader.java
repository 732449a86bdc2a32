package io.basaltdb.storage.part;

import io.basaltdb.storage.encoding.ByteSink;
import io.basaltdb.storage.encoding.ByteSource;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.error.FormatVersion;
import io.basaltdb.storage.io.RandomReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;

/// The first bytes of a part: magic (8), version (4), length of the features' names (4), part id (16), the names (UTF-8, a comma between
/// two), CRC32C of all before (4). Magic and version stay where they are in every later format.
///
/// A feature is something that a reader must know to read the part rightly. A reader refuses a part with a feature that it does not know,
/// by its name.
final class PartHeader {
    private static final int CHECKSUM_BYTES = 4;

    private PartHeader() {}

    static byte[] write(PartId id, String features) {
        byte[] names = features.getBytes(StandardCharsets.UTF_8);
        ByteSink sink = new ByteSink();
        sink.putBytes(PartFormat.MAGIC, 0, PartFormat.MAGIC.length);
        sink.putInt(PartFormat.VERSION);
        sink.putInt(names.length);
        sink.putLong(id.uuid().getMostSignificantBits());
        sink.putLong(id.uuid().getLeastSignificantBits());
        sink.putBytes(names, 0, names.length);
        sink.putInt(checksum(sink.array(), sink.size()));
        return sink.toBytes();
    }

    /// What a header says beside the id.
    record Found(int length, boolean hasKeyIndex) {}

    /// Checks the header.
    static Found check(RandomReader file, PartId expected) {
        int fixed = PartFormat.HEADER_BYTES;
        if (file.sizeBytes() < fixed + CHECKSUM_BYTES + PartFormat.TRAILER_BYTES) {
            throw PartFormat.corrupt(
                    expected,
                    "its file " + file.path() + " has only " + file.sizeBytes() + " bytes");
        }
        byte[] start = new byte[fixed];
        file.read(0, start, 0, fixed);
        ByteSource source = new ByteSource(start);
        if (!Arrays.equals(source.getBytes(PartFormat.MAGIC.length), PartFormat.MAGIC)) {
            throw PartFormat.corrupt(expected, "file " + file.path() + " is not a part");
        }
        int version = source.getInt();
        if (version != PartFormat.VERSION) {
            throw FormatVersion.refused("part " + expected + ":", version, 0, PartFormat.VERSION);
        }
        int nameBytes = source.getInt();
        if (nameBytes < 0
                || nameBytes > PartFormat.MAX_FEATURE_BYTES
                || file.sizeBytes()
                        < (long) fixed + nameBytes + CHECKSUM_BYTES + PartFormat.TRAILER_BYTES) {
            throw PartFormat.corrupt(expected, "its header is damaged");
        }
        byte[] header = new byte[fixed + nameBytes + CHECKSUM_BYTES];
        file.read(0, header, 0, header.length);
        String features = checkWhole(header, nameBytes, expected);
        return new Found(header.length, features.equals(PartFormat.KEY_INDEX));
    }

    private static String checkWhole(byte[] header, int nameBytes, PartId expected) {
        ByteSource source = new ByteSource(header);
        source.skip(PartFormat.HEADER_BYTES - 16);
        PartId found = new PartId(new UUID(source.getLong(), source.getLong()));
        String features = new String(source.getBytes(nameBytes), StandardCharsets.UTF_8);
        int checksum = checksum(header, header.length - CHECKSUM_BYTES);
        int stored = source.getInt();
        if (checksum != stored) {
            throw PartFormat.corrupt(
                    expected,
                    String.format("its header has checksum %08x, expected %08x", checksum, stored));
        }
        if (!found.equals(expected)) {
            throw PartFormat.corrupt(expected, "its file holds part " + found);
        }
        if (!features.isEmpty() && !features.equals(PartFormat.KEY_INDEX)) {
            throw tooNew(expected, "needs " + features + ", which this program does not know");
        }
        return features;
    }

    private static BasaltException tooNew(PartId id, String what) {
        return new BasaltException(
                ErrorCode.FORMAT_TOO_NEW,
                "part " + id + ": " + what + "; open the database with a newer program");
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
