package io.basaltdb.query.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Hashes that are the same in every process and release: `hash()` in SQL gives them, and they may be stored.
public final class Hashing {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long PHI = 0x9e37_79b9_7f4a_7c15L;
    private static final long SECOND = 0xc2b2_ae3d_27d4_eb4fL;

    /// What NULL hashes to.
    public static final long NULL = 0x6e75_6c6c_6e75_6c6cL;

    private Hashing() {}

    /// Spreads the bits of a number over all 64: a bijection.
    public static long mix(long value) {
        long x = value * PHI;
        x ^= x >>> 32;
        x *= SECOND;
        return x ^ x >>> 29;
    }

    /// The hash of several values from that of the earlier ones and the next.
    public static long combine(long hash, long next) {
        return mix(hash ^ Long.rotateLeft(next, 32)) + next;
    }

    /// A double's bits with one pattern for both zeros and one for NaN.
    public static long bits(double value) {
        return Double.doubleToLongBits(value + 0.0);
    }

    public static long bytes(byte[] heap, int start, int length) {
        long hash = length * PHI;
        int at = start;
        int end = start + length;
        for (; at + 8 <= end; at += 8) {
            hash = step(hash, (long) LONG.get(heap, at));
        }
        long tail = 0;
        if (end - at >= 4) {
            tail = (int) INT.get(heap, at) & 0xffff_ffffL;
            at += 4;
            hash = step(hash, tail);
            tail = 0;
        }
        for (; at < end; at++) {
            tail = tail << 8 | (heap[at] & 0xff);
        }
        return mix(step(hash, tail));
    }

    private static long step(long hash, long word) {
        long x = (hash ^ word) * SECOND;
        return (x ^ x >>> 31) * PHI;
    }

    public static void longs(long[] values, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = mix(values[i]);
        }
    }

    public static void bytes(byte[] heap, int[] start, int[] length, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = bytes(heap, start[i], length[i]);
        }
    }
}
