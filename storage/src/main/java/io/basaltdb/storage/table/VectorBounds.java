package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bounds of a vector's values.
final class VectorBounds {
    private static final int MAX_TEXT_BYTES = 32;

    private VectorBounds() {}

    static ZoneMap zoneMap(Vector vector) {
        int size = vector.size();
        int valid = Validity.count(vector.validity(), size);
        if (valid == 0) {
            return new ZoneMap(size, size, null, null, true);
        }
        return switch (vector) {
            case LongVector longs -> longs(longs, valid);
            case DoubleVector doubles -> doubles(doubles, valid);
            case WideVector wide -> bySearch(wide, valid);
            case BitVector bits -> bySearch(bits, valid);
            case BytesVector text -> text(text, valid);
            case DictionaryVector _, ConstantVector _ ->
                    throw new AssertionError("a chunk's columns are flat");
        };
    }

    /// Of that many rows that are older than the column.
    static ZoneMap constant(ColumnDefinition column, long rows) {
        ZoneMap one =
                zoneMap(FlatVectors.flat(new ConstantVector(column.type(), 1, column.initial())));
        return new ZoneMap(rows, one.nullCount() * rows, one.min(), one.max(), one.exact());
    }

    private static ZoneMap longs(LongVector vector, int valid) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        long[] values = vector.values();
        for (int i = 0; i < vector.size(); i++) {
            if (!vector.isNull(i)) {
                min = Math.min(min, values[i]);
                max = Math.max(max, values[i]);
            }
        }
        return map(vector.size(), valid, Value.of(min), Value.of(max), true);
    }

    private static ZoneMap doubles(DoubleVector vector, int valid) {
        double min = Double.NaN;
        double max = Double.NEGATIVE_INFINITY;
        double[] values = vector.values();
        for (int i = 0; i < vector.size(); i++) {
            if (!vector.isNull(i)) {
                double value = values[i] + 0.0;
                min = Double.compare(value, min) < 0 ? value : min;
                max = Double.compare(value, max) > 0 ? value : max;
            }
        }
        return map(vector.size(), valid, Value.of(min), Value.of(max), true);
    }

    private static ZoneMap text(BytesVector vector, int valid) {
        int least = -1;
        int greatest = -1;
        for (int i = 0; i < vector.size(); i++) {
            if (!vector.isNull(i)) {
                least = least < 0 || compare(vector, i, least) < 0 ? i : least;
                greatest = greatest < 0 || compare(vector, i, greatest) > 0 ? i : greatest;
            }
        }
        byte[] min = bytes(vector, least);
        byte[] max = bytes(vector, greatest);
        boolean exact = min.length <= MAX_TEXT_BYTES && max.length <= MAX_TEXT_BYTES;
        byte[] roundedUp = max.length <= MAX_TEXT_BYTES ? max : roundedUp(max);
        if (roundedUp == null) {
            return map(vector.size(), valid, null, null, false);
        }
        byte[] cut = min.length <= MAX_TEXT_BYTES ? min : Arrays.copyOf(min, MAX_TEXT_BYTES);
        return map(vector.size(), valid, new Value.Bytes(cut), new Value.Bytes(roundedUp), exact);
    }

    /// The least text of at most that many bytes that is above all that begin with the same ones; null where there is none.
    private static byte @Nullable [] roundedUp(byte[] text) {
        byte[] prefix = Arrays.copyOf(text, MAX_TEXT_BYTES);
        for (int i = MAX_TEXT_BYTES - 1; i >= 0; i--) {
            if (prefix[i] != -1) {
                prefix[i]++;
                return Arrays.copyOf(prefix, i + 1);
            }
        }
        return null;
    }

    private static int compare(BytesVector vector, int left, int right) {
        int leftStart = vector.start()[left];
        int rightStart = vector.start()[right];
        return Arrays.compareUnsigned(
                vector.heap(),
                leftStart,
                leftStart + vector.length()[left],
                vector.heap(),
                rightStart,
                rightStart + vector.length()[right]);
    }

    private static byte[] bytes(BytesVector vector, int lane) {
        int start = vector.start()[lane];
        return Arrays.copyOfRange(vector.heap(), start, start + vector.length()[lane]);
    }

    private static ZoneMap bySearch(Vector vector, int valid) {
        @Nullable Value min = null;
        @Nullable Value max = null;
        for (int i = 0; i < vector.size(); i++) {
            if (!vector.isNull(i)) {
                Value value = VectorValues.value(vector, i);
                min = ColumnTotals.least(min, value);
                max = ColumnTotals.greatest(max, value);
            }
        }
        return map(vector.size(), valid, min, max, true);
    }

    private static ZoneMap map(
            int size, int valid, @Nullable Value min, @Nullable Value max, boolean exact) {
        return new ZoneMap(size, size - valid, min, max, exact);
    }
}
