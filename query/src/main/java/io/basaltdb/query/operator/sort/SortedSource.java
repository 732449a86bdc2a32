package io.basaltdb.query.operator.sort;

import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.operator.Source;
import io.basaltdb.query.operator.rows.GatherBuffer;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.storage.vector.Batch;
import java.util.List;

/// Gives the rows of a finished [SortSink] or [TopNSink] in order. Only one lane of its pipeline may run, or the order is lost.
public final class SortedSource implements Source {
    private final SortState state;

    /// @param sink a [SortSink] or [TopNSink]
    public SortedSource(Sink sink) {
        this.state = (SortState) sink;
    }

    @Override
    public int laneLimit() {
        return 1;
    }

    @Override
    public void close() {
        state.close();
    }

    @Override
    public LocalSource local(OperatorContext context) {
        assert context.laneCount() == 1 : "an order has one lane";
        return new Merge(state.sorted());
    }

    /// Merges the runs; with few runs the least head is found by looking at each.
    private static final class Merge implements LocalSource {
        private final SortedRows sorted;
        private final int[] heads;
        private final int[] picked = new int[Batch.MAX_ROWS];
        private final List<GatherBuffer> buffers;
        private long left;

        Merge(SortedRows sorted) {
            this.sorted = sorted;
            this.heads = new int[sorted.runEnds().length];
            for (int r = 1; r < heads.length; r++) {
                heads[r] = sorted.runEnds()[r - 1];
            }
            this.buffers = RowStore.buffers(sorted.rows().columnCount());
            this.left = sorted.limit();
            skip(sorted.offset());
        }

        private void skip(long rows) {
            for (long i = 0; i < rows; i++) {
                int run = leastRun();
                if (run < 0) {
                    return;
                }
                heads[run]++;
            }
        }

        @Override
        public Progress next() {
            int count = 0;
            int most = (int) Math.min(left, Batch.MAX_ROWS);
            while (count < most) {
                int run = leastRun();
                if (run < 0) {
                    break;
                }
                picked[count++] = sorted.order()[heads[run]++];
            }
            left -= count;
            return count == 0
                    ? Progress.FINISHED
                    : new Progress.Rows(sorted.rows().gather(picked, count, buffers));
        }

        /// The run whose next row comes first, −1 when all are used up.
        private int leastRun() {
            int least = -1;
            for (int r = 0; r < heads.length; r++) {
                if (heads[r] < sorted.runEnds()[r]
                        && (least < 0
                                || sorted.keys()
                                                .compare(
                                                        sorted.order()[heads[r]],
                                                        sorted.order()[heads[least]])
                                        < 0)) {
                    least = r;
                }
            }
            return least;
        }

        @Override
        public void close() {}
    }
}
