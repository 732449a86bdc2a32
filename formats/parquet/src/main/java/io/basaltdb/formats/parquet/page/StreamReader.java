package io.basaltdb.formats.parquet.page;

/// Values whose first bytes stand side by side, then their second ones
/// ([BYTE_STREAM_SPLIT](https://parquet.apache.org/docs/file-format/data-pages/encodings/#BYTESTREAMSPLIT)). For one thread.
final class StreamReader {
    private final int width;
    private byte[] bytes = {};
    private int at;

    /// Values of the page, so the length of each stream.
    private int size;

    private int read;

    /// @param width bytes of a value
    StreamReader(int width) {
        this.width = width;
    }

    void begin(Page page) {
        bytes = page.bytes();
        at = page.at();
        size = (page.end() - at) / width;
        read = 0;
    }

    private int take(int count) {
        if (count > size - read) {
            throw new DamagedPageException("a page ends before its values do");
        }
        int first = at + read;
        read += count;
        return first;
    }

    void ints(int[] target, int from, int count) {
        int first = take(count);
        for (int i = 0; i < count; i++) {
            int place = first + i;
            target[from + i] =
                    (bytes[place] & 0xFF)
                            | (bytes[place + size] & 0xFF) << 8
                            | (bytes[place + 2 * size] & 0xFF) << 16
                            | bytes[place + 3 * size] << 24;
        }
    }

    void longs(long[] target, int from, int count) {
        int first = take(count);
        for (int i = 0; i < count; i++) {
            long value = 0;
            for (int b = 0; b < Long.BYTES; b++) {
                value |= (bytes[first + i + b * size] & 0xFFL) << (Byte.SIZE * b);
            }
            target[from + i] = value;
        }
    }

    /// The values' bytes end to end.
    void bytes(byte[] target, int from, int count) {
        int first = take(count);
        for (int b = 0; b < width; b++) {
            for (int i = 0; i < count; i++) {
                target[from + i * width + b] = bytes[first + i + b * size];
            }
        }
    }
}
