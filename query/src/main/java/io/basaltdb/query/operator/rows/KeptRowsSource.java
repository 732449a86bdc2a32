package io.basaltdb.query.operator.rows;

import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Source;
import io.basaltdb.storage.vector.Batch;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// One reading of the rows that a finished [KeptRows] holds, in any order.
public final class KeptRowsSource implements Source {
    private final KeptRows rows;
    private final AtomicInteger nextBatch = new AtomicInteger();

    public KeptRowsSource(KeptRows rows) {
        this.rows = rows;
    }

    @Override
    public int laneLimit() {
        return Math.max(1, rows.stores().stream().mapToInt(KeptRowsSource::batches).sum());
    }

    private static int batches(RowStore store) {
        return (int) (((long) store.rowCount() + Batch.MAX_ROWS - 1) / Batch.MAX_ROWS);
    }

    @Override
    public LocalSource local(OperatorContext context) {
        return new Reading();
    }

    private final class Reading implements LocalSource {
        private final int[] picked = new int[Batch.MAX_ROWS];
        private final List<GatherBuffer> buffers = RowStore.buffers(rows.columnCount());

        @Override
        public Progress next() {
            int batch = nextBatch.getAndIncrement();
            for (RowStore store : rows.stores()) {
                int batches = batches(store);
                if (batch < batches) {
                    return new Progress.Rows(batch(store, batch * Batch.MAX_ROWS));
                }
                batch -= batches;
            }
            return Progress.FINISHED;
        }

        private Batch batch(RowStore store, int from) {
            int count = Math.min(Batch.MAX_ROWS, store.rowCount() - from);
            for (int i = 0; i < count; i++) {
                picked[i] = from + i;
            }
            return store.gather(picked, count, buffers);
        }

        @Override
        public void close() {}
    }
}
