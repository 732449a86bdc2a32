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
        makeRoom(index, count);
        System.arraycopy(source, offset, heap, heapSize, count);
        start[index] = heapSize;
        length[index] = count;
        heapSize += count;
    }

    /// Adds strings that lie one behind the other in the source, in one copy; false, and adds none, where they do not.
    ///
    /// @param index of the first one here
    /// @param from the first one there
    public boolean addAll(
            int index, byte[] source, int[] starts, int[] lengths, int from, int count) {
        if (count == 0) {
            return true;
        }
        int first = starts[from];
        int end = first;
        boolean endToEnd = true;
        for (int i = from; i < from + count; i++) {
            endToEnd &= starts[i] == end;
            end += lengths[i];
        }
        if (!endToEnd) {
            return false;
        }
        makeRoom(index + count - 1, end - first);
        if (end > first) {
            System.arraycopy(source, first, heap, heapSize, end - first);
        }
        int shift = heapSize - first;
        for (int i = 0; i < count; i++) {
            start[index + i] = starts[from + i] + shift;
            length[index + i] = lengths[from + i];
        }
        heapSize += end - first;
        return true;
    }

    private void makeRoom(int index, int count) {
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
    }

    public void clear() {
        heapSize = 0;
    }
}
