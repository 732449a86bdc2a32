package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.LittleEndian;
import org.jspecify.annotations.Nullable;

/// A column of floating-point numbers; the width follows from the type.
public final class DoubleBuffer extends FixedBuffer {
    private final boolean isNarrow;

    DoubleBuffer(WireType type) {
        super(type);
        isNarrow = type.kind() == WireType.Kind.FLOAT32;
    }

    public void append(double value) {
        int at = reserve(1);
        put(values(), at, value);
        addValid();
    }

    /// Appends the rows of a range.
    public void append(
            double[] source,
            long @Nullable [] validity,
            int @Nullable [] selection,
            int from,
            int to) {
        int at = reserve(to - from);
        byte[] target = values();
        int valueBytes = isNarrow ? 4 : 8;
        for (int i = from; i < to; i++, at += valueBytes) {
            put(target, at, source[selection == null ? i : selection[i]]);
        }
        addRange(validity, selection, from, to);
    }

    private void put(byte[] target, int at, double value) {
        if (isNarrow) {
            LittleEndian.putInt(target, at, Float.floatToRawIntBits((float) value));
        } else {
            LittleEndian.putLong(target, at, Double.doubleToRawLongBits(value));
        }
    }
}
