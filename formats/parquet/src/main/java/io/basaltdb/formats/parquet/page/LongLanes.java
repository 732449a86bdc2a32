package io.basaltdb.formats.parquet.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// INT64, and the bits of DOUBLE.
final class LongLanes extends Lanes {
    final long[] values = new long[MAX];

    private final CodeReader codes = new CodeReader();
    private final DeltaReader deltas = new DeltaReader();
    private final StreamReader streams = new StreamReader(Long.BYTES);
    private int[] picked = {};
    private long[] entries = {};
    private boolean hasDictionary;
    private Page page = new Page(new byte[PageBuffers.SLACK], 0, 0, 0, PageEncoding.PLAIN);
    private int at;

    @Override
    void readDictionary(Page dictionary) {
        checkDictionary(dictionary, Long.BYTES);
        entries = new long[dictionary.valueCount()];
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
                picked = picked.length == 0 ? new int[MAX] : picked;
            }
            case DELTA_BINARY_PACKED -> deltas.begin(next.bytes(), at, next.end());
            case BYTE_STREAM_SPLIT -> streams.begin(next);
            case RLE, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY, OTHER -> throw unread(next);
        }
    }

    @Override
    void read(int lane, int count) {
        switch (page.encoding()) {
            case PLAIN -> {
                page.require(at, (long) count * Long.BYTES);
                copy(page.bytes(), at, values, lane, count);
                at += count * Long.BYTES;
            }
            case DICTIONARY -> {
                codes.read(picked, 0, count, entries.length);
                look(entries, picked, values, lane, count);
            }
            case DELTA_BINARY_PACKED -> deltas.read(values, lane, count);
            case BYTE_STREAM_SPLIT -> streams.longs(values, lane, count);
            case RLE, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY, OTHER -> throw unread(page);
        }
    }

    private static void look(long[] entries, int[] codes, long[] values, int from, int count) {
        for (int i = 0; i < count; i++) {
            values[from + i] = entries[codes[i]];
        }
    }

    private static void copy(byte[] bytes, int at, long[] target, int from, int count) {
        ByteBuffer.wrap(bytes, at, count * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .get(target, from, count);
    }

    @Override
    void spread(int lane, int count, int present, long[] validity) {
        spread(values, lane, count, present, validity);
    }

    /// Lanes that are NULL hold anything after.
    private static void spread(long[] values, int lane, int count, int present, long[] validity) {
        int source = lane + present - 1;
        for (int i = lane + count - 1; source >= lane && source < i; i--) {
            values[i] = values[source];
            source -= bit(validity, i);
        }
    }

    @Override
    void leavePage(int lanes) {}
}
