package io.basaltdb.storage.part;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.BatchIterator;
import org.roaringbitmap.InvalidRoaringFormat;
import org.roaringbitmap.RoaringBitmap;

/// The rows of one part that are gone. Immutable, safe for use by many threads.
///
/// As bytes (all numbers little-endian): magic `BSDV` (4), format version (4), length of the bitmap (4), CRC32C (4) over the first
/// twelve bytes and the bitmap, the bitmap in the portable Roaring format.
public final class DeleteVector {
    private static final int MAGIC = 0x5644_5342;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 16;
    private static final int ROWS_AT_ONCE = 256;

    private static final DeleteVector NONE = new DeleteVector(new RoaringBitmap());

    private final RoaringBitmap rows;
    private final int cardinality;

    private DeleteVector(RoaringBitmap rows) {
        this.rows = rows;
        this.cardinality = rows.getCardinality();
    }

    public static DeleteVector none() {
        return NONE;
    }

    /// The first `count` row numbers, in any order; repetition does not matter.
    public static DeleteVector fromRows(int[] rows, int count) {
        RoaringBitmap bitmap = new RoaringBitmap();
        bitmap.addN(rows, 0, count);
        return frozen(bitmap);
    }

    /// These rows and the first `count` of `more`.
    public DeleteVector with(int[] more, int count) {
        RoaringBitmap bitmap = rows.clone();
        bitmap.addN(more, 0, count);
        return frozen(bitmap);
    }

    /// Gathers rows that are gone, in any order. For one thread. Most transactions let none go: an empty one holds nothing.
    public static final class Builder {
        private @Nullable RoaringBitmap rows;

        private RoaringBitmap begun() {
            RoaringBitmap known = rows;
            if (known == null) {
                known = new RoaringBitmap();
                rows = known;
            }
            return known;
        }

        /// Adds the first `count` row numbers; answers how many of them it did not have yet.
        public int add(int[] more, int count) {
            RoaringBitmap bitmap = begun();
            int before = bitmap.getCardinality();
            bitmap.addN(more, 0, count);
            return bitmap.getCardinality() - before;
        }

        /// Adds a row; false where it was there.
        public boolean add(int row) {
            return begun().checkedAdd(row);
        }

        public boolean isEmpty() {
            return rows == null || rows.isEmpty();
        }

        public boolean contains(int row) {
            return rows != null && rows.contains(row);
        }

        /// Copies the row numbers gathered so far, ascending.
        public int[] toRows() {
            return rows == null ? new int[0] : rows.toArray();
        }

        /// What was gathered so far; more may follow.
        public DeleteVector build() {
            return rows == null ? NONE : frozen(rows.clone());
        }
    }

    public DeleteVector union(DeleteVector other) {
        return frozen(RoaringBitmap.or(rows, other.rows));
    }

