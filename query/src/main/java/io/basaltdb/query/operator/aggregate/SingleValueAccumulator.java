package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// SINGLE_VALUE: the value of the only row, which may be NULL; a second row is an error.
final class SingleValueAccumulator implements Accumulator {
    private final AccumulatorMaker.Single call;
    private final ValueStore values;
    private final GroupBits seen;
    private final GroupBits valid;

    SingleValueAccumulator(AccumulatorMaker.Single call, Reservation reservation) {
        this.call = call;
        this.values = ValueStore.of(call.type(), reservation);
        this.seen = new GroupBits(reservation);
        this.valid = new GroupBits(reservation);
    }

    @Override
    public void ensure(int groupCount) {
        values.ensure(groupCount);
        seen.ensure(groupCount);
        valid.ensure(groupCount);
    }

    @Override
    public void add(RowBlock block, int @Nullable [] groups) {
        long[] rows = call.mask() < 0 ? null : block.mask(call.mask());
        for (int i = 0; i < block.count; i++) {
            if (rows == null || (rows[i >> 6] >>> i & 1) != 0) {
                int group = groups == null ? 0 : groups[i];
                see(group);
                if (!block.inputs[call.input()].isNull(i)) {
                    values.set(block, call.input(), i, group);
                    valid.set(group);
                }
            }
        }
    }

    private void see(int group) {
        if (seen.get(group)) {
            throw new BasaltException(
                    ErrorCode.CARDINALITY_VIOLATION,
                    "a sub-query that is used as a value gives more than one row; add a condition,"
                            + " an aggregate function or LIMIT 1");
        }
        seen.set(group);
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        SingleValueAccumulator source = (SingleValueAccumulator) other;
        for (int i = 0; i < count; i++) {
            if (source.seen.get(from[i])) {
                see(to[i]);
                if (source.valid.get(from[i])) {
                    values.set(source.values, from[i], to[i]);
                    valid.set(to[i]);
                }
            }
        }
    }

    @Override
    public Vector result(int first, int count) {
        return values.result(first, count, valid.validity(first, count));
    }
}
