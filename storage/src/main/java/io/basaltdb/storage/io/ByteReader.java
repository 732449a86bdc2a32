package io.basaltdb.storage.io;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what [ByteWriter] wrote. Every read is checked against the end, every count against what is left, so that no damaged length
/// makes it allocate more than the bytes could hold.
public final class ByteReader {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private final ErrorCode code;
    private final Object what;
    private int at;

    /// @param code raised where the bytes make no sense
    /// @param what the thing being read, for messages: asked for its text only where there is one
    public ByteReader(byte[] bytes, int from, int end, ErrorCode code, Object what) {
        assert from >= 0 && from <= end && end <= bytes.length;
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.code = code;
        this.what = what;
    }

    public int position() {
        return at;
    }

    public int remaining() {
        return end - at;
    }

    public int getByte() {
        return bytes[take(1)];
    }

    public boolean getBoolean() {
        int value = getByte();
        if (value != 0 && value != 1) {
            throw damaged("a flag", "0 or 1", value);
        }
        return value == 1;
    }

    public int getInt() {
        return (int) INTS.get(bytes, take(4));
    }

    public long getLong() {
        return (long) LONGS.get(bytes, take(8));
    }

    public double getDouble() {
        return Double.longBitsToDouble(getLong());
    }

    /// A count of things that take at least `bytesEach` bytes each.
    public int getCount(int bytesEach) {
        int count = getInt();
        if (count < 0 || (long) count * bytesEach > remaining()) {
            throw damaged("a count", "at most " + remaining() / Math.max(1, bytesEach), count);
        }
        return count;
    }

    public byte[] getBytes(int length) {
        int from = take(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /// Steps over the next `length` bytes.
    public void skip(int length) {
        take(length);
    }

    public byte[] getBlob() {
        return getBytes(getCount(1));
    }

    public String getString() {
        int length = getCount(1);
        return new String(bytes, take(length), length, StandardCharsets.UTF_8);
    }

    public void getLongs(long[] target, int count) {
        int from = take(Math.multiplyExact(count, 8));
        for (int i = 0; i < count; i++) {
            target[i] = (long) LONGS.get(bytes, from + (i << 3));
        }
    }

    /// Copies the next `length` bytes.
    public void getBytes(byte[] target, int offset, int length) {
        System.arraycopy(bytes, take(length), target, offset, length);
    }

    /// Fails where something is left.
    public void expectEnd() {
        if (at != end) {
            throw damaged("the end", "byte " + end, at);
        }
    }

    public BasaltException damaged(String thing, String expected, long found) {
        return new BasaltException(
                code,
                what
                        + ": "
                        + thing
                        + " at byte "
                        + at
                        + " should be "
                        + expected
                        + ", found "
                        + found);
    }

    private int take(int count) {
        if (count < 0 || count > end - at) {
            throw damaged("a value", "at most " + (end - at) + " bytes long", count);
        }
        int from = at;
        at += count;
        return from;
    }
}
