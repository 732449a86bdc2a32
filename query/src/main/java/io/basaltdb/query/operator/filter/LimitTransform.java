package io.basaltdb.query.operator.filter;

import io.basaltdb.query.operator.LocalTransform;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Transform;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Passes `limit` rows after the first `offset`, whichever lane they come from. Rows that come in order through one lane stay in order.
public final class LimitTransform implements Transform {
    private final long offset;
    private final long end;

    /// Rows that have come so far, in all lanes.
    private final AtomicLong seen = new AtomicLong();

    /// @param limit `Long.MAX_VALUE` for none
    public LimitTransform(long limit, long offset) {
        assert limit >= 0 && offset >= 0;
        this.offset = offset;
        this.end = limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + limit;
    }

    @Override
    public LocalTransform local(OperatorContext context) {
        return new LocalTransform() {
            private @Nullable Batch pending;

            @Override
            public void accept(Batch input) {
                pending = input;
            }

            @Override
            public @Nullable Batch produce() {
                Batch input = pending;
                pending = null;
                if (input == null) {
                    return null;
                }
                int count = input.rowCount();
                long first = seen.getAndAdd(count);
                int from = Math.clamp(offset - first, 0, count);
                int to = Math.clamp(end - first, 0, count);
                return from >= to ? null : slice(input, from, to);
            }

            @Override
            public boolean isFinished() {
                return seen.get() >= end;
            }

            @Override
            public void close() {}
        };
    }

    /// The rows `from` … `to` − 1 of the batch.
    private static Batch slice(Batch batch, int from, int to) {
        if (from == 0 && to == batch.rowCount()) {
            return batch;
        }
        Selection selection = batch.selection();
        int[] rows;
        if (selection == null) {
            rows = new int[to - from];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = from + i;
            }
        } else {
            rows = Arrays.copyOfRange(selection.rows(), from, to);
        }
        return batch.withSelection(new Selection(rows, rows.length));
    }
}
