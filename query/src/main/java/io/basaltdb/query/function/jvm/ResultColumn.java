package io.basaltdb.query.function.jvm;

import io.basaltdb.query.function.Scratch;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.math.BigInteger;
import java.util.Arrays;

/// Results on their way into a vector; rows that are not set are NULL. Its arrays are used again by the next batch. For one thread.
final class ResultColumn {
    private final Type type;
    private int size;
    private long[] validity = {};
    private long[] low = {};
    private long[] high = {};
    private double[] doubles = {};
    private int[] start = {};
    private int[] length = {};
    private byte[] heap = {};
    private int used;

    ResultColumn(Type type) {
        this.type = type;
    }

    void begin(int rows) {
        size = rows;
        used = 0;
        validity = Scratch.longs(validity, Validity.words(rows));
        Arrays.fill(validity, 0, Validity.words(rows), 0);
        switch (type.physical()) {
            case LONG -> low = Scratch.longs(low, rows);
            case WIDE -> {
                low = Scratch.longs(low, rows);
                high = Scratch.longs(high, rows);
            }
            case DOUBLE -> doubles = Scratch.doubles(doubles, rows);
            case BITS -> {
                low = Scratch.longs(low, Validity.words(rows));
                Arrays.fill(low, 0, Validity.words(rows), 0);
            }
            case BYTES -> {
                start = Scratch.ints(start, rows);
                length = Scratch.ints(length, rows);
                Arrays.fill(start, 0, rows, 0);
                Arrays.fill(length, 0, rows, 0);
            }
        }
    }

    void setNull(int row) {
        Validity.setNull(validity, row);
    }

    void setBit(int row, boolean value) {
        low[row >> 6] |= (value ? 1L : 0L) << row;
        Validity.setValid(validity, row);
    }

    void setWhole(int row, long value) {
        low[row] = value;
        Validity.setValid(validity, row);
    }

    void setWide(int row, long top, long bottom) {
        high[row] = top;
        low[row] = bottom;
        Validity.setValid(validity, row);
    }

    /// An unscaled DECIMAL, whatever its width.
    void setNumber(int row, BigInteger value) {
        switch (type.physical()) {
            case LONG -> setWhole(row, value.longValue());
            case WIDE -> setWide(row, value.shiftRight(64).longValue(), value.longValue());
            case DOUBLE, BITS, BYTES -> throw new AssertionError("no DECIMAL: " + type.sql());
        }
    }

    void setDouble(int row, double value) {
        doubles[row] = value;
        Validity.setValid(validity, row);
    }

    void setBytes(int row, byte[] value) {
        if (heap.length - used < value.length) {
            heap = Arrays.copyOf(heap, Math.max(2 * heap.length, used + value.length));
        }
        System.arraycopy(value, 0, heap, used, value.length);
        start[row] = used;
        length[row] = value.length;
        used += value.length;
        Validity.setValid(validity, row);
    }

    /// The rows, lent until the next [#begin].
    Vector vector() {
        return switch (type.physical()) {
            case LONG -> new LongVector(type, size, low, validity);
            case WIDE -> new WideVector(type, size, high, low, validity);
            case DOUBLE -> new DoubleVector(type, size, doubles, validity);
            case BITS -> new BitVector(type, size, low, validity);
            case BYTES -> new BytesVector(type, size, heap, start, length, validity);
        };
    }
}
