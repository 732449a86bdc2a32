package io.basaltdb.storage.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing array of bytes that numbers are written to, all of them little-endian. For one thread.
public final class ByteSink {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int size;

    public ByteSink() {
        this(256);
    }

    public ByteSink(int capacityBytes) {
        bytes = new byte[capacityBytes];
    }

    public int size() {
        return size;
    }

    /// The array itself; its first [#size] bytes were written. Another one after the next write.
    public byte[] array() {
        return bytes;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /// Forgets what was written from `newSize` on.
    public void truncate(int newSize) {
        assert newSize >= 0 && newSize <= size;
        size = newSize;
    }

    public void clear() {
        size = 0;
    }

    /// Makes room for `more` bytes behind what was written.
    public void reserve(int more) {
        if (more > bytes.length - size) {
            int needed = Math.addExact(size, more);
            bytes = Arrays.copyOf(bytes, Math.max(needed, grown(bytes.length)));
        }
    }

    private static int grown(int length) {
        return (int) Math.min(Integer.MAX_VALUE - 64, length + (long) (length >> 1) + 64);
    }

    /// Counts `count` bytes that the caller wrote into [#array] behind [#size], after [#reserve].
    public void advance(int count) {
        assert count >= 0 && count <= bytes.length - size;
        size += count;
    }

    public void putByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    public void putShort(int value) {
        reserve(2);
        SHORTS.set(bytes, size, (short) value);
        size += 2;
    }

    public void putInt(int value) {
        reserve(4);
        INTS.set(bytes, size, value);
        size += 4;
    }

    public void putLong(long value) {
        reserve(8);
        LONGS.set(bytes, size, value);
        size += 8;
    }

    /// Writes over an int written before.
    public void setInt(int position, int value) {
        assert position >= 0 && position <= size - 4;
        INTS.set(bytes, position, value);
    }

    /// Seven bits per byte, lowest first; numbers below zero take ten bytes.
    public void putVarint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /// Like [#putVarint], short also for small numbers below zero.
    public void putSignedVarint(long value) {
        putVarint(value << 1 ^ value >> 63);
    }

    public void putBytes(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    public void putInts(int[] values, int count) {
        int length = Math.multiplyExact(count, 4);
        reserve(length);
        view(length).asIntBuffer().put(values, 0, count);
        size += length;
    }

    public void putLongs(long[] values, int count) {
        int length = Math.multiplyExact(count, 8);
        reserve(length);
        view(length).asLongBuffer().put(values, 0, count);
        size += length;
    }

    public void putDoubles(double[] values, int count) {
        int length = Math.multiplyExact(count, 8);
        reserve(length);
        view(length).asDoubleBuffer().put(values, 0, count);
        size += length;
    }

    private ByteBuffer view(int length) {
        return ByteBuffer.wrap(bytes, size, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Length as a varint, then UTF-8.
    public void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putVarint(utf8.length);
        putBytes(utf8, 0, utf8.length);
    }
}
