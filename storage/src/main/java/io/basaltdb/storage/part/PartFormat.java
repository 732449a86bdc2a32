package io.basaltdb.storage.part;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.UUID;
import java.util.zip.CRC32C;

/// The constants of the file, see the package.
final class PartFormat {
    static final byte[] MAGIC = {'B', 'A', 'S', 'A', 'L', 'T', 'P', '\n'};
    static final int VERSION = 1;

    /// Header up to the names of the features: magic, version, length of the names, part id.
    static final int HEADER_BYTES = 32;

    /// Most bytes of the features' names.
    static final int MAX_FEATURE_BYTES = 4096;

    /// Footer position (8), footer length (4), footer checksum (4), file length (8), magic (8).
    static final int TRAILER_BYTES = 32;

    /// The hidden segment of birth commits.
    static final int BIRTHS_COLUMN = -1;

    /// The feature of parts of keyed tables: a key index stands behind the sparse index.
    static final String KEY_INDEX = "key-index";

    /// Where the sparse index is checked as if it were a segment's index.
    static final int SPARSE_INDEX_COLUMN = -2;

    private PartFormat() {}

    /// The footer's checksum: seeded with the part's id, so that no other part's footer passes.
    static int checksum(PartId id, byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        UUID uuid = id.uuid();
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (uuid.getMostSignificantBits() >>> shift));
        }
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (uuid.getLeastSignificantBits() >>> shift));
        }
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    static BasaltException corrupt(PartId id, String what) {
        return new BasaltException(
                ErrorCode.PART_CORRUPT, "part " + id + ": " + what + "; restore it from a backup");
    }
}
