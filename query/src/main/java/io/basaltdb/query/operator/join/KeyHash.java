package io.basaltdb.query.operator.join;

import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hashes key columns of any vector form: equal values give equal hashes whatever form they come in. Used by one thread (it remembers
/// the hashes of the last dictionary of each column).
final class KeyHash {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final @Nullable Dictionary[] dictionaries;
    private final long[][] dictionaryHashes;

    KeyHash(int columnCount) {
        this.dictionaries = new Dictionary[columnCount];
        this.dictionaryHashes = new long[columnCount][];
    }

    int columnCount() {
        return dictionaries.length;
    }

    /// The hash of each of the first `count` lanes, over all columns, none of which is null there.
    void compute(Batch batch, List<Integer> columns, int[] lanes, int count, long[] hashes) {
        Arrays.fill(hashes, 0, count, 0);
        for (int k = 0; k < columns.size(); k++) {
            add(k, batch.column(columns.get(k)), lanes, count, hashes);
        }
    }

    private void add(int key, Vector vector, int[] lanes, int count, long[] hashes) {
        if (vector instanceof DictionaryVector(_, int[] codes, Dictionary dictionary, _)) {
            long[] distinct = hashesOf(key, dictionary);
            for (int i = 0; i < count; i++) {
                hashes[i] = combine(hashes[i], distinct[codes[lanes[i]]]);
            }
        } else if (vector instanceof LongVector(_, _, long[] values, _, _)) {
            for (int i = 0; i < count; i++) {
                hashes[i] = combine(hashes[i], mix(values[lanes[i]]));
            }
        } else {
            for (int i = 0; i < count; i++) {
                hashes[i] = combine(hashes[i], hash(vector, lanes[i]));
            }
        }
    }

    private long[] hashesOf(int key, Dictionary dictionary) {
        if (dictionaries[key] != dictionary) {
            long[] hashes = new long[dictionary.size()];
            for (int code = 0; code < hashes.length; code++) {
                hashes[code] = hash(dictionary.values(), code);
            }
            dictionaries[key] = dictionary;
            dictionaryHashes[key] = hashes;
        }
        return dictionaryHashes[key];
    }

    private static long hash(Vector vector, int lane) {
        return switch (vector) {
            case LongVector(_, _, long[] values, _, _) -> mix(values[lane]);
            case WideVector(_, _, long[] high, long[] low, _) -> wide(high[lane], low[lane]);
            case DoubleVector(_, _, double[] values, _) ->
                    mix(Double.doubleToLongBits(values[lane] + 0.0));
            case BitVector bits -> mix(bits.get(lane) ? 1 : 0);
            case BytesVector(_, _, byte[] heap, int[] start, int[] length, _) ->
                    bytes(heap, start[lane], length[lane]);
            case DictionaryVector(_, int[] codes, Dictionary dictionary, _) ->
                    hash(dictionary.values(), codes[lane]);
            case ConstantVector(_, _, Value value, _) -> constant(value);
        };
    }

    private static long constant(Value value) {
        return switch (value) {
            case Value.Null _ -> 0;
            case Value.Bool(boolean bit) -> mix(bit ? 1 : 0);
            case Value.Whole(long whole) -> mix(whole);
            case Value.Wide(long high, long low) -> wide(high, low);
            case Value.Floating(double floating) -> mix(Double.doubleToLongBits(floating + 0.0));
            case Value.Bytes(byte[] bytes) -> bytes(bytes, 0, bytes.length);
        };
    }

    private static long wide(long high, long low) {
        return high == low >> 63 ? mix(low) : combine(mix(low), mix(high));
    }

    private static long bytes(byte[] heap, int start, int length) {
        long hash = length * 0x9e3779b97f4a7c15L;
        int at = start;
        int end = start + length;
        for (; at + 8 <= end; at += 8) {
            hash = combine(hash, mix((long) LONGS.get(heap, at)));
        }
        long rest = 0;
        for (int shift = 0; at < end; at++, shift += 8) {
            rest |= (heap[at] & 0xffL) << shift;
        }
        return combine(hash, mix(rest));
    }

    private static long combine(long hash, long next) {
        return (Long.rotateLeft(hash, 27) ^ next) * 0x9e3779b97f4a7c15L;
    }

    private static long mix(long value) {
        long h = value * 0xff51afd7ed558ccdL;
        h ^= h >>> 32;
        h *= 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 29;
    }

    /// Whether the whole number in that lane fits one `long`.
    static boolean fitsLong(Vector vector, int lane) {
        return switch (vector) {
            case WideVector(_, _, long[] high, long[] low, _) -> high[lane] == low[lane] >> 63;
            case DictionaryVector(_, int[] codes, Dictionary dictionary, _) ->
                    fitsLong(dictionary.values(), codes[lane]);
            case ConstantVector(_, _, Value value, _) -> value instanceof Value.Whole;
            case LongVector _, DoubleVector _, BitVector _, BytesVector _ -> true;
        };
    }

    /// The low half of the whole number in that lane.
    static long low(Vector vector, int lane) {
        return switch (vector) {
            case LongVector(_, _, long[] values, _, _) -> values[lane];
            case WideVector(_, _, _, long[] low, _) -> low[lane];
            case DictionaryVector(_, int[] codes, Dictionary dictionary, _) ->
                    low(dictionary.values(), codes[lane]);
            case ConstantVector(_, _, Value value, _) ->
                    value instanceof Value.Whole(long whole)
                            ? whole
                            : value instanceof Value.Wide(_, long low) ? low : 0;
            case DoubleVector _, BitVector _, BytesVector _ ->
                    throw new AssertionError("not a whole number: " + vector.type().sql());
        };
    }

    /// The high half of the whole number in that lane.
    static long high(Vector vector, int lane) {
        return switch (vector) {
            case WideVector(_, _, long[] high, _, _) -> high[lane];
            case DictionaryVector(_, int[] codes, Dictionary dictionary, _) ->
                    high(dictionary.values(), codes[lane]);
            case ConstantVector(_, _, Value.Wide(long high, _), _) -> high;
            case LongVector _, DoubleVector _, BitVector _, BytesVector _, ConstantVector _ ->
                    low(vector, lane) >> 63;
        };
    }
}
