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
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Values of one `double`.
public final class DoubleStore extends ColumnStore {
    private double[] values = new double[0];

    DoubleStore(Type type) {
        super(type);
    }

    /// The values; valid until the next append. A null row holds anything.
    public double[] values() {
        return values;
    }

    @Override
    public Vector all() {
        return new DoubleVector(type(), size(), values, validity());
    }

    @Override
    public Vector gather(int[] rows, int count, GatherBuffer target) {
        double[] out = target.doubles(count);
        for (int i = 0; i < count; i++) {
            out[i] = values[rows[i]];
        }
        return new DoubleVector(type(), count, out, gatherValidity(rows, count, target));
    }

    @Override
    public Vector scatter(int[] rows, int[] lanes, int count, int size, GatherBuffer target) {
        double[] out = target.doubles(size);
        for (int i = 0; i < count; i++) {
            out[lanes[i]] = values[rows[i]];
        }
        return new DoubleVector(
                type(), size, out, scatterValidity(rows, lanes, count, size, target));
    }

    @Override
    long valueBytes() {
        return 8L * values.length;
    }

    @Override
    long valueBytesFor(Vector source, @Nullable Selection rows, int count) {
        return 8L * (values.length >= size() + count ? values.length : capacityFor(count));
    }

    @Override
    void appendValues(Vector source, @Nullable Selection rows, int count) {
        if (values.length < size() + count) {
            values = Arrays.copyOf(values, capacityFor(count));
        }
        switch (source) {
            case DoubleVector(_, _, double[] doubles, _) -> copy(doubles, rows, count);
            case ConstantVector(_, _, Value value, _) ->
                    Arrays.fill(
                            values,
                            size(),
                            size() + count,
                            value instanceof Value.Floating(double constant) ? constant : 0);
            case DictionaryVector(_, int[] codes, var dictionary, _) -> {
                double[] distinct = ((DoubleVector) dictionary.values()).values();
                for (int i = 0; i < count; i++) {
                    values[size() + i] = distinct[codes[rows == null ? i : rows.rows()[i]]];
                }
            }
            case LongVector _, WideVector _, BitVector _, BytesVector _ ->
                    throw new AssertionError("not a floating number: " + source.type().sql());
        }
    }

    private void copy(double[] source, @Nullable Selection rows, int count) {
        int at = size();
        if (rows == null) {
            System.arraycopy(source, 0, values, at, count);
        } else {
            int[] chosen = rows.rows();
            for (int i = 0; i < count; i++) {
                values[at + i] = source[chosen[i]];
            }
        }
    }
}
