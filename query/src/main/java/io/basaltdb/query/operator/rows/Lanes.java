package io.basaltdb.query.operator.rows;

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
import org.jspecify.annotations.Nullable;

/// Picks lanes of a vector, with repetition and in any order.
public final class Lanes {
    private Lanes() {}

    /// The lanes named by the first `count` of `lanes`, as a vector of `count` lanes in `target`'s arrays. Text shares the vector's heap and a
    /// dictionary stays one.
    public static Vector gather(Vector vector, int[] lanes, int count, GatherBuffer target) {
        return switch (vector) {
            case LongVector(var type, _, long[] values, long[] validity, int bits) -> {
                long[] out = target.longs(count);
                gather(values, lanes, count, out);
                yield new LongVector(type, count, out, valid(validity, lanes, count, target), bits);
            }
            case DoubleVector(var type, _, double[] values, long[] validity) -> {
                double[] out = target.doubles(count);
                for (int i = 0; i < count; i++) {
                    out[i] = values[lanes[i]];
                }
                yield new DoubleVector(type, count, out, valid(validity, lanes, count, target));
            }
            case WideVector(var type, _, long[] high, long[] low, long[] validity) -> {
                long[] highs = target.highs(count);
                long[] lows = target.longs(count);
                gather(high, lanes, count, highs);
                gather(low, lanes, count, lows);
                yield new WideVector(
                        type, count, highs, lows, valid(validity, lanes, count, target));
            }
            case BitVector(var type, _, long[] words, long[] validity) -> {
                long[] out = target.bits(count);
                GatherBuffer.gatherBits(words, lanes, null, count, out);
                yield new BitVector(type, count, out, valid(validity, lanes, count, target));
            }
            case BytesVector(
                            var type,
                            _,
                            byte[] heap,
                            int[] start,
                            int[] length,
                            long[] validity) -> {
                int[] starts = target.starts(count);
                int[] lengths = target.lengths(count);
                gather(start, lanes, count, starts);
                gather(length, lanes, count, lengths);
                yield new BytesVector(
                        type, count, heap, starts, lengths, valid(validity, lanes, count, target));
            }
            case DictionaryVector(_, int[] codes, var dictionary, long[] validity) -> {
                int[] out = target.starts(count);
                gather(codes, lanes, count, out);
                yield new DictionaryVector(
                        count, out, dictionary, valid(validity, lanes, count, target));
            }
            case ConstantVector(var type, _, var value, _) ->
                    new ConstantVector(type, count, value);
        };
    }

    /// The value in that lane.
    public static Value value(Vector vector, int lane) {
        if (vector.isNull(lane)) {
            return Value.NULL;
        }
        return switch (vector) {
            case LongVector(_, _, long[] values, _, _) -> Value.of(values[lane]);
            case DoubleVector(_, _, double[] values, _) -> Value.of(values[lane]);
            case WideVector(_, _, long[] high, long[] low, _) -> Value.of(high[lane], low[lane]);
            case BitVector bits -> Value.of(bits.get(lane));
            case BytesVector(_, _, byte[] heap, int[] start, int[] length, _) ->
                    new Value.Bytes(
                            Arrays.copyOfRange(heap, start[lane], start[lane] + length[lane]));
            case DictionaryVector(_, int[] codes, var dictionary, _) ->
                    value(dictionary.values(), codes[lane]);
            case ConstantVector(_, _, var value, _) -> value;
        };
    }

    private static long @Nullable [] valid(
            long @Nullable [] validity, int[] lanes, int count, GatherBuffer target) {
        return validity == null ? null : target.gatherBits(validity, lanes, null, count, count);
    }

    private static void gather(long[] values, int[] lanes, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = values[lanes[i]];
        }
    }

    private static void gather(int[] values, int[] lanes, int count, int[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = values[lanes[i]];
        }
    }
}
