package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// ARG_MIN and ARG_MAX: the value where the key is least or greatest; of equal keys the smallest value, so that the answer does not depend on the order
/// of the rows. Rows where either is NULL do not count.
final class ArgExtremeAccumulator implements Accumulator {
    private final AccumulatorMaker.ArgExtreme call;
    private final ValueStore values;
    private final ValueStore keys;
    private final GroupBits present;

    ArgExtremeAccumulator(AccumulatorMaker.ArgExtreme call, Reservation reservation) {
        this.call = call;
        this.values = ValueStore.of(call.valueType(), reservation);
        this.keys = ValueStore.of(call.keyType(), reservation);
        this.present = new GroupBits(reservation);
    }

    @Override
    public void ensure(int groupCount) {
        values.ensure(groupCount);
        keys.ensure(groupCount);
        present.ensure(groupCount);
    }

    @Override
    public void add(RowBlock block, int @Nullable [] groups) {
        long[] rows = call.mask() < 0 ? null : block.mask(call.mask());
        for (int i = 0; i < block.count; i++) {
            if (rows == null || (rows[i >> 6] >>> i & 1) != 0) {
                add(block, i, groups == null ? 0 : groups[i]);
            }
        }
    }

    private void add(RowBlock block, int row, int group) {
        if (present.get(group)) {
            int order = keys.compare(block, call.key(), row, group);
            order = call.greatest() ? -order : order;
            if (order > 0 || (order == 0 && values.compare(block, call.value(), row, group) >= 0)) {
                return;
            }
        }
        keys.set(block, call.key(), row, group);
        values.set(block, call.value(), row, group);
        present.set(group);
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        ArgExtremeAccumulator source = (ArgExtremeAccumulator) other;
        for (int i = 0; i < count; i++) {
            if (source.present.get(from[i])) {
                merge(source, from[i], to[i]);
            }
        }
    }

    private void merge(ArgExtremeAccumulator source, int from, int to) {
        if (present.get(to)) {
            int order = keys.compare(source.keys, from, to);
            order = call.greatest() ? -order : order;
            if (order > 0 || (order == 0 && values.compare(source.values, from, to) >= 0)) {
                return;
            }
        }
        keys.set(source.keys, from, to);
        values.set(source.values, from, to);
        present.set(to);
    }

    @Override
    public Vector result(int first, int count) {
        return values.result(first, count, present.validity(first, count));
    }
}
