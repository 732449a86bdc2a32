package io.basaltdb.query.operator.window;

import io.basaltdb.query.operator.aggregate.GrowingAggregate;
import io.basaltdb.query.operator.rows.GatherBuffer;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.util.List;

/// An aggregate over frames that rows only join: its value is asked for again when some have.
final class GrowingColumn extends CallColumn {
    private final Frame frame;
    private final Bucket bucket;
    private final GrowingAggregate aggregate;
    private final MemoryBudget memory;
    private final Type type;
    private final int[] valueOfLane = new int[Batch.MAX_ROWS];
    private final List<GatherBuffer> buffers = RowStore.buffers(1);
    private RowStore values;
    private int end;

    GrowingColumn(
            Frame frame,
            Bucket bucket,
            GrowingAggregate aggregate,
            Type type,
            MemoryBudget memory) {
        this.frame = frame;
        this.bucket = bucket;
        this.aggregate = aggregate;
        this.memory = memory;
        this.type = type;
        this.values = newValues();
    }

    private RowStore newValues() {
        return new RowStore(List.of(type), memory, "a window function");
    }

    @Override
    Vector next(int count) {
        values.close();
        values = newValues();
        for (int i = 0; i < count; i++) {
            boolean begins = frame.advance();
            if (begins) {
                aggregate.beginPartition();
                end = frame.from[0];
            }
            if (i == 0 || begins || frame.to[0] > end) {
                int first = bucket.from();
                aggregate.add(bucket.order(), first + end, first + Math.max(end, frame.to[0]));
                end = Math.max(end, frame.to[0]);
                values.append(new Batch(1, List.of(aggregate.result())));
            }
            valueOfLane[i] = values.rowCount() - 1;
        }
        return values.gather(valueOfLane, count, buffers).column(0);
    }

    @Override
    public void close() {
        values.close();
        aggregate.close();
    }
}
