package io.basaltdb.storage.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// 64-bit hashes of values, the same on every machine and for ever: sketches in files depend on them.
public final class ValueHash {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FIRST = 0x9E37_79B9_7F4A_7C15L;
    private static final long SECOND = 0xD6E8_FEB8_6659_FD93L;

    private ValueHash() {}

    public static long whole(long value) {
        long h = (value ^ FIRST) * SECOND;
        h ^= h >>> 32;
        h *= SECOND;
        h ^= h >>> 32;
        h *= FIRST;
        return h ^ h >>> 29;
    }

    public static long wide(long high, long low) {
        return whole(low ^ whole(high));
    }

    /// −0.0 hashes like 0.0, and all NaNs alike.
    public static long floating(double value) {
        return whole(Double.doubleToLongBits(value + 0.0));
    }

    public static long bytes(byte[] source, int offset, int length) {
        long h = FIRST ^ length;
        int i = offset;
        int end = offset + length;
        for (; i <= end - 8; i += 8) {
            h = mixed(h, (long) LONGS.get(source, i));
        }
        return whole(mixed(h, rest(source, i, end - i)));
    }

    /// Fewer than eight bytes as a number: read at once where as many stand there, whatever they are.
    private static long rest(byte[] source, int offset, int length) {
        if (offset <= source.length - Long.BYTES) {
            return (long) LONGS.get(source, offset) & ((1L << (8 * length)) - 1);
        }
        long rest = 0;
        for (int i = 0; i < length; i++) {
            rest |= (source[offset + i] & 0xFFL) << (8 * i);
        }
        return rest;
    }

    private static long mixed(long hash, long word) {
        long h = (hash ^ word) * SECOND;
        return h ^ Long.rotateLeft(h, 29) * FIRST ^ h >>> 32;
    }
}
