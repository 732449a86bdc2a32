package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.function.ArgumentColumn;
import io.basaltdb.query.function.UserAggregate;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.vector.Vector;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An aggregate that a user wrote: an object of the user's class for each group. What such an object holds is not known, so a guess is reserved.
final class JavaAccumulator implements Accumulator {
    private static final int STATE_BYTES = 64;

    private final AccumulatorMaker.Java call;
    private final UserAggregate code;
    private final Reservation reservation;
    private final @Nullable Object[] arguments;
    private @Nullable Object[] states = {};

    JavaAccumulator(AccumulatorMaker.Java call, Reservation reservation) {
        this.call = call;
        this.code = call.code();
        this.reservation = reservation;
        this.arguments = new Object[call.inputs().size()];
    }

    @Override
    public void ensure(int groupCount) {
        if (groupCount > states.length) {
            int size = Math.max(groupCount, 2 * states.length);
            reservation.grow((8L + STATE_BYTES) * (size - states.length));
            states = Arrays.copyOf(states, size);
        }
    }

    @Override
    public void add(RowBlock block, int @Nullable [] groups) {
        List<ArgumentColumn> columns = new ArrayList<>();
        for (int input : call.inputs()) {
            columns.add(new FlatArgument(block.inputs[input]));
        }
        long[] rows = call.mask() < 0 ? null : block.mask(call.mask());
        for (int i = 0; i < block.count; i++) {
            if (rows == null || (rows[i >> 6] >>> i & 1) != 0) {
                code.accumulate(state(groups == null ? 0 : groups[i]), columns, i, arguments);
            }
        }
    }

    private Object state(int group) {
        Object state = states[group];
        if (state == null) {
            state = code.newState();
            states[group] = state;
        }
        return state;
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        JavaAccumulator source = (JavaAccumulator) other;
        for (int i = 0; i < count; i++) {
            Object theirs = source.states[from[i]];
            if (theirs != null) {
                code.merge(state(to[i]), theirs);
            }
        }
    }

    @Override
    public Vector result(int first, int count) {
        List<Object> chosen = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            chosen.add(state(first + i));
        }
        return code.finish(chosen);
    }

    /// A flat column as the user's code is given it.
    private record FlatArgument(FlatColumn column) implements ArgumentColumn {
        @Override
        public boolean isNull(int row) {
            return column.isNull(row);
        }

        @Override
        public long whole(int row) {
            return column.longs[row];
        }

        @Override
        public double floating(int row) {
            return column.doubles[row];
        }

        @Override
        public BigInteger number(int row) {
            BigInteger low = BigInteger.valueOf(column.longs[row]);
            if (column.physical == Physical.LONG || column.narrow) {
                return low;
            }
            return BigInteger.valueOf(column.high[row])
                    .shiftLeft(64)
                    .add(low.signum() < 0 ? low.add(BigInteger.ONE.shiftLeft(64)) : low);
        }

        @Override
        public byte[] heap() {
            return column.heap;
        }

        @Override
        public int start(int row) {
            return column.start[row];
        }

        @Override
        public int length(int row) {
            return column.length[row];
        }
    }
}
