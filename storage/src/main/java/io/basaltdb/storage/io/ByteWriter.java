package io.basaltdb.storage.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow at their end; numbers are little-endian. Reusable; for one thread.
public final class ByteWriter {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int size;

    public ByteWriter(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    /// The bytes, valid up to [#size()] and until the next call that adds some.
    public byte[] array() {
        return bytes;
    }

    public int size() {
        return size;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /// Goes back to an earlier size.
    public void truncate(int earlierSize) {
        assert earlierSize <= size;
        size = earlierSize;
    }

    /// Adds that many bytes, of any content, and returns where they begin.
    public int skip(int count) {
        ensure(count);
        int at = size;
        size += count;
        return at;
    }

    public void putByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    public void putBoolean(boolean value) {
        putByte(value ? 1 : 0);
    }

    public void putInt(int value) {
        setInt(skip(4), value);
    }

    public void putLong(long value) {
        setLong(skip(8), value);
    }

    public void putDouble(double value) {
        putLong(Double.doubleToRawLongBits(value));
    }

    public void setInt(int at, int value) {
        INTS.set(bytes, at, value);
    }

    public void setLong(int at, long value) {
        LONGS.set(bytes, at, value);
    }

    public void putBytes(byte[] source, int offset, int length) {
        int at = skip(length);
        System.arraycopy(source, offset, bytes, at, length);
    }

    /// The first `count` numbers, eight bytes each.
    public void putLongs(long[] values, int count) {
        int at = skip(Math.multiplyExact(count, 8));
        for (int i = 0; i < count; i++) {
            LONGS.set(bytes, at + (i << 3), values[i]);
        }
    }

    /// A length and that many bytes.
    public void putBlob(byte[] blob) {
        putInt(blob.length);
        putBytes(blob, 0, blob.length);
    }

    /// UTF-8 with its length before it.
    public void putString(String text) {
        putBlob(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Zero bytes up to the next multiple of eight.
    public void padToEight() {
        int padding = -size & 7;
        int at = skip(padding);
        Arrays.fill(bytes, at, at + padding, (byte) 0);
    }

    private void ensure(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - 16);
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
        }
    }
}
