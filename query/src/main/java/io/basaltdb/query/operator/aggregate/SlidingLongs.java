package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.rows.LongStore;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Aggregates whose state is a few longs, as [LongStates] has them: one row of it that changes, and a copy of that row per lane of the result, from which the
/// value follows as that of a group does.
final class SlidingLongs extends FrameAggregate {
    private final CallState call;
    private final LongStates.Slot[] slots;
    private final LongStates lanes;
    private final long[] state;
    private final @Nullable LongStore values;

    SlidingLongs(AggregateCall call, Schema input, RowStore rows, Reservation reservation) {
        AggregateShape shape = new AggregateShape(input, List.of(), List.of(call));
        this.call = shape.calls().getFirst();
        this.slots = shape.slots().toArray(LongStates.Slot[]::new);
        this.lanes = new LongStates(shape, reservation);
        this.state = new long[shape.stride()];
        lanes.ensure(Batch.MAX_ROWS);
        this.values =
                !call.arguments().isEmpty()
                                && rows.column(call.arguments().getFirst())
                                        instanceof LongStore longs
                        ? longs
                        : null;
    }

    @Override
    public void clear() {
        Arrays.fill(state, 0);
    }

    @Override
    public void add(int row) {
        LongStore store = values;
        if (store == null) {
            state[slots[0].offset()]++;
        } else {
            change(store.high(row), store.values()[row], 1, isOneWord(store, row));
        }
    }

    @Override
    public void remove(int row) {
        LongStore store = values;
        if (store == null) {
            state[slots[0].offset()]--;
        } else {
            long low = -store.values()[row];
            change(~store.high(row) + (low == 0 ? 1 : 0), low, -1, isOneWord(store, row));
        }
    }

    private static boolean isOneWord(LongStore store, int row) {
        return store.high(row) == store.values()[row] >> 63;
    }

    /// @param sign 1 where (high, low) comes, −1 where its negation goes
    /// @param oneWord whether the value that comes or goes fits one word
    private void change(long high, long low, int sign, boolean oneWord) {
        for (LongStates.Slot slot : slots) {
            int at = slot.offset();
            switch (slot.op()) {
                case COUNT -> state[at] += sign;
                case SUM -> {
                    if (oneWord) {
                        LongStateKernels.add(state, at, high, low);
                    }
                }
                case WIDE_SUM -> {
                    if (!oneWord) {
                        LongStateKernels.addWide(state, at, high, low);
                    }
                }
                case SQUARES -> square(at, low, sign);
                case XOR -> state[at] ^= sign < 0 ? -low : low;
                case MIN, MAX, AND, OR -> throw new AssertionError(slot.op() + " does not slide");
            }
        }
    }

    private void square(int at, long value, int sign) {
        long high = Math.multiplyHigh(value, value);
        long low = value * value;
        if (sign < 0) {
            low = -low;
            high = ~high + (low == 0 ? 1 : 0);
        }
        LongStateKernels.addWide(state, at, high, low);
    }

    @Override
    public void put(int lane) {
        lanes.set(lane, state);
    }

    @Override
    public Vector result(int count) {
        return CallResults.of(call, lanes, List.of(), 0, count);
    }
}
