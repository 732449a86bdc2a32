package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.DynamicFilter;
import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Source;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The groups of a finished aggregation. A lane takes one table after the other, perhaps putting it together just then, and gives the memory of each back when it
/// has been read.
///
/// Where a later operator says which results can still matter, as a top-N by a count does, the keys of other groups are never put together.
public final class AggregateSource implements Source {
    /// What is known of the result of one call.
    ///
    /// @param call index among the calls
    public record ResultFilter(int call, DynamicFilter filter) {}

    private final AggregateSink sink;
    private final List<ResultFilter> filters;
    private final AtomicInteger next = new AtomicInteger();

    AggregateSource(AggregateSink sink, List<ResultFilter> filters) {
        this.sink = sink;
        this.filters = List.copyOf(filters);
    }

    @Override
    public int laneLimit() {
        return sink.tableCount();
    }

    @Override
    public LocalSource local(OperatorContext context) {
        int tableCount = sink.tableCount();
        return new LocalSource() {
            private @Nullable GroupTable table;
            private int position;
            private final ArrayDeque<Batch> ready = new ArrayDeque<>();
            private int[] rows = {};
            private int[] spare = {};

            @Override
            public Progress next() {
                if (!ready.isEmpty()) {
                    return new Progress.Rows(ready.remove());
                }
                GroupTable current = table;
                if (current == null || position == current.count()) {
                    close();
                    int index = next.getAndIncrement();
                    if (index >= tableCount) {
                        return Progress.FINISHED;
                    }
                    current = sink.take(index, context);
                    table = current;
                    position = 0;
                    if (current == null) {
                        return Progress.MORE;
                    }
                }
                int count = Math.min(Batch.MAX_ROWS, current.count() - position);
                List<Vector> results = current.results(position, count);
                Selection selection = select(results, current.present(position, count), count);
                if (selection != null && selection.count() == 0) {
                    position += count;
                    return Progress.MORE;
                }
                ready.addAll(current.batches(position, count, selection, results));
                position += count;
                return new Progress.Rows(ready.remove());
            }

            // The groups whose results can still matter; null where all can.
            private @Nullable Selection select(
                    List<Vector> results, @Nullable Selection present, int count) {
                Selection selection = present;
                for (ResultFilter known : filters) {
                    spare = FlatColumn.grown(spare, count);
                    Selection passed =
                            known.filter().select(results.get(known.call()), selection, spare);
                    if (passed != null) {
                        selection = passed;
                        int[] used = spare;
                        spare = rows;
                        rows = used;
                    }
                }
                return selection;
            }

            @Override
            public void close() {
                GroupTable current = table;
                table = null;
                if (current != null) {
                    current.close();
                }
            }
        };
    }

    @Override
    public void close() {
        sink.close();
    }
}
