package io.basaltdb.formats.parquet.page;

import java.util.Arrays;

/// BOOLEAN: bit i of word i / 64.
final class BitLanes extends Lanes {
    final long[] words = new long[MAX / Long.SIZE];

    private final RunReader runs = new RunReader();

    /// The values without NULLs, from bit 0 on.
    private final long[] dense = new long[MAX / Long.SIZE];

    private Page page = new Page(new byte[PageBuffers.SLACK], 0, 0, 0, PageEncoding.PLAIN);

    /// Of the page: values that have been read.
    private int read;

    @Override
    void readDictionary(Page dictionary) {
        throw new UnreadPageException("a dictionary of booleans");
    }

    @Override
    boolean hasDictionary() {
        return false;
    }

    @Override
    void clear() {
        Arrays.fill(words, 0);
    }

    @Override
    void begin(Page next) {
        page = next;
        read = 0;
        switch (next.encoding()) {
            case PLAIN -> {}
            case RLE -> {
                // The number of bytes of the runs stands before them.
                next.require(next.at(), Integer.BYTES);
                int from = next.at() + Integer.BYTES;
                runs.begin(next.bytes(), from, Levels.end(next.bytes(), from, next.end()), 1);
            }
            case DICTIONARY,
                    DELTA_BINARY_PACKED,
                    DELTA_LENGTH_BYTE_ARRAY,
                    DELTA_BYTE_ARRAY,
                    BYTE_STREAM_SPLIT,
                    OTHER ->
                    throw unread(next);
        }
    }

    @Override
    void read(int lane, int count) {
        if (page.encoding() == PageEncoding.RLE) {
            runs.readBits(words, lane, count);
            return;
        }
        page.require(page.at(), ((long) read + count + 7) / Byte.SIZE);
        BitUnpacker.bits(page.bytes(), page.at(), read, words, lane, count);
        read += count;
    }

    @Override
    void spread(int lane, int count, int present, long[] validity) {
        Arrays.fill(dense, 0);
        for (int i = 0; i < present; i++) {
            dense[i >> 6] |= (long) bit(words, lane + i) << i;
            words[(lane + i) >> 6] &= ~(1L << (lane + i));
        }
        int source = 0;
        for (int i = lane; i < lane + count && source < present; i++) {
            int valid = bit(validity, i);
            words[i >> 6] |= (long) (bit(dense, source) & valid) << i;
            source += valid;
        }
    }

    @Override
    void leavePage(int lanes) {}
}
