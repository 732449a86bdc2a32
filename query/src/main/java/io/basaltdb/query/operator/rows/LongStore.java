package io.basaltdb.query.operator.rows;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Values of one `long`, or of two once a wide one has come.
public final class LongStore extends ColumnStore {
    private long[] low = new long[0];
    private long @Nullable [] high;
    private int magnitudeBits;

    LongStore(Type type) {
        super(type);
    }

    /// The values, or their low halves where [#isWide]; valid until the next append. A null row holds anything.
    public long[] values() {
        return low;
    }

    /// Whether some value needed 128 bits.
    public boolean isWide() {
        return high != null;
    }

    /// The high half of a row's value.
    public long high(int row) {
        return high == null ? low[row] >> 63 : high[row];
    }

    @Override
    public Vector all() {
        long[] highs = high;
        return highs == null
                ? new LongVector(type(), size(), low, validity(), magnitudeBits)
                : new WideVector(type(), size(), highs, low, validity());
    }

    @Override
    public Vector gather(int[] rows, int count, GatherBuffer target) {
        long @Nullable [] valid = gatherValidity(rows, count, target);
        long[] lows = target.longs(count);
        gather(low, rows, count, lows);
        long[] wide = high;
        if (wide == null) {
            return new LongVector(type(), count, lows, valid, magnitudeBits);
        }
        long[] highs = target.highs(count);
        gather(wide, rows, count, highs);
        return new WideVector(type(), count, highs, lows, valid);
    }

    @Override
    public Vector scatter(int[] rows, int[] lanes, int count, int size, GatherBuffer target) {
        long @Nullable [] valid = scatterValidity(rows, lanes, count, size, target);
        long[] lows = target.longs(size);
        scatter(low, rows, lanes, count, lows);
        long[] wide = high;
        if (wide == null) {
            return new LongVector(type(), size, lows, valid, magnitudeBits);
        }
        long[] highs = target.highs(size);
        scatter(wide, rows, lanes, count, highs);
        return new WideVector(type(), size, highs, lows, valid);
    }

    private static void gather(long[] source, int[] rows, int count, long[] target) {
        for (int i = 0; i < count; i++) {
            target[i] = source[rows[i]];
        }
    }

    private static void scatter(long[] source, int[] rows, int[] lanes, int count, long[] target) {
        for (int i = 0; i < count; i++) {
            target[lanes[i]] = source[rows[i]];
        }
    }

    @Override
    long valueBytes() {
        return 8L * low.length + (high == null ? 0 : 8L * high.length);
    }

    @Override
    long valueBytesFor(Vector values, @Nullable Selection rows, int count) {
        int capacity = low.length >= size() + count ? low.length : capacityFor(count);
        return (high != null || values instanceof WideVector ? 16L : 8L) * capacity;
    }

    @Override
    void appendValues(Vector values, @Nullable Selection rows, int count) {
        reserveRows(count);
        switch (values) {
            case LongVector(_, _, long[] source, _, int bits) -> {
                copy(source, rows, count, low);
                extendHigh(count);
                magnitudeBits = Math.max(magnitudeBits, bits);
            }
            case WideVector(_, _, long[] highs, long[] lows, _) -> {
                if (high == null) {
                    high = new long[low.length];
                    signExtend(low, 0, size(), high);
                }
                copy(lows, rows, count, low);
                copy(highs, rows, count, high);
                magnitudeBits = LongVector.UNBOUNDED;
            }
            case ConstantVector(_, _, Value value, _) -> appendConstant(value, count);
            case DictionaryVector(_, int[] codes, var dictionary, _) ->
                    appendCodes(codes, dictionary.values(), rows, count);
            case DoubleVector _, BitVector _, BytesVector _ ->
                    throw new AssertionError("not a whole number: " + values.type().sql());
        }
    }

    private void appendConstant(Value value, int count) {
        long lows = 0;
        long highs = 0;
        if (value instanceof Value.Whole(long whole)) {
            lows = whole;
            highs = whole >> 63;
        } else if (value instanceof Value.Wide(long h, long l)) {
            lows = l;
            highs = h;
            if (high == null) {
                high = new long[low.length];
                signExtend(low, 0, size(), high);
            }
        }
        Arrays.fill(low, size(), size() + count, lows);
        if (high != null) {
            Arrays.fill(high, size(), size() + count, highs);
        }
        magnitudeBits = Math.max(magnitudeBits, 64 - Long.numberOfLeadingZeros(lows ^ lows >> 63));
    }

    private void appendCodes(int[] codes, Vector dictionary, @Nullable Selection rows, int count) {
        if (dictionary instanceof LongVector(_, _, long[] source, _, int bits)) {
            for (int i = 0; i < count; i++) {
                low[size() + i] = source[codes[rows == null ? i : rows.rows()[i]]];
            }
            extendHigh(count);
            magnitudeBits = Math.max(magnitudeBits, bits);
        } else if (dictionary instanceof WideVector(_, _, long[] highs, long[] lows, _)) {
            if (high == null) {
                high = new long[low.length];
                signExtend(low, 0, size(), high);
            }
            for (int i = 0; i < count; i++) {
                int code = codes[rows == null ? i : rows.rows()[i]];
                low[size() + i] = lows[code];
                high[size() + i] = highs[code];
            }
            magnitudeBits = LongVector.UNBOUNDED;
        } else {
            throw new AssertionError("not a whole number: " + dictionary.type().sql());
        }
    }

    private void copy(long[] source, @Nullable Selection rows, int count, long[] target) {
        if (rows == null) {
            System.arraycopy(source, 0, target, size(), count);
        } else {
            int at = size();
            int[] chosen = rows.rows();
            for (int i = 0; i < count; i++) {
                target[at + i] = source[chosen[i]];
            }
        }
    }

    private void extendHigh(int count) {
        if (high != null) {
            signExtend(low, size(), size() + count, high);
        }
    }

    private static void signExtend(long[] low, int from, int to, long[] high) {
        for (int i = from; i < to; i++) {
            high[i] = low[i] >> 63;
        }
    }

    private void reserveRows(int count) {
        if (low.length < size() + count) {
            int capacity = capacityFor(count);
            low = Arrays.copyOf(low, capacity);
            if (high != null) {
                high = Arrays.copyOf(high, capacity);
            }
        }
    }
}
