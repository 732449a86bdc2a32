package io.basaltdb.storage.encoding;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what a [ByteSink] wrote, from a stretch of an array. Any byte may be wrong: every read is checked against the end, and what
/// cannot be right is a [BasaltException] with [ErrorCode#SEGMENT_CORRUPT] that the caller completes with the place. For one thread.
public final class ByteSource {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[0];
    private int position;
    private int end;

    public ByteSource() {}

    public ByteSource(byte[] bytes) {
        reset(bytes, 0, bytes.length);
    }

    public ByteSource(byte[] bytes, int offset, int length) {
        reset(bytes, offset, length);
    }

    /// Reads from these bytes from now on.
    public void reset(byte[] source, int offset, int length) {
        assert offset >= 0 && length >= 0 && length <= source.length - offset;
        bytes = source;
        position = offset;
        end = offset + length;
    }

    /// The array that is read; the next byte stands at [#position].
    public byte[] array() {
        return bytes;
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    /// Steps over `length` bytes and returns where they begin in [#array].
    public int skip(int length) {
        need(length);
        int from = position;
        position += length;
        return from;
    }

    private void need(int length) {
        if (length < 0 || length > end - position) {
            throw malformed(
                    length + " bytes were expected where " + (end - position) + " are left");
        }
    }

    /// Fails unless everything was read.
    public void expectEnd() {
        if (position != end) {
            throw malformed((end - position) + " bytes are left over");
        }
    }

    /// The next byte, unsigned, without a step.
    public int peekByte() {
        need(1);
        return bytes[position] & 0xFF;
    }

    public int getByte() {
        need(1);
        return bytes[position++] & 0xFF;
    }

    public int getShort() {
        need(2);
        int value = (short) SHORTS.get(bytes, position) & 0xFFFF;
        position += 2;
        return value;
    }

    public int getInt() {
        need(4);
        int value = (int) INTS.get(bytes, position);
        position += 4;
        return value;
    }

    public long getLong() {
        need(8);
        long value = (long) LONGS.get(bytes, position);
        position += 8;
        return value;
    }

    public long getVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = getByte();
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw malformed("a number does not end");
    }

    public long getSignedVarint() {
        long value = getVarint();
        return value >>> 1 ^ -(value & 1);
    }

    /// A varint from 0 to `max`.
    public int getCount(int max) {
        long value = getVarint();
        if (value < 0 || value > max) {
            throw malformed("a count of " + value + " where at most " + max + " is possible");
        }
        return (int) value;
    }

    public byte[] getBytes(int length) {
        int from = skip(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    public void getInts(int[] target, int count) {
        int from = skip(Math.multiplyExact(count, 4));
        view(from, count * 4).asIntBuffer().get(target, 0, count);
    }

    public void getLongs(long[] target, int count) {
        int from = skip(Math.multiplyExact(count, 8));
        view(from, count * 8).asLongBuffer().get(target, 0, count);
    }

    public void getDoubles(double[] target, int count) {
        int from = skip(Math.multiplyExact(count, 8));
        view(from, count * 8).asDoubleBuffer().get(target, 0, count);
    }

    private ByteBuffer view(int from, int length) {
        return ByteBuffer.wrap(bytes, from, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    public String getText() {
        return new String(getBytes(getCount(remaining())), StandardCharsets.UTF_8);
    }

    /// An error that says what is wrong with the bytes, for the caller to complete with the place.
    public static BasaltException malformed(String what) {
        return new BasaltException(ErrorCode.SEGMENT_CORRUPT, what);
    }
}
