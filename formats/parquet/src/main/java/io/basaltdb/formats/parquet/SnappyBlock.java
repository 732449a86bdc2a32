package io.basaltdb.formats.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Packs bytes in Snappy's block format: literals, and copies of what stood before in the same 64 KiB. For one thread.
final class SnappyBlock {
    private static final int BLOCK = 1 << 16;
    private static final int TABLE_BITS = 14;
    private static final int MIN_COPY = 4;
    private static final int MAX_COPY = 64;

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final int[] table = new int[1 << TABLE_BITS];

    void pack(byte[] from, int size, ByteBuilder out) {
        out.putVarint(size);
        for (int start = 0; start < size; start += BLOCK) {
            packBlock(from, start, Math.min(size, start + BLOCK), out);
        }
    }

    private void packBlock(byte[] from, int start, int end, ByteBuilder out) {
        Arrays.fill(table, -1);
        int literal = start;
        int at = start;
        int misses = 0;
        while (at + MIN_COPY <= end) {
            int word = (int) INTS.get(from, at);
            int slot = (word * 0x1E35A7BD) >>> (32 - TABLE_BITS);
            int before = table[slot];
            table[slot] = at;
            if (before < 0 || (int) INTS.get(from, before) != word) {
                at += 1 + (misses++ >> 5);
                continue;
            }
            literal(from, literal, at, out);
            int behind = at + MIN_COPY;
            while (behind < end && from[behind] == from[before + behind - at]) {
                behind++;
            }
            copy(at - before, behind - at, out);
            at = behind;
            literal = behind;
            misses = 0;
        }
        literal(from, literal, end, out);
    }

    private static void literal(byte[] from, int start, int end, ByteBuilder out) {
        int count = end - start;
        if (count == 0) {
            return;
        }
        int tag = count - 1;
        if (tag < 60) {
            out.put(tag << 2);
        } else if (tag < 1 << 8) {
            out.put(60 << 2);
            out.put(tag);
        } else {
            out.put(61 << 2);
            out.putLow(tag, Short.BYTES);
        }
        out.put(from, start, count);
    }

    private static void copy(int offset, int length, ByteBuilder out) {
        int rest = length;
        while (rest > 0) {
            int count = Math.min(rest, MAX_COPY);
            out.put((count - 1) << 2 | 2);
            out.putLow(offset, Short.BYTES);
            rest -= count;
        }
    }
}
