package io.basaltdb.query.expression;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.util.List;

/// Computes an expression batch by batch. Bound to one execution; for one thread.
///
/// Only rows that the batch selects must be right, and only they may raise an error; the other lanes of what it gives hold anything.
public final class Evaluator {
    private final Computation computation;
    private final SharedComputation.Clock clock;

    private Evaluator(Computation computation, SharedComputation.Clock clock) {
        this.computation = computation;
        this.clock = clock;
    }

    public static Evaluator of(Expression expression, EvaluationContext context) {
        EvaluationBuilder builder = new EvaluationBuilder(List.of(expression), context);
        return new Evaluator(builder.build(expression), builder.clock());
    }

    /// @return as many lanes as the batch has, lent until the next call; may be a vector of the batch itself
    public Vector evaluate(Batch batch) {
        clock.advance(batch.selection());
        return computation.compute(batch, batch.selection());
    }
}
