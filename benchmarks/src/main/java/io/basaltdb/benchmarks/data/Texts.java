package io.basaltdb.benchmarks.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The text values of one column of a [RowBatch]: one heap of UTF-8 bytes, and where each row's value lies in it.
public final class Texts {
    private byte[] heap;
    private final int[] start;
    private final int[] length;
    private int used;

    Texts(int capacity) {
        heap = new byte[capacity * 16];
        start = new int[capacity];
        length = new int[capacity];
    }

    /// The bytes of all rows; valid until the batch is filled again.
    public byte[] heap() {
        return heap;
    }

    /// Where the value of each row begins in the heap.
    public int[] start() {
        return start;
    }

    /// How many bytes the value of each row has.
    public int[] length() {
        return length;
    }

    /// The value of one row as its own array, for consumers that cannot read the heap.
    public byte[] copyOf(int row) {
        return Arrays.copyOfRange(heap, start[row], start[row] + length[row]);
    }

    /// The value of one row as a string.
    public String text(int row) {
        return new String(heap, start[row], length[row], StandardCharsets.UTF_8);
    }

    void clear() {
        used = 0;
    }

    void put(int row, byte[] source, int from, int count) {
        if (heap.length - used < count) {
            heap = Arrays.copyOf(heap, Math.max(heap.length * 2, used + count));
        }
        System.arraycopy(source, from, heap, used, count);
        start[row] = used;
        length[row] = count;
        used += count;
    }
}
