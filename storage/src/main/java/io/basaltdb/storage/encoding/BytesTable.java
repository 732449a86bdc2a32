package io.basaltdb.storage.encoding;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Gives distinct strings the codes 0, 1, 2 … in the order of their first appearance. For one thread.
public final class BytesTable {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MIN_SLOTS = 1 << 8;
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

    /// Code + 1 of the string in that slot, 0 where it is free; beside it the upper half of the string's hash.
    private int[] slots = new int[2 * MIN_SLOTS];

    private byte[] heap = new byte[1 << 12];
    private int heapSize;
    private int[] ends = new int[MIN_SLOTS];
    private long[] hashes = new long[MIN_SLOTS];
    private int size;

    /// Forgets all strings, for others.
    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
        heapSize = 0;
    }

    /// Number of distinct strings.
    public int size() {
        return size;
    }

    /// Bytes of all distinct strings, end to end in the order of their codes.
    public byte[] heap() {
        return heap;
    }

    public int heapSize() {
        return heapSize;
    }

    public int start(int code) {
        return code == 0 ? 0 : ends[code - 1];
    }

    public int length(int code) {
        return ends[code] - start(code);
    }

    public long hash(int code) {
        return hashes[code];
    }

    /// The string's code, new or old.
    public int add(byte[] source, int offset, int length) {
        long hash = ValueHash.bytes(source, offset, length);
        int tag = (int) (hash >>> 32);
        int mask = (slots.length >> 1) - 1;
        int slot = (int) hash & mask;
        while (true) {
            int code = slots[2 * slot] - 1;
            if (code < 0) {
                return insert(slot, hash, source, offset, length);
            }
            if (slots[2 * slot + 1] == tag && equal(code, source, offset, length)) {
                return code;
            }
            slot = slot + 1 & mask;
        }
    }

    private boolean equal(int code, byte[] source, int offset, int length) {
        int from = start(code);
        return ends[code] - from == length && equal(heap, from, source, offset, length);
    }

    /// Whether so many bytes are the same here and there. Short ones are compared as one number where as many stand there, which takes a fraction of a call.
    public static boolean equal(byte[] left, int leftFrom, byte[] right, int from, int length) {
        if (length > Long.BYTES
                || leftFrom > left.length - Long.BYTES
                || from > right.length - Long.BYTES) {
            return Arrays.equals(left, leftFrom, leftFrom + length, right, from, from + length);
        }
        long difference = (long) LONGS.get(left, leftFrom) ^ (long) LONGS.get(right, from);
        return length == 0 || (difference << ((Long.BYTES - length) * 8)) == 0;
    }

    private int insert(int slot, long hash, byte[] source, int offset, int length) {
        int code = size++;
        if (code == ends.length) {
            ends = Arrays.copyOf(ends, code * 2);
            hashes = Arrays.copyOf(hashes, code * 2);
        }
        if (length > heap.length - heapSize) {
            if (length > MAX_BYTES - heapSize) {
                throw new BasaltException(
                        ErrorCode.PROGRAM_LIMIT,
                        "the strings of a column take more than "
                                + MAX_BYTES
                                + " bytes before they can be written; write fewer rows at a time");
            }
            int larger = (int) Math.min(MAX_BYTES, heap.length * 2L);
            heap = Arrays.copyOf(heap, Math.max(heapSize + length, larger));
        }
        System.arraycopy(source, offset, heap, heapSize, length);
        heapSize += length;
        ends[code] = heapSize;
        hashes[code] = hash;
        slots[2 * slot] = code + 1;
        slots[2 * slot + 1] = (int) (hash >>> 32);
        if (size * 8 > slots.length * 3) {
            grow();
        }
        return code;
    }

    private void grow() {
        int[] larger = new int[slots.length * 2];
        int mask = (larger.length >> 1) - 1;
        for (int code = 0; code < size; code++) {
            int slot = (int) hashes[code] & mask;
            while (larger[2 * slot] != 0) {
                slot = slot + 1 & mask;
            }
            larger[2 * slot] = code + 1;
            larger[2 * slot + 1] = (int) (hashes[code] >>> 32);
        }
        slots = larger;
    }

    /// The codes in the order of their strings, by unsigned bytes.
    public int[] sortedCodes() {
        return BytesOrder.sorted(this);
    }

    /// Bytes of memory held, about.
    public long sizeBytes() {
        return heap.length + 4L * slots.length + 12L * ends.length;
    }
}
