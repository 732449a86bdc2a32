package io.basaltdb.query.operator.rows;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Values of one bit.
public final class BitStore extends ColumnStore {
    private long[] words = new long[0];

    BitStore(Type type) {
        super(type);
    }

    /// The value of a row that is not null.
    public boolean get(int row) {
        return (words[row >> 6] >>> row & 1) != 0;
    }

    @Override
    public Vector all() {
        return new BitVector(type(), size(), words, validity());
    }

    @Override
    public Vector gather(int[] rows, int count, GatherBuffer target) {
        long[] out = target.bits(count);
        GatherBuffer.gatherBits(words, rows, null, count, out);
        return new BitVector(type(), count, out, gatherValidity(rows, count, target));
    }

    @Override
    public Vector scatter(int[] rows, int[] lanes, int count, int size, GatherBuffer target) {
        long[] out = target.bits(size);
        GatherBuffer.gatherBits(words, rows, lanes, count, out);
        return new BitVector(type(), size, out, scatterValidity(rows, lanes, count, size, target));
    }

    @Override
    long valueBytes() {
        return 8L * words.length;
    }

    @Override
    long valueBytesFor(Vector source, @Nullable Selection rows, int count) {
        return 8L * Math.max(words.length, Validity.words(capacityFor(count)));
    }

    @Override
    void appendValues(Vector source, @Nullable Selection rows, int count) {
        if (words.length < Validity.words(size() + count)) {
            words = Arrays.copyOf(words, Validity.words(capacityFor(count)));
        }
        switch (source) {
            case BitVector(_, _, long[] bits, _) -> Bits.append(words, size(), bits, rows, count);
            case ConstantVector(_, _, Value value, _) -> {
                boolean set = value instanceof Value.Bool(boolean constant) && constant;
                for (int i = size(); i < size() + count; i++) {
                    words[i >> 6] = (words[i >> 6] & ~(1L << i)) | (set ? 1L << i : 0);
                }
            }
            case DictionaryVector(_, int[] codes, var dictionary, _) -> {
                BitVector distinct = (BitVector) dictionary.values();
                for (int i = 0; i < count; i++) {
                    int to = size() + i;
                    boolean set = distinct.get(codes[rows == null ? i : rows.rows()[i]]);
                    words[to >> 6] = (words[to >> 6] & ~(1L << to)) | (set ? 1L << to : 0);
                }
            }
            case LongVector _, WideVector _, DoubleVector _, BytesVector _ ->
                    throw new AssertionError("not a truth value: " + source.type().sql());
        }
    }
}
