package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Source;
import io.basaltdb.storage.vector.Batch;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The groups of a finished aggregation. A lane takes one table after the other, and gives the memory of each back when it has been read.
public final class AggregateSource implements Source {
    private final AggregateSink sink;
    private final AtomicInteger next = new AtomicInteger();

    AggregateSource(AggregateSink sink) {
        this.sink = sink;
    }

    @Override
    public int laneLimit() {
        return sink.results().size();
    }

    @Override
    public LocalSource local(OperatorContext context) {
        List<GroupTable> tables = sink.results();
        return new LocalSource() {
            private @Nullable GroupTable table;
            private int position;

            @Override
            public Progress next() {
                GroupTable current = table;
                if (current == null || position == current.count()) {
                    if (current != null) {
                        current.close();
                    }
                    int index = next.getAndIncrement();
                    if (index >= tables.size()) {
                        table = null;
                        return Progress.FINISHED;
                    }
                    current = tables.get(index);
                    table = current;
                    position = 0;
                }
                int count = Math.min(Batch.MAX_ROWS, current.count() - position);
                Batch batch = current.batch(position, count);
                position += count;
                return new Progress.Rows(batch);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {
        sink.close();
    }
}
