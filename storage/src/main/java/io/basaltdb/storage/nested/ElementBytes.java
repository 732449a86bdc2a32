package io.basaltdb.storage.nested;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The marks of the form, and the numbers in it.
final class ElementBytes {
    /// Behind the last element.
    static final int END = 0;

    /// In front of most payloads.
    static final int PRESENT = 0x01;

    static final int FALSE = 0x01;
    static final int TRUE = 0x02;

    /// Plus the significant bytes of a number that is not negative.
    static final int ZERO = 0x80;

    /// Minus the significant bytes of a negative number.
    static final int MINUS_ONE = 0x7F;

    static final int NULL = 0xFE;

    /// Behind a byte of a text that is 0.
    static final int ESCAPE = 0xFF;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private ElementBytes() {}

    /// Bytes of the payload behind the tag of a `long`.
    static int significantBytes(int tag) {
        return tag >= ZERO ? tag - ZERO : MINUS_ONE - tag;
    }

    /// Bytes that the number needs beside its sign.
    static int significantBytes(long value) {
        long magnitude = value ^ (value >> 63);
        return (71 - Long.numberOfLeadingZeros(magnitude)) >>> 3;
    }

    static int tag(long value, int significantBytes) {
        return value < 0 ? MINUS_ONE - significantBytes : ZERO + significantBytes;
    }

    /// The number whose tag is at that place.
    static long whole(byte[] heap, int at) {
        int tag = heap[at] & 0xFF;
        int count = significantBytes(tag);
        long value = tag >= ZERO || count == 8 ? 0 : -1L << (8 * count);
        for (int i = 1; i <= count; i++) {
            value |= (heap[at + i] & 0xFFL) << (8 * (count - i));
        }
        return value;
    }

    static void putLong(byte[] heap, int at, long value) {
        LONGS.set(heap, at, value);
    }

    static long getLong(byte[] heap, int at) {
        return (long) LONGS.get(heap, at);
    }

    static void putInt(byte[] heap, int at, int value) {
        INTS.set(heap, at, value);
    }

    static int getInt(byte[] heap, int at) {
        return (int) INTS.get(heap, at);
    }

    /// The bits of a number in the order of numbers, as unsigned.
    static long ordered(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ ((bits >> 63) | Long.MIN_VALUE);
    }

    static double fromOrdered(long ordered) {
        return Double.longBitsToDouble(ordered ^ ((~ordered >> 63) | Long.MIN_VALUE));
    }

    /// As [#ordered(double)], of a number that is a `float`.
    static int orderedReal(double value) {
        int bits = Float.floatToIntBits((float) value + 0.0f);
        return bits ^ ((bits >> 31) | Integer.MIN_VALUE);
    }

    static double fromOrderedReal(int ordered) {
        return Float.intBitsToFloat(ordered ^ ((~ordered >> 31) | Integer.MIN_VALUE));
    }
}
