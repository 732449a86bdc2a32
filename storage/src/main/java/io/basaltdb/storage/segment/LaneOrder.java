package io.basaltdb.storage.segment;

import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;

/// Compares lanes one by one, in the order of [io.basaltdb.storage.type]. For checks and for the borders of granules, not for scans.
public final class LaneOrder {
    private LaneOrder() {}

    public static Value valueAt(Vector vector, int row) {
        if (vector.isNull(row)) {
            return Value.NULL;
        }
        return switch (vector) {
            case LongVector v -> Value.of(v.values()[row]);
            case DoubleVector v -> Value.of(v.values()[row]);
            case WideVector v -> Value.of(v.high()[row], v.low()[row]);
            case BitVector v -> Value.of(v.get(row));
            case BytesVector v -> {
                int from = v.start()[row];
                yield new Value.Bytes(Arrays.copyOfRange(v.heap(), from, from + v.length()[row]));
            }
            case DictionaryVector v -> valueAt(v.dictionary().values(), v.codes()[row]);
            case ConstantVector v -> v.value();
        };
    }

    /// Orders two lanes of one vector, NULL last.
    public static int compare(Vector vector, int left, int right) {
        boolean leftNull = vector.isNull(left);
        boolean rightNull = vector.isNull(right);
        if (leftNull || rightNull) {
            return Boolean.compare(leftNull, rightNull);
        }
        return switch (vector) {
            case LongVector v -> Long.compare(v.values()[left], v.values()[right]);
            case DoubleVector v -> Value.compareDoubles(v.values()[left], v.values()[right]);
            case WideVector v -> {
                int order = Long.compare(v.high()[left], v.high()[right]);
                yield order != 0 ? order : Long.compareUnsigned(v.low()[left], v.low()[right]);
            }
            case BitVector v -> Boolean.compare(v.get(left), v.get(right));
            case BytesVector v -> compareBytes(v, left, right);
            case DictionaryVector v ->
                    v.dictionary().isOrdered()
                            ? Integer.compare(v.codes()[left], v.codes()[right])
                            : compare(v.dictionary().values(), v.codes()[left], v.codes()[right]);
            case ConstantVector _ -> 0;
        };
    }

    private static int compareBytes(BytesVector v, int left, int right) {
        int a = v.start()[left];
        int b = v.start()[right];
        return Arrays.compareUnsigned(
                v.heap(), a, a + v.length()[left], v.heap(), b, b + v.length()[right]);
    }
}
