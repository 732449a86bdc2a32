package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// MIN and MAX of texts and wide numbers.
final class ExtremeAccumulator implements Accumulator {
    private final AccumulatorMaker.Extreme call;
    private final ValueStore values;
    private final GroupBits present;

    ExtremeAccumulator(AccumulatorMaker.Extreme call, Reservation reservation) {
        this.call = call;
        this.values = ValueStore.of(call.type(), reservation);
        this.present = new GroupBits(reservation);
    }

    @Override
    public void ensure(int groupCount) {
        values.ensure(groupCount);
        present.ensure(groupCount);
    }

    @Override
    public void add(RowBlock block, int @Nullable [] groups) {
        long[] rows = call.mask() < 0 ? null : block.mask(call.mask());
        for (int i = 0; i < block.count; i++) {
            if (rows == null || (rows[i >> 6] >>> i & 1) != 0) {
                int group = groups == null ? 0 : groups[i];
                if (!present.get(group)
                        || isBetter(values.compare(block, call.input(), i, group))) {
                    values.set(block, call.input(), i, group);
                    present.set(group);
                }
            }
        }
    }

    private boolean isBetter(int order) {
        return call.greatest() ? order > 0 : order < 0;
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        ExtremeAccumulator source = (ExtremeAccumulator) other;
        for (int i = 0; i < count; i++) {
            if (source.present.get(from[i])
                    && (!present.get(to[i])
                            || isBetter(values.compare(source.values, from[i], to[i])))) {
                values.set(source.values, from[i], to[i]);
                present.set(to[i]);
            }
        }
    }

    @Override
    public Vector result(int first, int count) {
        return values.result(first, count, present.validity(first, count));
    }
}
