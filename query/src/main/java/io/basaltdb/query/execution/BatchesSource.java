package io.basaltdb.query.execution;

import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Source;
import io.basaltdb.storage.vector.Batch;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Batches that are kept by somebody else until the query ends.
final class BatchesSource implements Source {
    private final List<Batch> batches;
    private final AtomicInteger next = new AtomicInteger();

    BatchesSource(List<Batch> batches) {
        this.batches = batches;
    }

    @Override
    public int laneLimit() {
        return Math.max(1, batches.size());
    }

    @Override
    public LocalSource local(OperatorContext context) {
        return new LocalSource() {
            @Override
            public Progress next() {
                int mine = next.getAndIncrement();
                return mine < batches.size()
                        ? new Progress.Rows(batches.get(mine))
                        : Progress.FINISHED;
            }

            @Override
            public void close() {}
        };
    }
}
