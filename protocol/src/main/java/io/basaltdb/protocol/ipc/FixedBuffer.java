package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.FrameBuffer;
import java.util.Arrays;

/// A column whose values all take the same number of bytes.
abstract class FixedBuffer extends ColumnBuffer {
    private final int valueBytes;
    private byte[] values;
    private int size;

    FixedBuffer(WireType type) {
        super(type);
        valueBytes = type.kind().valueBytes();
        values = new byte[valueBytes * 16];
    }

    /// Makes room for `count` further values and returns where the first one goes.
    final int reserve(int count) {
        int start = size;
        long needed = (long) size + (long) count * valueBytes;
        if (needed > values.length) {
            long wanted = Math.min(Integer.MAX_VALUE - 8, Math.max(needed, values.length * 2L));
            values = Arrays.copyOf(values, (int) wanted);
        }
        size = (int) needed;
        return start;
    }

    final byte[] values() {
        return values;
    }

    @Override
    public void clear() {
        super.clear();
        size = 0;
    }

    @Override
    public long bodyBytes() {
        return size;
    }

    @Override
    void appendPlaceholder() {
        int start = reserve(1);
        Arrays.fill(values, start, start + valueBytes, (byte) 0);
    }

    @Override
    int[] valueBufferBytes() {
        return new int[] {size};
    }

    @Override
    void writeValues(FrameBuffer out) {
        writePadded(out, values, size);
    }
}
