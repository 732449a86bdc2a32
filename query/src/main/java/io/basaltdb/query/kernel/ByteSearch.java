package io.basaltdb.query.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Search for a run of bytes in another.
public final class ByteSearch {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private ByteSearch() {}

    /// First position in `from` … `end` where the needle lies wholly inside, or -1. Eight positions at a time: a position is looked at only where the needle's
    /// first and last byte both stand at their places.
    public static int indexOf(byte[] heap, int from, int end, byte[] needle) {
        int length = needle.length;
        if (length == 0) {
            return from;
        }
        int last = end - length;
        long first = (needle[0] & 0xFF) * LOW_BITS;
        long final0 = (needle[length - 1] & 0xFF) * LOW_BITS;
        int at = from;
        for (; at + 7 <= last; at += 8) {
            long a = (long) LONG.get(heap, at) ^ first;
            long b = (long) LONG.get(heap, at + length - 1) ^ final0;
            long difference = a | b;
            // The lowest flag is exact; a flag above it may be false, and is checked like all.
            long hits = (difference - LOW_BITS) & ~difference & HIGH_BITS;
            while (hits != 0) {
                int position = at + (Long.numberOfTrailingZeros(hits) >>> 3);
                if (isAt(heap, position, needle)) {
                    return position;
                }
                hits &= hits - 1;
            }
        }
        for (; at <= last; at++) {
            if (heap[at] == needle[0] && isAt(heap, at, needle)) {
                return at;
            }
        }
        return -1;
    }

    /// Whether the needle stands at that position, which lies inside the heap.
    public static boolean isAt(byte[] heap, int at, byte[] needle) {
        return Arrays.equals(heap, at, at + needle.length, needle, 0, needle.length);
    }
}
