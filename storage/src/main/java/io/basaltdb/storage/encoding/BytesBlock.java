package io.basaltdb.storage.encoding;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.vector.Batch;
import java.util.Arrays;

/// Strings of a granule: a heap of bytes and where each string lies in it. The arrays are used again, and others take their place when
/// they are too small. For one thread.
public final class BytesBlock {
    public byte[] heap = new byte[1 << 12];
    public int heapSize;
    public final int[] start = new int[Batch.MAX_ROWS];
    public final int[] length = new int[Batch.MAX_ROWS];

    /// Makes room for a heap of that size; what it holds may be lost.
    void ensureHeap(int size) {
        if (heap.length < size) {
            heap = new byte[Math.max(size, (int) Math.min(1 << 30, heap.length * 2L))];
        }
    }

    /// Adds a string behind the others.
    public void add(int index, byte[] source, int offset, int count) {
        if (count > heap.length - heapSize) {
            if (count > ByteHeap.MAX_BYTES - heapSize) {
                throw new BasaltException(
                        ErrorCode.PROGRAM_LIMIT,
                        "the strings of "
                                + (index + 1)
                                + " rows take more than "
                                + ByteHeap.MAX_BYTES
                                + " bytes; write fewer rows at a time");
            }
            int larger = (int) Math.min(ByteHeap.MAX_BYTES, heap.length * 2L);
            heap = Arrays.copyOf(heap, Math.max(heapSize + count, larger));
        }
        System.arraycopy(source, offset, heap, heapSize, count);
        start[index] = heapSize;
        length[index] = count;
        heapSize += count;
    }

    public void clear() {
        heapSize = 0;
    }
}
