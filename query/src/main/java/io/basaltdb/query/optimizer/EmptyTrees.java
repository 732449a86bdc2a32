package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.ConstantFolder;
import io.basaltdb.query.expression.Expression;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexNode;

/// Trees that give no row whatever the tables hold are not executed: behind a condition that is false for every row (`'store' = 'web'`, as it reaches the
/// branches of a union that mark their rows), and what is joined with or made of nothing. Conditions that are always true are left out.
final class EmptyTrees {
    RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode same = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return switch (same) {
            case Filter filter -> filter(filter);
            case Union union when union.all -> union(union);
            case Project _, Sort _, WindowRel _, RepeatRel _ ->
                    isEmpty(same.getInput(0)) ? empty(same) : same;
            case Aggregate aggregate ->
                    isEmpty(aggregate.getInput()) && aggregate.getGroupCount() > 0
                            ? empty(aggregate)
                            : aggregate;
            case Join join -> givesNothing(join) ? empty(join) : join;
            default -> same;
        };
    }

    private static RelNode filter(Filter filter) {
        if (isEmpty(filter.getInput())) {
            return empty(filter);
        }
        List<RexNode> kept = new ArrayList<>();
        for (RexNode conjunct : Conjunctions.of(filter.getCondition())) {
            Optional<Value> constant = constant(conjunct);
            if (constant.isEmpty()) {
                kept.add(conjunct);
            } else if (!constant.get().equals(Value.of(true))) {
                return empty(filter);
            }
        }
        return kept.size() == Conjunctions.of(filter.getCondition()).size()
                ? filter
                : Rels.filter(filter.getInput(), kept);
    }

    private static Optional<Value> constant(RexNode condition) {
        if (!Columns.used(condition).isEmpty() || !Fallibility.isMovable(condition)) {
            return Optional.empty();
        }
        Expression expression = ExpressionBuilder.build(condition);
        return ConstantFolder.fold(expression);
    }

    private static RelNode union(Union union) {
        List<RelNode> inputs = union.getInputs().stream().filter(input -> !isEmpty(input)).toList();
        if (inputs.isEmpty()) {
            return empty(union);
        }
        return inputs.size() == union.getInputs().size()
                ? union
                : inputs.size() == 1
                        ? Rels.select(
                                inputs.getFirst(),
                                Columns.identity(union.getRowType().getFieldCount()),
                                union.getRowType())
                        : union.copy(union.getTraitSet(), inputs);
    }

    private static boolean givesNothing(Join join) {
        boolean left = isEmpty(join.getLeft());
        boolean right = isEmpty(join.getRight());
        return switch (join.getJoinType()) {
            case INNER, SEMI -> left || right;
            case LEFT, ANTI -> left;
            case RIGHT -> right;
            case FULL -> left && right;
            default -> false;
        };
    }

    private static boolean isEmpty(RelNode rel) {
        return rel instanceof Values values && values.getTuples().isEmpty();
    }

    private static RelNode empty(RelNode rel) {
        return LogicalValues.createEmpty(rel.getCluster(), rel.getRowType());
    }
}
