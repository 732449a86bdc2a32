package io.basaltdb.query.operator.filter;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Vectors made of single values: for rows that stand in a statement, never for rows of a scan.
public final class ValueVectors {
    private ValueVectors() {}

    /// A flat vector with one lane per value.
    public static Vector of(Type type, List<Value> values) {
        long[] validity = validity(values);
        return switch (type.physical()) {
            case LONG -> longs(type, values, validity);
            case DOUBLE -> doubles(type, values, validity);
            case WIDE -> wides(type, values, validity);
            case BITS -> bits(type, values, validity);
            case BYTES -> bytes(type, values, validity);
        };
    }

    private static long @Nullable [] validity(List<Value> values) {
        long[] words = null;
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isNull()) {
                if (words == null) {
                    words = new long[Validity.words(values.size())];
                    Validity.fill(words, values.size());
                }
                Validity.setNull(words, i);
            }
        }
        return words;
    }

    private static Vector longs(Type type, List<Value> values, long @Nullable [] validity) {
        long[] out = new long[values.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = values.get(i) instanceof Value.Whole(long whole) ? whole : 0;
        }
        return new LongVector(type, out.length, out, validity);
    }

    private static Vector doubles(Type type, List<Value> values, long @Nullable [] validity) {
        double[] out = new double[values.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = values.get(i) instanceof Value.Floating(double floating) ? floating : 0;
        }
        return new DoubleVector(type, out.length, out, validity);
    }

    private static Vector wides(Type type, List<Value> values, long @Nullable [] validity) {
        long[] high = new long[values.size()];
        long[] low = new long[values.size()];
        for (int i = 0; i < high.length; i++) {
            switch (values.get(i)) {
                case Value.Whole(long whole) -> {
                    high[i] = whole >> 63;
                    low[i] = whole;
                }
                case Value.Wide(long top, long bottom) -> {
                    high[i] = top;
                    low[i] = bottom;
                }
                case Value.Null _, Value.Bool _, Value.Floating _, Value.Bytes _ -> {}
            }
        }
        return new WideVector(type, high.length, high, low, validity);
    }

    private static Vector bits(Type type, List<Value> values, long @Nullable [] validity) {
        long[] words = new long[Validity.words(values.size())];
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof Value.Bool(boolean truth) && truth) {
                Validity.setValid(words, i);
            }
        }
        return new BitVector(type, values.size(), words, validity);
    }

    private static Vector bytes(Type type, List<Value> values, long @Nullable [] validity) {
        ByteArrayOutputStream heap = new ByteArrayOutputStream();
        int[] start = new int[values.size()];
        int[] length = new int[values.size()];
        for (int i = 0; i < start.length; i++) {
            start[i] = heap.size();
            if (values.get(i) instanceof Value.Bytes(byte[] text)) {
                heap.writeBytes(text);
                length[i] = text.length;
            }
        }
        return new BytesVector(type, start.length, heap.toByteArray(), start, length, validity);
    }
}
