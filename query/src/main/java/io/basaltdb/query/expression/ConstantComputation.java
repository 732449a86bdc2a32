package io.basaltdb.query.expression;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// The same value in every row.
final class ConstantComputation extends Computation {
    private ConstantVector vector;

    ConstantComputation(Value value, Type type) {
        super(type);
        this.vector = new ConstantVector(type, Batch.MAX_ROWS, value);
    }

    Value value() {
        return vector.value();
    }

    @Override
    Vector compute(Batch batch, @Nullable Selection live) {
        if (vector.size() != batch.size()) {
            vector = new ConstantVector(type, batch.size(), vector.value());
        }
        return vector;
    }
}
