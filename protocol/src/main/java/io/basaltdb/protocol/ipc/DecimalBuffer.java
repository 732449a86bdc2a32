package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.LittleEndian;
import org.jspecify.annotations.Nullable;

/// A column of decimals: the unscaled value in 128 bits, given as one long or as two halves.
public final class DecimalBuffer extends FixedBuffer {
    DecimalBuffer(WireType type) {
        super(type);
    }

    public void append(long high, long low) {
        int at = reserve(1);
        put(values(), at, high, low);
        addValid();
    }

    /// Appends the rows of a range of values that fit 64 bits.
    public void append(
            long[] source,
            long @Nullable [] validity,
            int @Nullable [] selection,
            int from,
            int to) {
        int at = reserve(to - from);
        byte[] target = values();
        for (int i = from; i < to; i++, at += 16) {
            long value = source[selection == null ? i : selection[i]];
            put(target, at, value >> 63, value);
        }
        addRange(validity, selection, from, to);
    }

    /// Appends the rows of a range of values in two halves.
    public void append(
            long[] high,
            long[] low,
            long @Nullable [] validity,
            int @Nullable [] selection,
            int from,
            int to) {
        int at = reserve(to - from);
        byte[] target = values();
        for (int i = from; i < to; i++, at += 16) {
            int row = selection == null ? i : selection[i];
            put(target, at, high[row], low[row]);
        }
        addRange(validity, selection, from, to);
    }

    private static void put(byte[] target, int at, long high, long low) {
        LittleEndian.putLong(target, at, low);
        LittleEndian.putLong(target, at + 8, high);
    }
}