    private static DeleteVector frozen(RoaringBitmap bitmap) {
        bitmap.runOptimize();
        bitmap.trim();
        return new DeleteVector(bitmap);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public boolean contains(int row) {
        return rows.contains(row);
    }

    public boolean intersects(DeleteVector other) {
        return RoaringBitmap.intersects(rows, other.rows);
    }

    public int cardinality() {
        return cardinality;
    }

    /// Number of deleted rows from `start` to `start + rowCount - 1`.
    public int cardinality(int start, int rowCount) {
        return (int) rows.rangeCardinality(start, (long) start + rowCount);
    }

    /// Whether some row from `start` to `start + rowCount - 1` is deleted: cheap, asked for every granule.
    public boolean intersects(int start, int rowCount) {
        return rows.intersects(start, (long) start + rowCount);
    }

    /// The first deleted row at or after `start` and before `start + rowCount`, or −1.
    public int firstFrom(int start, int rowCount) {
        long next = rows.nextValue(start);
        return next >= 0 && next < (long) start + rowCount ? (int) next : -1;
    }

    /// Copies the deleted row numbers, ascending.
    public int[] toRows() {
        return rows.toArray();
    }

    /// The rows of a granule that are not deleted, numbered from 0; null where all live.
    ///
    /// @param granuleStart the part's row number of the granule's first row
    /// @param scratch takes the row numbers and is lent to the selection; null or too small: a new array is made
    public @Nullable Selection live(int granuleStart, int granuleRows, int @Nullable [] scratch) {
        int deleted = firstFrom(granuleStart, granuleRows);
        if (deleted < 0) {
            return null;
        }
        int[] live =
                scratch != null && scratch.length >= granuleRows ? scratch : new int[granuleRows];
        long[] dead = new long[Validity.words(granuleRows)];
        mark(granuleStart, granuleRows, deleted, dead);
        int count = 0;
        for (int word = 0; word < dead.length; word++) {
            int from = word << 6;
            count = unmarked(dead[word], from, Math.min(granuleRows, from + 64), live, count);
        }
        return new Selection(live, count);
    }

    /// Sets the bit of each deleted row of the granule, the first of which is known.
    private void mark(int granuleStart, int granuleRows, int deleted, long[] dead) {
        int[] some = new int[ROWS_AT_ONCE];
        BatchIterator iterator = rows.getBatchIterator();
        iterator.advanceIfNeeded(deleted);
        while (iterator.hasNext()) {
            int count = iterator.nextBatch(some);
            for (int i = 0; i < count; i++) {
                int row = some[i] - granuleStart;
                if (row >= granuleRows) {
                    return;
                }
                dead[row >> 6] |= 1L << row;
            }
        }
    }

    /// Adds the rows whose bit is not set to `out`, behind the first `count`; where the deleted ones are scattered, to branch at each would be
    /// most of a scan's work on them.
    private static int unmarked(long word, int from, int to, int[] out, int count) {
        int next = count;
        for (int row = from; row < to; row++) {
            out[next] = row;
            next += (int) (~word >>> row & 1);
        }
        return next;
    }

    /// Bytes of memory that this vector holds, about.
    public long sizeBytes() {
        return rows.getLongSizeInBytes();
    }

    public byte[] serialize() {
        int length = rows.serializedSizeInBytes();
        ByteBuffer bytes =
                ByteBuffer.allocate(HEADER_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(VERSION).putInt(length).putInt(0);
        rows.serialize(bytes);
        byte[] array = bytes.array();
        bytes.putInt(HEADER_BYTES - 4, checksum(array, length));
        return array;
    }

    /// @throws BasaltException PART_CORRUPT where the bytes are not what [#serialize] made
    public static DeleteVector deserialize(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            throw corrupt("only " + bytes.length + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (buffer.getInt() != MAGIC) {
            throw corrupt("it does not begin as one");
        }
        int version = buffer.getInt();
        if (version != VERSION) {
            throw new BasaltException(
                    ErrorCode.FORMAT_TOO_NEW,
                    "delete vector: format version " + version + ", this program reads " + VERSION);
        }
        int length = buffer.getInt();
        if (length != bytes.length - HEADER_BYTES) {
            throw corrupt(
                    bytes.length - HEADER_BYTES + " bytes where " + length + " were expected");
        }
        int expected = buffer.getInt();
        int found = checksum(bytes, length);
        if (found != expected) {
            throw corrupt(String.format("checksum %08x, expected %08x", found, expected));
        }
        RoaringBitmap bitmap = new RoaringBitmap();
        try {
            bitmap.deserialize(buffer);
        } catch (IOException | InvalidRoaringFormat e) {
            throw corrupt("its bitmap cannot be read");
        }
        return new DeleteVector(bitmap);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, HEADER_BYTES - 4);
        crc.update(bytes, HEADER_BYTES, length);
        return (int) crc.getValue();
    }

    private static BasaltException corrupt(String what) {
        return new BasaltException(ErrorCode.PART_CORRUPT, "delete vector is damaged: " + what);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeleteVector that && rows.equals(that.rows);
    }

    @Override
    public int hashCode() {
        return rows.hashCode();
    }

    @Override
    public String toString() {
        return cardinality() + " deleted rows";
    }
}
