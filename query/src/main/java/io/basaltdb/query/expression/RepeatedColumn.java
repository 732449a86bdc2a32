package io.basaltdb.query.expression;

import io.basaltdb.query.function.BitLanes;
import io.basaltdb.query.function.BytesLanes;
import io.basaltdb.query.function.DoubleLanes;
import io.basaltdb.query.function.LongLanes;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.function.WideLanes;
import io.basaltdb.query.kernel.Bits;
import io.basaltdb.query.kernel.Gather;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import org.jspecify.annotations.Nullable;

/// A column of a batch, repeated for what each of its rows has several of. Texts are not copied; what is constant and what is coded stays so.
final class RepeatedColumn {
    private final Type type;
    private final LongLanes longs = new LongLanes();
    private final DoubleLanes doubles = new DoubleLanes();
    private final WideLanes wide = new WideLanes();
    private final BitLanes bits = new BitLanes();
    private final BytesLanes bytes = new BytesLanes();
    private long[] low = {};
    private long[] high = {};
    private long[] valid = {};
    private double[] floats = {};
    private int[] start = {};
    private int[] length = {};

    RepeatedColumn(Type type) {
        this.type = type;
    }

    /// The rows named by the first `count` of `rows`, of a vector of `size` lanes; lent until the next call.
    Vector repeated(Vector vector, int size, int[] rows, int count) {
        return switch (vector) {
            case ConstantVector constant -> new ConstantVector(type, count, constant.value());
            case DictionaryVector coded -> {
                start = Scratch.ints(start, count);
                Gather.ints(coded.codes(), rows, start, count);
                yield new DictionaryVector(
                        count, start, coded.dictionary(), validity(vector, rows, count));
            }
            case LongVector _, DoubleVector _, WideVector _, BitVector _, BytesVector _ ->
                    flat(vector, size, rows, count);
        };
    }

    private Vector flat(Vector vector, int size, int[] rows, int count) {
        long @Nullable [] validity = validity(vector, rows, count);
        return switch (type.physical()) {
            case LONG -> {
                low = Scratch.longs(low, count);
                Gather.longs(longs.read(vector, size), rows, low, count);
                yield new LongVector(type, count, low, validity);
            }
            case DOUBLE -> {
                floats = Scratch.doubles(floats, count);
                Gather.doubles(doubles.read(vector, size), rows, floats, count);
                yield new DoubleVector(type, count, floats, validity);
            }
            case WIDE -> {
                wide.read(vector, size);
                low = Scratch.longs(low, count);
                high = Scratch.longs(high, count);
                Gather.longs(wide.low(), rows, low, count);
                Gather.longs(wide.high(), rows, high, count);
                yield new WideVector(type, count, high, low, validity);
            }
            case BITS -> {
                low = Scratch.longs(low, Validity.words(count));
                Bits.gather(bits.read(vector, size), rows, low, count);
                yield new BitVector(type, count, low, validity);
            }
            case BYTES -> {
                bytes.read(vector, size);
                start = Scratch.ints(start, count);
                length = Scratch.ints(length, count);
                Gather.ints(bytes.start(), rows, start, count);
                Gather.ints(bytes.length(), rows, length, count);
                yield new BytesVector(type, count, bytes.heap(), start, length, validity);
            }
        };
    }

    private long @Nullable [] validity(Vector vector, int[] rows, int count) {
        long @Nullable [] words = vector.validity();
        if (words == null) {
            return null;
        }
        valid = Scratch.longs(valid, Validity.words(count));
        Bits.gather(words, rows, valid, count);
        return valid;
    }
}
