package io.basaltdb.formats.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks for single bytes, eight at a time.
final class ByteScan {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;

    private ByteScan() {}

    /// The byte in all eight places, as the other methods want it.
    static long pattern(byte value) {
        return (value & 0xFF) * ONES;
    }

    /// The high bit of each byte that is zero.
    private static long zeros(long bytes) {
        return ~(((bytes & LOW_BITS) + LOW_BITS) | bytes | LOW_BITS);
    }

    /// The first place from `from` on, before `to`, of one of two bytes; `to` where there is none.
    static int first(byte[] text, int from, int to, long a, long b) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long bytes = (long) LONG.get(text, i);
            long found = zeros(bytes ^ a) | zeros(bytes ^ b);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < to && text[i] != (byte) a && text[i] != (byte) b) {
            i++;
        }
        return i;
    }

    /// The same for one of three.
    static int first(byte[] text, int from, int to, long a, long b, long c) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long bytes = (long) LONG.get(text, i);
            long found = zeros(bytes ^ a) | zeros(bytes ^ b) | zeros(bytes ^ c);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < to && text[i] != (byte) a && text[i] != (byte) b && text[i] != (byte) c) {
            i++;
        }
        return i;
    }

    /// How often the byte stands there.
    static long count(byte[] text, int from, int to, long pattern) {
        long count = 0;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            count += Long.bitCount(zeros((long) LONG.get(text, i) ^ pattern));
        }
        for (; i < to; i++) {
            count += text[i] == (byte) pattern ? 1 : 0;
        }
        return count;
    }

    /// Whether all bytes are ASCII.
    static boolean isAscii(byte[] text, int from, int to) {
        long high = 0;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            high |= (long) LONG.get(text, i);
        }
        for (; i < to; i++) {
            high |= text[i] < 0 ? ~LOW_BITS : 0;
        }
        return (high & ~LOW_BITS) == 0;
    }
}
