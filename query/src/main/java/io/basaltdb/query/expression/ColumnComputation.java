package io.basaltdb.query.expression;

import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// A column of the batch as it is.
final class ColumnComputation extends Computation {
    private final int index;

    ColumnComputation(Expression.Column column) {
        super(column.type());
        this.index = column.index();
    }

    @Override
    Vector compute(Batch batch, @Nullable Selection live) {
        return batch.column(index);
    }
}
