package io.basaltdb.query.expression;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.function.ScalarLoop;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A conversion to another type.
final class CastComputation extends Computation {
    private final Computation operand;
    private final ScalarLoop loop;

    CastComputation(Computation operand, Type type, boolean orNull, EvaluationContext context) {
        super(type);
        this.operand = operand;
        this.loop = Casts.loop(operand.type, type, orNull, context.zone());
    }

    @Override
    Vector compute(Batch batch, @Nullable Selection live) {
        Vector vector = operand.compute(batch, live);
        if ((vector instanceof ConstantVector constant && constant.value().isNull())
                || operand.type instanceof Type.Null
                || batch.size() == 0) {
            return new ConstantVector(type, batch.size(), Value.NULL);
        }
        return loop.evaluate(List.of(vector), batch.size(), live);
    }
}
