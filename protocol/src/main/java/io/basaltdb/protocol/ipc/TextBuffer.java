package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.frame.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A column of text in UTF-8, or of bytes.
public final class TextBuffer extends ColumnBuffer {
    private byte[] ends = new byte[64];
    private byte[] heap = new byte[256];
    private int heapBytes;

    TextBuffer(WireType type) {
        super(type);
    }

    public void append(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        append(utf8, 0, utf8.length);
    }

    public void append(byte[] source, int start, int length) {
        putBytes(source, start, length);
        ensureEnds(1);
        LittleEndian.putInt(ends, rowCount() * 4, heapBytes);
        addValid();
    }

    /// Appends the rows of a range; row `r` is `length[r]` bytes of `source` from `start[r]`. What
    /// stands in rows without a value is not looked at.
    public void append(
            byte[] source,
            int[] start,
            int[] length,
            long @Nullable [] validity,
            int @Nullable [] selection,
            int from,
            int to) {
        ensureEnds(to - from);
        int at = rowCount() * 4;
        for (int i = from; i < to; i++, at += 4) {
            int row = selection == null ? i : selection[i];
            if (validity == null || (validity[row >> 6] >>> row & 1) != 0) {
                putBytes(source, start[row], length[row]);
            }
            LittleEndian.putInt(ends, at, heapBytes);
        }
        addRange(validity, selection, from, to);
    }

    @Override
    public void clear() {
        super.clear();
        heapBytes = 0;
    }

    @Override
    public long bodyBytes() {
        return heapBytes + 4L * (rowCount() + 1);
    }

    /// The null was counted before this call, so its row is the last.
    @Override
    void appendPlaceholder() {
        ensureEnds(0);
        LittleEndian.putInt(ends, (rowCount() - 1) * 4, heapBytes);
    }

    @Override
    int[] valueBufferBytes() {
        return new int[] {4 * (rowCount() + 1), heapBytes};
    }

    @Override
    void writeValues(FrameBuffer out) {
        int offsetBytes = 4 * (rowCount() + 1);
        out.putInt(0);
        out.putRaw(ends, 0, offsetBytes - 4);
        out.putZeros(Arrow.padded(offsetBytes) - offsetBytes);
        writePadded(out, heap, heapBytes);
    }

    private void putBytes(byte[] source, int start, int length) {
        long needed = (long) heapBytes + length;
        if (needed > heap.length) {
            long wanted = Math.max(needed, heap.length * 2L);
            heap = Arrays.copyOf(heap, (int) Math.min(Integer.MAX_VALUE - 8, wanted));
        }
        System.arraycopy(source, start, heap, heapBytes, length);
        heapBytes += length;
    }

    private void ensureEnds(int further) {
        int needed = 4 * (rowCount() + further);
        if (needed > ends.length) {
            ends = Arrays.copyOf(ends, Math.max(needed, ends.length * 2));
        }
    }
}
