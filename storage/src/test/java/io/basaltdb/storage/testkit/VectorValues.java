package io.basaltdb.storage.testkit;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Vectors of any form as single values: the slow and obvious way that tests compare with.
public final class VectorValues {
    private VectorValues() {}

    public static Value at(Vector vector, int row) {
        if (vector.isNull(row)) {
            return Value.NULL;
        }
        return switch (vector) {
            case LongVector v -> Value.of(v.values()[row]);
            case DoubleVector v -> Value.of(v.values()[row]);
            case WideVector v -> Value.of(v.high()[row], v.low()[row]);
            case BitVector v -> Value.of(v.get(row));
            case BytesVector v ->
                    new Value.Bytes(
                            Arrays.copyOfRange(
                                    v.heap(), v.start()[row], v.start()[row] + v.length()[row]));
            case DictionaryVector v -> at(v.dictionary().values(), v.codes()[row]);
            case ConstantVector v -> v.value();
        };
    }

    /// The values of the selected rows, or of all.
    public static List<Value> list(Vector vector, @Nullable Selection rows) {
        int count = rows == null ? vector.size() : rows.count();
        List<Value> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(at(vector, rows == null ? i : rows.rows()[i]));
        }
        return values;
    }

    public static List<Value> list(Vector vector) {
        return list(vector, null);
    }
}
