package io.basaltdb.storage.segment;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.UUID;
import java.util.zip.CRC32C;

/// Whose bytes they are: names the segment in messages, and seeds the checksums so that bytes which stand in the wrong place are found.
///
/// The checksum of a stretch of bytes is the CRC32C over the part's id (high half, low half), the column's id, what the stretch is
/// (4 bytes: 0 granule, 1 block of the dictionary, 2 index) and its number, all big-endian, and then the bytes.
///
/// @param column what messages call the column
public record SegmentName(UUID part, int columnId, String column) {
    /// What a stretch of bytes is.
    enum Stretch {
        GRANULE(0, "granule"),
        DICTIONARY(1, "dictionary block"),
        INDEX(2, "index");

        /// Goes into every checksum: part of the format.
        private final int code;

        private final String title;

        Stretch(int code, String title) {
            this.code = code;
            this.title = title;
        }
    }

    int checksum(Stretch stretch, int number, byte[] bytes, int offset, int length) {
        byte[] seed = new byte[28];
        putLong(seed, 0, part.getMostSignificantBits());
        putLong(seed, 8, part.getLeastSignificantBits());
        putInt(seed, 16, columnId);
        putInt(seed, 20, stretch.code);
        putInt(seed, 24, number);
        CRC32C crc = new CRC32C();
        crc.update(seed, 0, seed.length);
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static void putInt(byte[] target, int at, int value) {
        for (int i = 0; i < 4; i++) {
            target[at + i] = (byte) (value >>> (24 - 8 * i));
        }
    }

    private static void putLong(byte[] target, int at, long value) {
        putInt(target, at, (int) (value >>> 32));
        putInt(target, at + 4, (int) value);
    }

    BasaltException corrupt(Stretch stretch, int number, long position, String what) {
        return new BasaltException(
                ErrorCode.SEGMENT_CORRUPT,
                "part "
                        + part
                        + " "
                        + column
                        + ", "
                        + stretch.title
                        + (stretch == Stretch.INDEX ? "" : " " + number)
                        + " at byte "
                        + position
                        + ": "
                        + what
                        + "; restore the part from a backup");
    }

    void verify(
            Stretch stretch,
            int number,
            long position,
            int expected,
            byte[] bytes,
            int offset,
            int length) {
        int found = checksum(stretch, number, bytes, offset, length);
        if (found != expected) {
            throw corrupt(
                    stretch,
                    number,
                    position,
                    String.format("checksum %08x, expected %08x", found, expected));
        }
    }
}
