package io.basaltdb.formats.parquet.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// INT32, and the bits of FLOAT.
final class IntLanes extends Lanes {
    final int[] values = new int[MAX];

    private final CodeReader codes = new CodeReader();
    private final DeltaReader deltas = new DeltaReader();
    private final StreamReader streams = new StreamReader(Integer.BYTES);
    private long[] wide = {};
    private int[] entries = {};
    private boolean hasDictionary;
    private Page page = new Page(new byte[PageBuffers.SLACK], 0, 0, 0, PageEncoding.PLAIN);
    private int at;

    @Override
    void readDictionary(Page dictionary) {
        checkDictionary(dictionary, Integer.BYTES);
        entries = new int[dictionary.valueCount()];
        copy(dictionary.bytes(), dictionary.at(), entries, 0, entries.length);
        hasDictionary = true;
    }

    @Override
    boolean hasDictionary() {
        return hasDictionary;
    }

    @Override
    void clear() {}

    @Override
    void begin(Page next) {
        page = next;
        at = next.at();
        switch (next.encoding()) {
            case PLAIN -> {}
            case DICTIONARY -> {
                requireDictionary();
                codes.begin(next);
            }
            case DELTA_BINARY_PACKED -> {
                deltas.begin(next.bytes(), at, next.end());
                wide = wide.length == 0 ? new long[MAX] : wide;
            }
            case BYTE_STREAM_SPLIT -> streams.begin(next);
            case RLE, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY, OTHER -> throw unread(next);
        }
    }

    @Override
    void read(int lane, int count) {
        switch (page.encoding()) {
            case PLAIN -> {
                page.require(at, (long) count * Integer.BYTES);
                copy(page.bytes(), at, values, lane, count);
                at += count * Integer.BYTES;
            }
            case DICTIONARY -> {
                codes.read(values, lane, count, entries.length);
                look(entries, values, lane, count);
            }
            case DELTA_BINARY_PACKED -> {
                deltas.read(wide, 0, count);
                for (int i = 0; i < count; i++) {
                    values[lane + i] = (int) wide[i];
                }
            }
            case BYTE_STREAM_SPLIT -> streams.ints(values, lane, count);
            case RLE, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY, OTHER -> throw unread(page);
        }
    }

    private static void look(int[] entries, int[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            values[i] = entries[values[i]];
        }
    }

    private static void copy(byte[] bytes, int at, int[] target, int from, int count) {
        ByteBuffer.wrap(bytes, at, count * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(target, from, count);
    }

    @Override
    void spread(int lane, int count, int present, long[] validity) {
        spread(values, lane, count, present, validity);
    }

    /// Lanes that are NULL hold anything after.
    private static void spread(int[] values, int lane, int count, int present, long[] validity) {
        int source = lane + present - 1;
        for (int i = lane + count - 1; source >= lane && source < i; i--) {
            values[i] = values[source];
            source -= bit(validity, i);
        }
    }

    @Override
    void leavePage(int lanes) {}
}
