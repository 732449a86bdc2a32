package io.basaltdb.query.operator.write;

import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Source;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// One row: how many rows a sink has written.
final class RowCount implements Source {
    private final AtomicLong rowCount = new AtomicLong();

    void add(long more) {
        rowCount.addAndGet(more);
    }

    long value() {
        return rowCount.get();
    }

    @Override
    public int laneLimit() {
        return 1;
    }

    @Override
    public LocalSource local(OperatorContext context) {
        return new LocalSource() {
            private boolean given;

            @Override
            public Progress next() {
                if (given) {
                    return Progress.FINISHED;
                }
                given = true;
                Vector count = new LongVector(Type.BIGINT, 1, new long[] {rowCount.get()}, null);
                return new Progress.Rows(new Batch(1, List.of(count)));
            }

            @Override
            public void close() {}
        };
    }
}
