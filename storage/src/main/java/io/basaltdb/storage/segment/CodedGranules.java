package io.basaltdb.storage.segment;

import io.basaltdb.storage.encoding.BytesTable;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Validity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The granules of a string column while it is open whether it gets a part-wide dictionary: codes in the order in which strings appeared, one,
/// two or four bytes each.
final class CodedGranules {
    /// Most entries of a dictionary.
    static final int MAX_ENTRIES = 1 << 24;

    /// Most bytes of a dictionary's strings.
    static final int MAX_DICTIONARY_BYTES = 256 << 20;

    /// Most bytes of codes kept.
    private static final long MAX_CODE_BYTES = 512L << 20;

    private final BytesTable table = new BytesTable();
    private final List<Granule> granules = new ArrayList<>();
    private long codeBytes;
    private long rows;
    private long valueBytes;

    /// One granule: exactly one of the arrays of codes has any.
    private record Granule(
            int count, int nullCount, long[] validity, byte[] bytes, short[] shorts, int[] ints) {}

    BytesTable table() {
        return table;
    }

    int size() {
        return granules.size();
    }

    /// Number of values that are not NULL.
    long rows() {
        return rows;
    }

    /// Bytes of all values.
    long valueBytes() {
        return valueBytes;
    }

    /// Bytes of memory held, about.
    long heldBytes() {
        return table.sizeBytes() + codeBytes;
    }

    /// Whether some limit is reached.
    boolean isFull() {
        return table.size() > MAX_ENTRIES - buffered()
                || table.heapSize() > MAX_DICTIONARY_BYTES
                || codeBytes > MAX_CODE_BYTES;
    }

    private static int buffered() {
        return Batch.MAX_ROWS;
    }

    void add(GranuleBuffer buffer) {
        int count = buffer.count;
        long[] validity =
                buffer.nullCount == 0
                        ? new long[0]
                        : Arrays.copyOf(buffer.validity, Validity.words(count));
        byte[] bytes = {};
        short[] shorts = {};
        int[] ints = {};
        if (table.size() <= 1 << 8) {
            bytes = new byte[count];
            for (int i = 0; i < count; i++) {
                bytes[i] = (byte) buffer.codes[i];
            }
        } else if (table.size() <= 1 << 16) {
            shorts = new short[count];
            for (int i = 0; i < count; i++) {
                shorts[i] = (short) buffer.codes[i];
            }
        } else {
            ints = Arrays.copyOf(buffer.codes, count);
        }
        codeBytes += bytes.length + 2L * shorts.length + 4L * ints.length;
        rows += count - buffer.nullCount;
        valueBytes += buffer.stringBytes;
        granules.add(new Granule(count, buffer.nullCount, validity, bytes, shorts, ints));
    }

    /// Writes the granule's codes and NULLs into the buffer.
    void restore(int index, GranuleBuffer buffer) {
        Granule granule = granules.get(index);
        buffer.clear();
        buffer.count = granule.count;
        buffer.nullCount = granule.nullCount;
        if (granule.nullCount == 0) {
            Validity.fill(buffer.validity, granule.count);
        } else {
            System.arraycopy(granule.validity, 0, buffer.validity, 0, granule.validity.length);
        }
        int[] codes = buffer.codes;
        for (int i = 0; i < granule.bytes.length; i++) {
            codes[i] = granule.bytes[i] & 0xFF;
        }
        for (int i = 0; i < granule.shorts.length; i++) {
            codes[i] = granule.shorts[i] & 0xFFFF;
        }
        System.arraycopy(granule.ints, 0, codes, 0, granule.ints.length);
    }
}
