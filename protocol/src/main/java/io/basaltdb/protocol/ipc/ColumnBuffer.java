package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.FrameBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One column of a record batch that is being filled: grows as values are appended, is written as
/// Arrow buffers, and begins again after [#clear] with the arrays it has.
///
/// Values come one by one or as ranges of arrays. A range is `[from, to)` of row numbers; with a
/// selection it is a range of the selection, whose entries are the row numbers. Validity comes as
/// words with one bit per row number, set where there is a value, or null where all have one.
///
/// Used by one thread.
public abstract class ColumnBuffer {
    private final WireType type;
    private byte[] validity = new byte[16];
    private int rowCount;
    private int nullCount;

    ColumnBuffer(WireType type) {
        this.type = type;
    }

    /// An empty buffer for values of `type`.
    public static ColumnBuffer of(WireType type) {
        switch (type.kind()) {
            case NULL:
                return new NullBuffer();
            case BOOLEAN:
                return new BooleanBuffer();
            case INT8:
            case INT16:
            case INT32:
            case INT64:
            case DATE32:
            case TIMESTAMP:
                return new LongBuffer(type);
            case FLOAT32:
            case FLOAT64:
                return new DoubleBuffer(type);
            case DECIMAL128:
                return new DecimalBuffer(type);
            case UTF8:
            case BINARY:
                return new TextBuffer(type);
        }
        throw new AssertionError(type);
    }

    public WireType type() {
        return type;
    }

    /// How many rows were appended, nulls included.
    public int rowCount() {
        return rowCount;
    }

    public int nullCount() {
        return nullCount;
    }

    /// Appends a null.
    public final void appendNull() {
        ensureValidity(1);
        rowCount++;
        nullCount++;
        appendPlaceholder();
    }

    /// Forgets all rows.
    public void clear() {
        Arrays.fill(validity, 0, (rowCount + 7) >> 3, (byte) 0);
        rowCount = 0;
        nullCount = 0;
    }

    /// About how many bytes of a message body the rows take.
    public abstract long bodyBytes();

    /// Appends whatever stands for the value of a null row.
    abstract void appendPlaceholder();

    /// Lengths of the buffers behind the validity buffer, in order.
    abstract int[] valueBufferBytes();

    /// Appends those buffers, each padded to a multiple of 8.
    abstract void writeValues(FrameBuffer out);

    /// Whether Arrow has a validity buffer for this type at all.
    boolean hasValidityBuffer() {
        return true;
    }

    int validityBytes() {
        return nullCount == 0 ? 0 : (rowCount + 7) >> 3;
    }

    void writeValidity(FrameBuffer out) {
        writePadded(out, validity, validityBytes());
    }

    static void writePadded(FrameBuffer out, byte[] bytes, int count) {
        out.putRaw(bytes, 0, count);
        out.putZeros(Arrow.padded(count) - count);
    }

    /// Notes one row with a value.
    final void addValid() {
        ensureValidity(1);
        validity[rowCount >> 3] |= (byte) (1 << (rowCount & 7));
        rowCount++;
    }

    /// Notes the rows of a range, with a value or without.
    final void addRange(long @Nullable [] words, int @Nullable [] selection, int from, int to) {
        int count = to - from;
        ensureValidity(count);
        if (words == null) {
            setBits(validity, rowCount, count);
        } else if (selection == null) {
            nullCount += count - copyBits(words, from, count, validity, rowCount);
        } else {
            nullCount += count - gatherBits(words, selection, from, count, validity, rowCount);
        }
        rowCount += count;
    }

    private void ensureValidity(int further) {
        int needed = (rowCount + further + 7) >> 3;
        if (needed > validity.length) {
            validity = Arrays.copyOf(validity, Math.max(needed, validity.length * 2));
        }
    }

    /// Sets `count` bits of `target` from bit `at`.
    static void setBits(byte[] target, int at, int count) {
        int bit = at;
        int end = at + count;
        while (bit < end && (bit & 7) != 0) {
            target[bit >> 3] |= (byte) (1 << (bit & 7));
            bit++;
        }
        int wholeBytes = (end - bit) >> 3;
        Arrays.fill(target, bit >> 3, (bit >> 3) + Math.max(0, wholeBytes), (byte) 0xFF);
        for (bit += Math.max(0, wholeBytes) << 3; bit < end; bit++) {
            target[bit >> 3] |= (byte) (1 << (bit & 7));
        }
    }

    /// Copies bits `[from, from + count)` of `words` to `target` from bit `at`, where all bits are
    /// zero; returns how many are set.
    static int copyBits(long[] words, int from, int count, byte[] target, int at) {
        int set = 0;
        for (int i = 0; i < count; i++) {
            int row = from + i;
            int bit = (int) (words[row >> 6] >>> row) & 1;
            target[(at + i) >> 3] |= (byte) (bit << ((at + i) & 7));
            set += bit;
        }
        return set;
    }

    /// As [#copyBits], for the rows that a selection names.
    static int gatherBits(
            long[] words, int[] selection, int from, int count, byte[] target, int at) {
        int set = 0;
        for (int i = 0; i < count; i++) {
            int row = selection[from + i];
            int bit = (int) (words[row >> 6] >>> row) & 1;
            target[(at + i) >> 3] |= (byte) (bit << ((at + i) & 7));
            set += bit;
        }
        return set;
    }
}
