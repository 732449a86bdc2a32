package io.basaltdb.storage.table;

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

/// Single values out of vectors; never in a loop over many rows.
final class VectorValues {
    private VectorValues() {}

    static Value value(Vector vector, int lane) {
        if (vector.isNull(lane)) {
            return Value.NULL;
        }
        return switch (vector) {
            case LongVector longs -> Value.of(longs.values()[lane]);
            case DoubleVector doubles -> Value.of(doubles.values()[lane]);
            case WideVector wide -> Value.of(wide.high()[lane], wide.low()[lane]);
            case BitVector bits -> Value.of(bits.get(lane));
            case BytesVector text -> {
                int start = text.start()[lane];
                yield new Value.Bytes(
                        Arrays.copyOfRange(text.heap(), start, start + text.length()[lane]));
            }
            case DictionaryVector dictionary ->
                    value(dictionary.dictionary().values(), dictionary.codes()[lane]);
            case ConstantVector constant -> constant.value();
        };
    }
}
