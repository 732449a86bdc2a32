package io.basaltdb.storage.nested;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BytesVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Nested values of the lanes of a vector, written one after the other: elements, then [#end] says whose they are. Used again from batch to batch.
public final class NestedWriter {
    /// Most bytes of one value.
    public static final int MAX_VALUE_BYTES = 16 << 20;

    private byte[] heap = new byte[1024];
    private int used;
    private int mark;
    private int[] start = new int[0];
    private int[] length = new int[0];

    /// Forgets what was written. Each of `size` lanes that is not written is an empty run, which stands for no value.
    public void begin(int size) {
        used = 0;
        mark = 0;
        if (start.length < size) {
            start = new int[size];
            length = new int[size];
        }
        Arrays.fill(start, 0, size, 0);
        Arrays.fill(length, 0, size, 0);
    }

    public void putNull() {
        room(1);
        heap[used++] = (byte) ElementBytes.NULL;
    }

    /// An element of a type whose form is a `long`.
    public void putLong(long value) {
        room(9);
        int count = ElementBytes.significantBytes(value);
        heap[used++] = (byte) ElementBytes.tag(value, count);
        for (int i = count - 1; i >= 0; i--) {
            heap[used++] = (byte) (value >>> (8 * i));
        }
    }

    public void putDouble(double value) {
        room(9);
        heap[used] = ElementBytes.PRESENT;
        ElementBytes.putLong(heap, used + 1, ElementBytes.ordered(value));
        used += 9;
    }

    public void putReal(double value) {
        room(5);
        heap[used] = ElementBytes.PRESENT;
        ElementBytes.putInt(heap, used + 1, ElementBytes.orderedReal(value));
        used += 5;
    }

    /// An element of a type whose form is a pair of `long`.
    public void putWide(long high, long low) {
        room(17);
        heap[used] = ElementBytes.PRESENT;
        ElementBytes.putLong(heap, used + 1, high ^ Long.MIN_VALUE);
        ElementBytes.putLong(heap, used + 9, low);
        used += 17;
    }

    public void putBoolean(boolean value) {
        room(1);
        heap[used++] = (byte) (value ? ElementBytes.TRUE : ElementBytes.FALSE);
    }

    /// An element that is a run of bytes: TEXT, JSON, VARBINARY.
    public void putBytes(byte[] from, int at, int count) {
        room(2L * count + 2);
        heap[used++] = ElementBytes.PRESENT;
        for (int i = at; i < at + count; i++) {
            heap[used++] = from[i];
            if (from[i] == 0) {
                heap[used++] = (byte) ElementBytes.ESCAPE;
            }
        }
        heap[used++] = 0;
    }

    /// An element that is a nested value itself.
    public void putNested(byte[] from, int at, int count) {
        room(count + 1L);
        heap[used++] = ElementBytes.PRESENT;
        putElements(from, at, count);
    }

    /// Begins an element that is a nested value itself; what is put until [#endNested] is inside of it.
    public void beginNested() {
        room(1);
        heap[used++] = ElementBytes.PRESENT;
    }

    public void endNested() {
        room(1);
        heap[used++] = ElementBytes.END;
    }

    /// Elements as they stand in another value.
    public void putElements(byte[] from, int at, int count) {
        room(count);
        System.arraycopy(from, at, heap, used, count);
        used += count;
    }

    /// Gives everything since the last end to that lane, as a whole value.
    public void end(int lane) {
        room(1);
        heap[used++] = ElementBytes.END;
        endAsIs(lane);
    }

    /// As [#end], of what ends with an end mark already.
    public void endAsIs(int lane) {
        start[lane] = mark;
        length[lane] = used - mark;
        if (length[lane] > MAX_VALUE_BYTES) {
            throw tooLong(length[lane]);
        }
        mark = used;
    }

    /// Forgets everything since the last end.
    public void undo() {
        used = mark;
    }

    /// The values written, lent until the next [#begin].
    public BytesVector vector(Type type, int size, long @Nullable [] validity) {
        return new BytesVector(type, size, heap, start, length, validity);
    }

    private void room(long more) {
        long needed = used + more;
        if (needed <= heap.length) {
            return;
        }
        if (needed - mark > 3L * MAX_VALUE_BYTES) {
            throw tooLong(needed - mark);
        }
        if (needed > Integer.MAX_VALUE - 8) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    "the nested values of one batch need more than 2 GiB; shorten them");
        }
        heap =
                Arrays.copyOf(
                        heap,
                        (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * heap.length)));
    }

    private static BasaltException tooLong(long bytes) {
        return new BasaltException(
                ErrorCode.PROGRAM_LIMIT,
                "a nested value of "
                        + bytes
                        + " bytes is longer than the limit of "
                        + MAX_VALUE_BYTES);
    }
}
