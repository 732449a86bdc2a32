package io.basaltdb.query.expression;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Computes expressions of literals at planning time.
public final class ConstantFolder {
    private static final Batch ONE_ROW = new Batch(1, List.of());

    /// Read by nothing that may be folded.
    private static final EvaluationContext NO_SESSION =
            new EvaluationContext(List.of(), 0, ZoneOffset.UTC, "", "");

    private ConstantFolder() {}

    /// The value, where the expression is the same in every session and can be computed. Empty for what depends on row or session, and for what fails: an
    /// error belongs to the execution, and only if a row asks for the value.
    public static Optional<Value> fold(Expression expression) {
        if (!Expressions.isFoldable(expression)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LaneValue.at(Evaluator.of(expression, NO_SESSION).evaluate(ONE_ROW), 0));
        } catch (BasaltException e) {
            return Optional.empty();
        }
    }
}
