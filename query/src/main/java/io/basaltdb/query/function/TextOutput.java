package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where text functions write their results, one row after the other: bytes are appended, then [#end] says whose they are. Used again from batch to batch.
public final class TextOutput {
    /// Most bytes of one value.
    public static final int MAX_VALUE_BYTES = 16 << 20;

    private byte[] heap = new byte[4096];
    private int used;
    private int mark;
    private int[] start = new int[0];
    private int[] length = new int[0];

    /// Forgets what was written; every one of `size` rows is empty.
    public void begin(int size) {
        used = 0;
        mark = 0;
        start = Scratch.ints(start, size);
        length = Scratch.ints(length, size);
        Arrays.fill(start, 0, size, 0);
        Arrays.fill(length, 0, size, 0);
    }

    public void append(int oneByte) {
        if (used == heap.length) {
            grow(1);
        }
        heap[used++] = (byte) oneByte;
    }

    public void append(byte[] from, int at, int count) {
        if (heap.length - used < count) {
            grow(count);
        }
        System.arraycopy(from, at, heap, used, count);
        used += count;
    }

    public void append(byte[] from) {
        append(from, 0, from.length);
    }

    public void append(String text) {
        append(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Appends the character as UTF-8.
    public void appendCodePoint(int codePoint) {
        if (codePoint < 0x80) {
            append(codePoint);
        } else if (codePoint < 0x800) {
            append(0xC0 | codePoint >> 6);
            append(0x80 | (codePoint & 0x3F));
        } else if (codePoint < 0x10000) {
            append(0xE0 | codePoint >> 12);
            append(0x80 | (codePoint >> 6 & 0x3F));
            append(0x80 | (codePoint & 0x3F));
        } else {
            append(0xF0 | codePoint >> 18);
            append(0x80 | (codePoint >> 12 & 0x3F));
            append(0x80 | (codePoint >> 6 & 0x3F));
            append(0x80 | (codePoint & 0x3F));
        }
    }

    private void grow(int count) {
        long needed = (long) used + count;
        if (needed - mark > MAX_VALUE_BYTES) {
            throw tooLong(needed - mark);
        }
        if (needed > Integer.MAX_VALUE - 8) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    "the texts of one batch need more than 2 GiB; shorten them");
        }
        heap =
                Arrays.copyOf(
                        heap,
                        (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * heap.length)));
    }

    private static BasaltException tooLong(long bytes) {
        return new BasaltException(
                ErrorCode.PROGRAM_LIMIT,
                "a text of " + bytes + " bytes is longer than the limit of " + MAX_VALUE_BYTES);
    }

    /// Refuses, before it is written, a value of so many bytes that is too long.
    public static void checkLength(long bytes) {
        if (bytes > MAX_VALUE_BYTES) {
            throw tooLong(bytes);
        }
    }

    /// Gives everything since the last end to that row.
    public void end(int row) {
        if (used - mark > MAX_VALUE_BYTES) {
            throw tooLong(used - mark);
        }
        start[row] = mark;
        length[row] = used - mark;
        mark = used;
    }

    /// Forgets everything since the last end.
    public void undo() {
        used = mark;
    }

    /// Bytes since the last end.
    public int pending() {
        return used - mark;
    }

    /// The rows written, lent until the next [#begin].
    public BytesVector vector(int size, long @Nullable [] validity) {
        return vector(Type.TEXT, size, validity);
    }

    /// As [#vector(int, long[])], of a type whose values are bytes.
    public BytesVector vector(Type type, int size, long @Nullable [] validity) {
        return new BytesVector(type, size, heap, start, length, validity);
    }

    /// Whether the pending bytes are these.
    boolean isPending(byte[] other) {
        return Arrays.equals(heap, mark, used, other, 0, other.length);
    }

    /// A copy of the pending bytes.
    byte[] pendingBytes() {
        return Arrays.copyOfRange(heap, mark, used);
    }

    /// The pending bytes as a string of their own.
    public String pendingText() {
        return new String(heap, mark, used - mark, StandardCharsets.UTF_8);
    }
}
