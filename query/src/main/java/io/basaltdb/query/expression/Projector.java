package io.basaltdb.query.expression;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.List;

/// Computes a list of expressions batch by batch; what several of them contain is computed once. Bound to one execution; for one thread.
public final class Projector {
    private final Computation[] computations;
    private final SharedComputation.Clock clock;

    private Projector(Computation[] computations, SharedComputation.Clock clock) {
        this.computations = computations;
        this.clock = clock;
    }

    public static Projector of(List<Expression> expressions, EvaluationContext context) {
        EvaluationBuilder builder = new EvaluationBuilder(expressions, context);
        Computation[] computations =
                expressions.stream().map(builder::build).toArray(Computation[]::new);
        return new Projector(computations, builder.clock());
    }

    /// @return one column per expression, with the batch's size and selection; lent until the next call
    public Batch project(Batch batch) {
        clock.advance(batch.selection());
        Vector[] columns = new Vector[computations.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = computations[i].compute(batch, batch.selection());
        }
        return new Batch(batch.size(), Arrays.asList(columns), batch.selection());
    }
}
