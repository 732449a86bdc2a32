package io.basaltdb.query.expression;

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

/// Single lanes of vectors as values: for results of one row, constants, tests and texts of errors; not for loops over rows.
public final class LaneValue {
    private LaneValue() {}

    public static Value at(Vector vector, int row) {
        if (vector.isNull(row)) {
            return Value.NULL;
        }
        return switch (vector) {
            case LongVector longs -> Value.of(longs.values()[row]);
            case DoubleVector doubles -> Value.of(doubles.values()[row]);
            case WideVector wide -> Value.of(wide.high()[row], wide.low()[row]);
            case BitVector bits -> Value.of(bits.get(row));
            case BytesVector bytes -> {
                int start = bytes.start()[row];
                yield new Value.Bytes(
                        Arrays.copyOfRange(bytes.heap(), start, start + bytes.length()[row]));
            }
            case DictionaryVector coded -> at(coded.dictionary().values(), coded.codes()[row]);
            case ConstantVector constant -> constant.value();
        };
    }
}
