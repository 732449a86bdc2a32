package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.rows.GatherBuffer;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The value of any aggregate over rows that only come: the frames of a window that begin with their partition. Each partition is a group. For one thread.
public final class GrowingAggregate implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 2048;

    private final AggregateShape shape;
    private final CallStates states;
    private final RowBlock block;
    private final RowStore rows;
    private final List<GatherBuffer> buffers = new ArrayList<>();
    private final int[] gathered = new int[ROWS_AT_ONCE];
    private final Reservation reservation;
    private int group = -1;

    /// @param partitionColumns those of the window; without any there is one partition
    public GrowingAggregate(
            AggregateCall call,
            Schema input,
            List<Integer> partitionColumns,
            RowStore rows,
            MemoryBudget memory) {
        this.shape = new AggregateShape(input, partitionColumns, List.of(call));
        this.reservation = memory.reserve("a window function");
        this.states = new CallStates(shape, reservation);
        this.block = new RowBlock(shape);
        this.rows = rows;
        for (int i = 0; i < shape.inputColumns().size(); i++) {
            buffers.add(new GatherBuffer());
        }
    }

    /// Begins the next partition, without rows.
    public void beginPartition() {
        group++;
        states.ensure(group + 1);
    }

    /// Adds the rows `order[from]` … `order[to − 1]` to the partition.
    public void add(int[] order, int from, int to) {
        for (int at = from; at < to; at += ROWS_AT_ONCE) {
            int count = Math.min(ROWS_AT_ONCE, to - at);
            System.arraycopy(order, at, gathered, 0, count);
            block.begin(count);
            for (int i = 0; i < buffers.size(); i++) {
                Vector vector =
                        rows.column(shape.inputColumns().get(i))
                                .gather(gathered, count, buffers.get(i));
                block.inputs[i].set(vector, null, count);
            }
            Arrays.fill(block.groups, 0, count, group);
            states.add(block, block.groups);
        }
    }

    /// The value over the rows so far, in one lane.
    public Vector result() {
        return states.result(0, group, 1);
    }

    @Override
    public void close() {
        reservation.close();
    }
}
