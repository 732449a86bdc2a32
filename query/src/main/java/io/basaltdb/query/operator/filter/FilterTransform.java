package io.basaltdb.query.operator.filter;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Filter;
import io.basaltdb.query.operator.Compactor;
import io.basaltdb.query.operator.LocalTransform;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Transform;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import org.jspecify.annotations.Nullable;

/// Keeps the rows for which a condition is true.
public final class FilterTransform implements Transform {
    private final Expression condition;

    public FilterTransform(Expression condition) {
        this.condition = condition;
    }

    @Override
    public LocalTransform local(OperatorContext context) {
        Filter predicate = Filter.of(condition, context.evaluation());
        Compactor compactor = new Compactor();
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
                Selection rows = predicate.select(input);
                return rows != null && rows.count() == 0
                        ? null
                        : compactor.compactIfSparse(input.withSelection(rows));
            }

            @Override
            public void close() {}
        };
    }
}
