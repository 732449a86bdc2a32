package io.basaltdb.storage.table;

import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
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

/// Dictionary and constant vectors written out lane by lane.
final class FlatVectors {
    private static final byte[] EMPTY = {};

    private FlatVectors() {}

    static Vector flat(Vector vector) {
        return switch (vector) {
            case DictionaryVector dictionary -> flat(dictionary);
            case ConstantVector constant -> flat(constant);
            case LongVector _, DoubleVector _, WideVector _, BitVector _, BytesVector _ -> vector;
        };
    }

    /// The same lanes as values of a type that [Type#isWidened] from theirs.
    static Vector as(Vector vector, Type wider) {
        if (vector.type().equals(wider)) {
            return vector;
        }
        int size = vector.size();
        return switch (vector) {
            case LongVector longs -> new LongVector(wider, size, longs.values(), longs.validity());
            case DoubleVector doubles ->
                    new DoubleVector(wider, size, doubles.values(), doubles.validity());
            case WideVector wide ->
                    new WideVector(wider, size, wide.high(), wide.low(), wide.validity());
            case ConstantVector constant -> new ConstantVector(wider, size, constant.value());
            case DictionaryVector dictionary -> as(flat(dictionary), wider);
            case BytesVector bytes ->
                    new BytesVector(
                            wider,
                            size,
                            bytes.heap(),
                            bytes.start(),
                            bytes.length(),
                            bytes.validity());
            case BitVector _ -> throw notWider(vector.type(), wider);
        };
    }

    static AssertionError notWider(Type type, Type wider) {
        return new AssertionError(wider.sql() + " is not wider than " + type.sql());
    }

    /// The first `count` of those lanes, in that order, flat.
    static Vector picked(Vector vector, int[] lanes, int count) {
        return switch (vector) {
            case DictionaryVector dictionary -> {
                int[] codes = new int[count];
                for (int i = 0; i < count; i++) {
                    codes[i] = dictionary.codes()[lanes[i]];
                }
                yield flat(
                        new DictionaryVector(
                                count,
                                codes,
                                dictionary.dictionary(),
                                pickedValidity(vector, lanes, count)));
            }
            case ConstantVector constant ->
                    flat(new ConstantVector(constant.type(), count, constant.value()));
            case LongVector longs -> {
                long[] values = new long[count];
                for (int i = 0; i < count; i++) {
                    values[i] = longs.values()[lanes[i]];
                }
                yield new LongVector(
                        longs.type(), count, values, pickedValidity(vector, lanes, count));
            }
            case DoubleVector _, WideVector _, BitVector _, BytesVector _ ->
                    Gather.rows(vector.type(), new Vector[] {vector}, lanes, 0, count);
        };
    }

    private static long @Nullable [] pickedValidity(Vector vector, int[] lanes, int count) {
        if (vector.validity() == null) {
            return null;
        }
        long[] validity = new long[Validity.words(count)];
        for (int i = 0; i < count; i++) {
            validity[i >> 6] |= (vector.isNull(lanes[i]) ? 0L : 1L) << i;
        }
        return validity;
    }

    private static Vector flat(DictionaryVector vector) {
        int size = vector.size();
        int[] codes = vector.codes();
        long[] validity = vector.validity();
        return switch (vector.dictionary().values()) {
            case LongVector values ->
                    new LongVector(
                            values.type(), size, gather(values.values(), codes, size), validity);
            case DoubleVector values -> {
                double[] lanes = new double[size];
                for (int i = 0; i < size; i++) {
                    lanes[i] = values.values()[codes[i]];
                }
                yield new DoubleVector(values.type(), size, lanes, validity);
            }
            case WideVector values ->
                    new WideVector(
                            values.type(),
                            size,
                            gather(values.high(), codes, size),
                            gather(values.low(), codes, size),
                            validity);
            case BitVector values -> {
                long[] words = new long[Validity.words(size)];
                for (int i = 0; i < size; i++) {
                    words[i >> 6] |= (values.get(codes[i]) ? 1L : 0L) << i;
                }
                yield new BitVector(values.type(), size, words, validity);
            }
            case BytesVector values -> {
                int[] start = new int[size];
                int[] length = new int[size];
                for (int i = 0; i < size; i++) {
                    start[i] = values.start()[codes[i]];
                    length[i] = values.length()[codes[i]];
                }
                yield new BytesVector(values.type(), size, values.heap(), start, length, validity);
            }
            case DictionaryVector _, ConstantVector _ ->
                    throw new AssertionError("a dictionary's values are flat");
        };
    }

    private static long[] gather(long[] values, int[] codes, int size) {
        long[] lanes = new long[size];
        for (int i = 0; i < size; i++) {
            lanes[i] = values[codes[i]];
        }
        return lanes;
    }

    private static Vector flat(ConstantVector vector) {
        return constant(vector.type().physical(), vector, vector.validity());
    }

    private static Vector constant(
            Physical physical, ConstantVector vector, long @Nullable [] validity) {
        int size = vector.size();
        Value value = vector.value();
        return switch (physical) {
            case LONG -> {
                long[] lanes = new long[size];
                Arrays.fill(lanes, value instanceof Value.Whole(long whole) ? whole : 0);
                yield new LongVector(vector.type(), size, lanes, validity);
            }
            case DOUBLE -> {
                double[] lanes = new double[size];
                Arrays.fill(lanes, value instanceof Value.Floating(double real) ? real : 0);
                yield new DoubleVector(vector.type(), size, lanes, validity);
            }
            case WIDE -> {
                long[] high = new long[size];
                long[] low = new long[size];
                if (value instanceof Value.Wide(long valueHigh, long valueLow)) {
                    Arrays.fill(high, valueHigh);
                    Arrays.fill(low, valueLow);
                } else if (value instanceof Value.Whole(long whole)) {
                    Arrays.fill(high, whole >> 63);
                    Arrays.fill(low, whole);
                }
                yield new WideVector(vector.type(), size, high, low, validity);
            }
            case BITS -> {
                long[] words = new long[Validity.words(size)];
                Arrays.fill(words, value instanceof Value.Bool(boolean bool) && bool ? -1L : 0L);
                yield new BitVector(vector.type(), size, words, validity);
            }
            case BYTES -> {
                byte[] heap = value instanceof Value.Bytes(byte[] bytes) ? bytes : EMPTY;
                int[] length = new int[size];
                Arrays.fill(length, heap.length);
                yield new BytesVector(vector.type(), size, heap, new int[size], length, validity);
            }
        };
    }
}
