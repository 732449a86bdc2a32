package io.basaltdb.storage.part;

import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/// The 64-bit hash of a primary key. It is part of the format: the key indexes of parts are built over it.
///
/// The hash of a key begins with 0 and takes its columns in order: `h = mix(h + mix(value))`, where `mix` is the finisher of MurmurHash3. A
/// whole number is the 64-bit word; a number of 128 bits adds its high half to the mixed low one where it is more than the low one's
/// sign; a double is its bits with −0.0 as 0.0 and one NaN; a truth value is 0 or 1; a text takes its bytes 8 at a time, little-endian, the
/// last ones filled up with zeros, into a hash that begins with its length. Equal values of one type have equal hashes however they lie.
public final class KeyHash {
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private KeyHash() {}

    /// The hashes of `count` lanes, beginning with lane `from`.
    ///
    /// @param columns of the key, in its order, without nulls
    public static long[] of(List<Vector> columns, int from, int count) {
        long[] hashes = new long[count];
        for (Vector column : columns) {
            add(column, from, hashes);
        }
        return hashes;
    }

    private static void add(Vector column, int from, long[] hashes) {
        int count = hashes.length;
        switch (column) {
            case LongVector longs -> addLongs(longs.values(), from, hashes);
            case DoubleVector doubles -> {
                for (int i = 0; i < count; i++) {
                    hashes[i] = next(hashes[i], bits(doubles.values()[from + i]));
                }
            }
            case WideVector wide -> {
                for (int i = 0; i < count; i++) {
                    hashes[i] = next(hashes[i], word(wide.high()[from + i], wide.low()[from + i]));
                }
            }
            case BitVector bits -> {
                for (int i = 0; i < count; i++) {
                    hashes[i] = next(hashes[i], bits.get(from + i) ? 1 : 0);
                }
            }
            case BytesVector text -> {
                for (int i = 0; i < count; i++) {
                    int lane = from + i;
                    hashes[i] =
                            next(
                                    hashes[i],
                                    bytes(text.heap(), text.start()[lane], text.length()[lane]));
                }
            }
            case DictionaryVector dictionary -> addDictionary(dictionary, from, hashes);
            case ConstantVector constant -> {
                long value = value(constant.value());
                for (int i = 0; i < count; i++) {
                    hashes[i] = next(hashes[i], value);
                }
            }
        }
    }

    private static void addLongs(long[] values, int from, long[] hashes) {
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = next(hashes[i], values[from + i]);
        }
    }

    /// Each distinct value is mixed once.
    private static void addDictionary(DictionaryVector vector, int from, long[] hashes) {
        int count = hashes.length;
        Vector values = vector.dictionary().values();
        int[] codes = vector.codes();
        if (values.size() > count) {
            for (int i = 0; i < count; i++) {
                hashes[i] = next(hashes[i], lane(values, codes[from + i]));
            }
            return;
        }
        long[] words = new long[values.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = lane(values, i);
        }
        for (int i = 0; i < count; i++) {
            hashes[i] = next(hashes[i], words[codes[from + i]]);
        }
    }

    private static long lane(Vector flat, int lane) {
        return switch (flat) {
            case LongVector longs -> longs.values()[lane];
            case DoubleVector doubles -> bits(doubles.values()[lane]);
            case WideVector wide -> word(wide.high()[lane], wide.low()[lane]);
            case BitVector bits -> bits.get(lane) ? 1 : 0;
            case BytesVector text -> bytes(text.heap(), text.start()[lane], text.length()[lane]);
            case DictionaryVector _, ConstantVector _ ->
                    throw new AssertionError("a dictionary's values are flat");
        };
    }

    private static long value(Value value) {
        return switch (value) {
            case Value.Whole(long whole) -> whole;
            case Value.Wide(long high, long low) -> word(high, low);
            case Value.Floating(double real) -> bits(real);
            case Value.Bool(boolean bool) -> bool ? 1 : 0;
            case Value.Bytes(byte[] bytes) -> bytes(bytes, 0, bytes.length);
            case Value.Null _ -> 0;
        };
    }

    private static long bits(double value) {
        return Double.doubleToLongBits(value + 0.0);
    }

    private static long word(long high, long low) {
        return high == low >> 63 ? low : mix(low) + high;
    }

    private static long bytes(byte[] heap, int start, int length) {
        long hash = length;
        int at = start;
        int end = start + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = next(hash, (long) WORDS.get(heap, at));
        }
        long last = 0;
        for (int shift = 0; at < end; at++, shift += Byte.SIZE) {
            last |= (heap[at] & 0xffL) << shift;
        }
        return next(hash, last);
    }

    private static long next(long hash, long word) {
        return mix(hash + mix(word));
    }

    private static long mix(long word) {
        long mixed = (word ^ word >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
