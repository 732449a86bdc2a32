package io.basaltdb.query.relation;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lays single values out as a vector; for the few rows of statements and virtual tables.
public final class ValueVectors {
    private ValueVectors() {}

    /// The values, in the physical form of the type.
    public static Vector of(Type type, List<Value> values) {
        long @Nullable [] validity = validity(values);
        return switch (type.physical()) {
            case LONG -> new LongVector(type, values.size(), wholes(values), validity);
            case WIDE -> wide(type, values, validity);
            case DOUBLE -> new DoubleVector(type, values.size(), doubles(values), validity);
            case BITS -> new BitVector(type, values.size(), bits(values), validity);
            case BYTES -> bytes(type, values, validity);
        };
    }

    private static long @Nullable [] validity(List<Value> values) {
        if (values.stream().noneMatch(Value::isNull)) {
            return null;
        }
        long[] validity = new long[Validity.words(values.size())];
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).isNull()) {
                Validity.setValid(validity, i);
            }
        }
        return validity;
    }

    private static long[] wholes(List<Value> values) {
        long[] longs = new long[values.size()];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = values.get(i) instanceof Value.Whole(long value) ? value : 0;
        }
        return longs;
    }

    private static Vector wide(Type type, List<Value> values, long @Nullable [] validity) {
        long[] high = new long[values.size()];
        long[] low = wholes(values);
        for (int i = 0; i < high.length; i++) {
            high[i] = low[i] >> 63;
            if (values.get(i) instanceof Value.Wide(long h, long l)) {
                high[i] = h;
                low[i] = l;
            }
        }
        return new WideVector(type, values.size(), high, low, validity);
    }

    private static double[] doubles(List<Value> values) {
        double[] doubles = new double[values.size()];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values.get(i) instanceof Value.Floating(double value) ? value : 0;
        }
        return doubles;
    }

    private static long[] bits(List<Value> values) {
        long[] words = new long[Validity.words(values.size())];
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof Value.Bool(boolean value) && value) {
                words[i >> 6] |= 1L << i;
            }
        }
        return words;
    }

    private static Vector bytes(Type type, List<Value> values, long @Nullable [] validity) {
        int size = 0;
        for (Value value : values) {
            size += value instanceof Value.Bytes(byte[] bytes) ? bytes.length : 0;
        }
        byte[] heap = new byte[size];
        int[] start = new int[values.size()];
        int[] length = new int[values.size()];
        int at = 0;
        for (int i = 0; i < start.length; i++) {
            start[i] = at;
            if (values.get(i) instanceof Value.Bytes(byte[] bytes)) {
                System.arraycopy(bytes, 0, heap, at, bytes.length);
                length[i] = bytes.length;
                at += bytes.length;
            }
        }
        return new BytesVector(type, values.size(), heap, start, length, validity);
    }
}
