package io.basaltdb.embedded.rows;

import io.basaltdb.protocol.frame.FrameBuffer;
import io.basaltdb.protocol.ipc.BooleanBuffer;
import io.basaltdb.protocol.ipc.ColumnBuffer;
import io.basaltdb.protocol.ipc.DecimalBuffer;
import io.basaltdb.protocol.ipc.DoubleBuffer;
import io.basaltdb.protocol.ipc.LongBuffer;
import io.basaltdb.protocol.ipc.TextBuffer;
import io.basaltdb.protocol.ipc.WireType;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One column of a result on its way into record batches. Decides once per vector how it lies, then
/// hands whole ranges to the column's buffer.
class ColumnEncoder {
    private final ColumnBuffer buffer;

    ColumnEncoder(WireType type) {
        buffer = ColumnBuffer.of(type);
    }

    ColumnBuffer buffer() {
        return buffer;
    }

    /// About how many bytes the rows of this batch take so far, the dictionary's share included.
    long bodyBytes() {
        return buffer.bodyBytes();
    }

    /// Makes ready for the next record batch.
    void clear() {
        buffer.clear();
    }

    /// Writes the messages that must come before the record batch; returns whether it wrote one.
    boolean writeDictionary(FrameBuffer out) {
        return false;
    }

    /// Appends rows `[from, to)`, which count in the selection where there is one.
    void append(Vector vector, int @Nullable [] selection, int from, int to) {
        long[] validity = vector.validity();
        switch (vector) {
            case LongVector longs -> appendLongs(longs, selection, from, to);
            case DoubleVector doubles ->
                    ((DoubleBuffer) buffer).append(doubles.values(), validity, selection, from, to);
            case WideVector wide ->
                    ((DecimalBuffer) buffer)
                            .append(wide.high(), wide.low(), validity, selection, from, to);
            case BitVector bits ->
                    ((BooleanBuffer) buffer).append(bits.words(), validity, selection, from, to);
            case BytesVector bytes -> appendBytes(bytes, selection, from, to);
            case DictionaryVector codes -> appendCodes(codes, selection, from, to);
            case ConstantVector constant -> appendConstant(constant, to - from);
        }
    }

    void appendLongs(LongVector vector, int @Nullable [] selection, int from, int to) {
        long[] validity = vector.validity();
        if (buffer instanceof LongBuffer longs) {
            longs.append(vector.values(), validity, selection, from, to);
        } else if (buffer instanceof DecimalBuffer decimals) {
            decimals.append(vector.values(), validity, selection, from, to);
        } else {
            appendNulls(to - from);
        }
    }

    void appendBytes(BytesVector vector, int @Nullable [] selection, int from, int to) {
        ((TextBuffer) buffer)
                .append(
                        vector.heap(),
                        vector.start(),
                        vector.length(),
                        vector.validity(),
                        selection,
                        from,
                        to);
    }

    /// Looks the codes up: one gathered vector of the dictionary's form, then as if it had come flat.
    void appendCodes(DictionaryVector vector, int @Nullable [] selection, int from, int to) {
        Vector flat = DictionaryGather.gather(vector, selection, from, to);
        append(flat, null, 0, to - from);
    }

    void appendConstant(ConstantVector vector, int count) {
        for (int i = 0; i < count; i++) {
            appendValue(vector.value());
        }
    }

    private void appendNulls(int count) {
        for (int i = 0; i < count; i++) {
            buffer.appendNull();
        }
    }

    private void appendValue(Value value) {
        switch (value) {
            case Value.Null _ -> buffer.appendNull();
            case Value.Bool(boolean bool) -> ((BooleanBuffer) buffer).append(bool);
            case Value.Whole(long whole) -> appendWhole(whole);
            case Value.Wide(long high, long low) -> ((DecimalBuffer) buffer).append(high, low);
            case Value.Floating(double floating) -> ((DoubleBuffer) buffer).append(floating);
            case Value.Bytes(byte[] bytes) -> appendText(bytes);
        }
    }

    private void appendWhole(long value) {
        if (buffer instanceof DecimalBuffer decimals) {
            decimals.append(value >> 63, value);
        } else {
            ((LongBuffer) buffer).append(value);
        }
    }

    void appendText(byte[] bytes) {
        ((TextBuffer) buffer).append(bytes, 0, bytes.length);
    }

    final void appendText(String text) {
        appendText(text.getBytes(StandardCharsets.UTF_8));
    }
}
