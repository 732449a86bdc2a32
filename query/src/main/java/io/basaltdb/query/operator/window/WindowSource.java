package io.basaltdb.query.operator.window;

import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Source;
import io.basaltdb.query.operator.rows.GatherBuffer;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.plan.WindowCall;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The rows of a finished [WindowSink] with the columns of its calls. A lane takes one bucket after the other.
public final class WindowSource implements Source {
    private final WindowSink sink;
    private final PlanNode.Window node;
    private final AtomicInteger nextBucket = new AtomicInteger();

    WindowSource(WindowSink sink, PlanNode.Window node) {
        this.sink = sink;
        this.node = node;
    }

    @Override
    public int laneLimit() {
        return Math.max(1, sink.bucketCount());
    }

    @Override
    public LocalSource local(OperatorContext context) {
        return new Lane(context);
    }

    @Override
    public void close() {
        sink.close();
    }

    private final class Lane implements LocalSource {
        private final OperatorContext context;
        private final RowStore rows = sink.rows();
        private final List<GatherBuffer> buffers = RowStore.buffers(rows.columnCount());
        private final int[] gathered = new int[Batch.MAX_ROWS];
        private final List<CallColumn> columns = new ArrayList<>();
        private final Reservation reservation;
        private @Nullable CallColumns maker;
        private @Nullable Bucket bucket;
        private int position;

        Lane(OperatorContext context) {
            this.context = context;
            this.reservation = context.memory().reserve("a window function");
        }

        @Override
        public Progress next() {
            Bucket current = bucket;
            if (current == null || position == current.count()) {
                endBucket();
                int index = nextBucket.getAndIncrement();
                if (index >= sink.bucketCount()) {
                    return Progress.FINISHED;
                }
                current = sink.bucket(index);
                begin(current);
            }
            int count = Math.min(Batch.MAX_ROWS, current.count() - position);
            System.arraycopy(current.order(), current.from() + position, gathered, 0, count);
            List<Vector> vectors = new ArrayList<>();
            for (int c = 0; c < rows.columnCount(); c++) {
                vectors.add(rows.column(c).gather(gathered, count, buffers.get(c)));
            }
            if (count > 0) {
                columns.forEach(column -> vectors.add(column.next(count)));
            } else {
                node.calls().forEach(call -> vectors.add(empty(call)));
            }
            position += count;
            return new Progress.Rows(new Batch(count, vectors));
        }

        private static Vector empty(WindowCall call) {
            return new io.basaltdb.storage.vector.ConstantVector(
                    call.type(), 0, io.basaltdb.storage.type.Value.NULL);
        }

        private void begin(Bucket next) {
            bucket = next;
            position = 0;
            CallColumns made = maker;
            if (made == null) {
                made = new CallColumns(node, next, rows, context, reservation);
                maker = made;
            }
            columns.addAll(made.make(next));
        }

        private void endBucket() {
            bucket = null;
            columns.forEach(CallColumn::close);
            columns.clear();
            reservation.resize(0);
        }

        @Override
        public void close() {
            endBucket();
            reservation.close();
        }
    }
}
