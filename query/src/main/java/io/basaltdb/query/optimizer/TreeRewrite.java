package io.basaltdb.query.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/// Rewrites every expression of a tree, those inside sub-queries first.
@SuppressWarnings("ReferenceEquality") // a tree that did not change is the same object
abstract class TreeRewrite extends RexShuttle {
    /// The tree with every expression rewritten.
    final RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>(rel.getInputs().size());
        boolean changed = false;
        for (RelNode input : rel.getInputs()) {
            RelNode rewritten = apply(input);
            changed |= rewritten != input;
            inputs.add(rewritten);
        }
        RelNode same = changed ? rel.copy(rel.getTraitSet(), inputs) : rel;
        return same.accept(this);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery operands = (RexSubQuery) super.visitSubQuery(query);
        RelNode rel = apply(operands.rel);
        return rel == operands.rel ? operands : operands.clone(rel);
    }
}
