package io.basaltdb.query.operator.filter;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Projector;
import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Source;
import io.basaltdb.storage.vector.Batch;
import java.util.List;

/// Rows of expressions without columns, one batch per row, in the order in which they stand.
public final class RowsSource implements Source {
    private static final Batch ONE_ROW = new Batch(1, List.of());

    private final List<List<Expression>> rows;

    public RowsSource(List<List<Expression>> rows) {
        this.rows = List.copyOf(rows);
    }

    @Override
    public int laneLimit() {
        return 1;
    }

    @Override
    public LocalSource local(OperatorContext context) {
        return new LocalSource() {
            private int next;

            @Override
            public Progress next() {
                if (next == rows.size()) {
                    return Progress.FINISHED;
                }
                Projector row = Projector.of(rows.get(next++), context.evaluation());
                return new Progress.Rows(row.project(ONE_ROW));
            }

            @Override
            public void close() {}
        };
    }
}
