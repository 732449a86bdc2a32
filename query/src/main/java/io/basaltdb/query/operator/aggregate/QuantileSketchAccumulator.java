package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.function.AggregateParameters;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.nested.NestedWriter;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// APPROX_QUANTILE and its states: a [QuantileSketch] for each group. The argument is doubles, or states of such sketches.
final class QuantileSketchAccumulator implements Accumulator {
    private final AccumulatorMaker.Quantiles call;
    private final Reservation reservation;
    private @Nullable QuantileSketch[] sketches = {};

    QuantileSketchAccumulator(AccumulatorMaker.Quantiles call, Reservation reservation) {
        this.call = call;
        this.reservation = reservation;
    }

    @Override
    public void ensure(int groupCount) {
        if (groupCount > sketches.length) {
            int size = Math.max(groupCount, 2 * sketches.length);
            reservation.grow(8L * (size - sketches.length));
            sketches = Arrays.copyOf(sketches, size);
        }
    }

    @Override
    public void add(RowBlock block, int @Nullable [] groups) {
        FlatColumn column = block.inputs[call.input()];
        long[] rows = call.mask() < 0 ? null : block.mask(call.mask());
        for (int i = 0; i < block.count; i++) {
            if (rows != null && (rows[i >> 6] >>> i & 1) == 0) {
                continue;
            }
            int group = groups == null ? 0 : groups[i];
            QuantileSketch sketch = sketch(group);
            long before = sketch.sizeBytes();
            if (call.ofStates()) {
                sketch.merge(QuantileSketch.read(column.heap, column.start[i], column.length[i]));
            } else {
                sketch.add(column.doubles[i]);
            }
            reserve(sketch, before);
        }
    }

    private void reserve(QuantileSketch sketch, long before) {
        long more = sketch.sizeBytes() - before;
        if (more > 0) {
            reservation.grow(more);
        } else if (more < 0) {
            reservation.shrink(-more);
        }
    }

    private QuantileSketch sketch(int group) {
        QuantileSketch sketch = sketches[group];
        if (sketch == null) {
            sketch = new QuantileSketch();
            reservation.grow(sketch.sizeBytes());
            sketches[group] = sketch;
        }
        return sketch;
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        QuantileSketchAccumulator source = (QuantileSketchAccumulator) other;
        for (int i = 0; i < count; i++) {
            QuantileSketch theirs = source.sketches[from[i]];
            if (theirs != null) {
                QuantileSketch mine = sketch(to[i]);
                long before = mine.sizeBytes();
                mine.merge(theirs);
                reserve(mine, before);
            }
        }
    }

    @Override
    public Vector result(int first, int count) {
        throw new AssertionError("its calls say what of it they give");
    }

    /// The quantiles of the call, or the states.
    Vector result(AggregateParameters parameters, Type type, int first, int count) {
        long[] validity = new long[Validity.words(count)];
        for (int i = 0; i < count; i++) {
            QuantileSketch sketch = sketches[first + i];
            if (sketch != null && !sketch.isEmpty()) {
                Validity.setValid(validity, i);
            }
        }
        return switch (type) {
            case Type.Binary _ -> states(first, count);
            case Type.Array _ -> lists(parameters.numbers(), type, first, count, validity);
            default -> {
                double[] out = new double[count];
                for (int i = 0; i < count; i++) {
                    QuantileSketch sketch = sketches[first + i];
                    if (sketch != null && Validity.isValid(validity, i)) {
                        out[i] = sketch.quantile(parameters.number());
                    }
                }
                yield new DoubleVector(Type.DOUBLE, count, out, validity);
            }
        };
    }

    private Vector lists(List<Double> fractions, Type type, int first, int count, long[] validity) {
        NestedWriter out = new NestedWriter();
        out.begin(count);
        for (int i = 0; i < count; i++) {
            QuantileSketch sketch = sketches[first + i];
            if (sketch != null && Validity.isValid(validity, i)) {
                for (double fraction : fractions) {
                    out.putDouble(sketch.quantile(fraction));
                }
                out.end(i);
            }
        }
        return out.vector(type, count, validity);
    }

    private Vector states(int first, int count) {
        byte[][] states = new byte[count][];
        for (int i = 0; i < count; i++) {
            QuantileSketch sketch = sketches[first + i];
            states[i] = (sketch == null ? new QuantileSketch() : sketch).write();
        }
        return StateBytes.vector(states);
    }
}
