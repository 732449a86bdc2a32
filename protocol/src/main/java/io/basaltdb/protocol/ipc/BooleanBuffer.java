package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.FrameBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A column of truth values, one bit each.
public final class BooleanBuffer extends ColumnBuffer {
    private byte[] bits = new byte[16];

    BooleanBuffer() {
        super(WireType.BOOLEAN);
    }

    public void append(boolean value) {
        int row = rowCount();
        ensure(1);
        bits[row >> 3] |= (byte) ((value ? 1 : 0) << (row & 7));
        addValid();
    }

    /// Appends the rows of a range; bit `r` of `words` is the value of row `r`.
    public void append(
            long[] words,
            long @Nullable [] validity,
            int @Nullable [] selection,
            int from,
            int to) {
        ensure(to - from);
        if (selection == null) {
            copyBits(words, from, to - from, bits, rowCount());
        } else {
            gatherBits(words, selection, from, to - from, bits, rowCount());
        }
        addRange(validity, selection, from, to);
    }

    @Override
    public void clear() {
        Arrays.fill(bits, 0, (rowCount() + 7) >> 3, (byte) 0);
        super.clear();
    }

    @Override
    public long bodyBytes() {
        return (rowCount() + 7L) >> 3;
    }

    /// The null was counted before this call, so its row is the last.
    @Override
    void appendPlaceholder() {
        ensure(0);
    }

    @Override
    int[] valueBufferBytes() {
        return new int[] {(rowCount() + 7) >> 3};
    }

    @Override
    void writeValues(FrameBuffer out) {
        writePadded(out, bits, (rowCount() + 7) >> 3);
    }

    private void ensure(int further) {
        int needed = (rowCount() + further + 7) >> 3;
        if (needed > bits.length) {
            bits = Arrays.copyOf(bits, Math.max(needed, bits.length * 2));
        }
    }
}
