package io.basaltdb.query.operator.write;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Filter;
import io.basaltdb.query.expression.Projector;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.plan.KeyRule;
import io.basaltdb.storage.table.KeyConflict;
import org.jspecify.annotations.Nullable;

/// The rule of a plan for rows whose key is there, as storage carries it out.
public final class RuleConflict {
    private RuleConflict() {}

    /// @param rule any but [KeyRule.Refuse], with which rows are simply appended
    public static KeyConflict of(KeyRule rule, EvaluationContext evaluation) {
        return switch (rule) {
            case KeyRule.Refuse _ -> throw new AssertionError("nothing to decide");
            case KeyRule.Ignore _ -> new KeyConflict.Ignore();
            case KeyRule.Replace(boolean lastCounts) -> new KeyConflict.Replace(lastCounts);
            case KeyRule.Update(var values, @Nullable Expression condition, boolean keepsKeys) -> {
                Projector projector = Projector.of(values, evaluation);
                Filter filter = condition == null ? null : Filter.of(condition, evaluation);
                yield new KeyConflict.Update(
                        pairs ->
                                projector.project(
                                        filter == null
                                                ? pairs
                                                : pairs.withSelection(filter.select(pairs))),
                        keepsKeys);
            }
        };
    }
}
