package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.LittleEndian;
import org.jspecify.annotations.Nullable;

/// A column of whole numbers, dates, timestamps or dictionary indices; the width follows from the
/// type, and values are given as longs that fit it.
public final class LongBuffer extends FixedBuffer {
    private final int valueBytes;

    LongBuffer(WireType type) {
        super(type);
        valueBytes = type.kind().valueBytes();
    }

    public void append(long value) {
        int at = reserve(1);
        put(values(), at, value);
        addValid();
    }

    /// Appends the rows of a range.
    public void append(
            long[] source,
            long @Nullable [] validity,
            int @Nullable [] selection,
            int from,
            int to) {
        int at = reserve(to - from);
        if (selection == null) {
            copy(source, from, to - from, at);
        } else {
            gather(source, selection, from, to - from, at);
        }
        addRange(validity, selection, from, to);
    }

    /// Appends the rows of a range of codes, each through a table: row `r` becomes
    /// `table[codes[r]]`. Rows without a value may hold any code inside the table.
    public void appendMapped(
            int[] codes,
            int[] table,
            long @Nullable [] validity,
            int @Nullable [] selection,
            int from,
            int to) {
        assert valueBytes == 4 : "indices are 32 bits wide";
        int at = reserve(to - from);
        byte[] target = values();
        if (selection == null) {
            for (int i = from; i < to; i++, at += 4) {
                LittleEndian.putInt(target, at, table[codes[i]]);
            }
        } else {
            for (int i = from; i < to; i++, at += 4) {
                LittleEndian.putInt(target, at, table[codes[selection[i]]]);
            }
        }
        addRange(validity, selection, from, to);
    }

    private void copy(long[] source, int from, int count, int at) {
        byte[] target = values();
        switch (valueBytes) {
            case 8:
                copy8(source, from, count, target, at);
                break;
            case 4:
                copy4(source, from, count, target, at);
                break;
            default:
                for (int i = 0; i < count; i++) {
                    put(target, at + i * valueBytes, source[from + i]);
                }
        }
    }

    private void gather(long[] source, int[] selection, int from, int count, int at) {
        byte[] target = values();
        for (int i = 0; i < count; i++) {
            put(target, at + i * valueBytes, source[selection[from + i]]);
        }
    }

    private static void copy8(long[] source, int from, int count, byte[] target, int at) {
        for (int i = 0; i < count; i++) {
            LittleEndian.putLong(target, at + i * 8, source[from + i]);
        }
    }

    private static void copy4(long[] source, int from, int count, byte[] target, int at) {
        for (int i = 0; i < count; i++) {
            LittleEndian.putInt(target, at + i * 4, (int) source[from + i]);
        }
    }

    private void put(byte[] target, int at, long value) {
        switch (valueBytes) {
            case 8:
                LittleEndian.putLong(target, at, value);
                break;
            case 4:
                LittleEndian.putInt(target, at, (int) value);
                break;
            case 2:
                LittleEndian.putShort(target, at, (short) value);
                break;
            default:
                target[at] = (byte) value;
        }
    }
}
