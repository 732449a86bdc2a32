package io.basaltdb.query.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/// Rewrites every expression of a tree, those inside sub-queries first.
///
/// A tree's conditions are flat: no OR stands directly in an OR, no AND in an AND. What a rewrite puts in the place of an operand is
/// therefore taken apart where it is of its parent's kind.
@SuppressWarnings("ReferenceEquality") // a tree that did not change is the same object
abstract class TreeRewrite extends RexShuttle {
    final RexBuilder rex;

    TreeRewrite(RexBuilder rex) {
        this.rex = rex;
    }

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
    public RexNode visitCall(RexCall call) {
        RexNode visited = super.visitCall(call);
        boolean nests = call.getKind() == SqlKind.OR || call.getKind() == SqlKind.AND;
        return nests && visited != call ? RexUtil.flatten(rex, visited) : visited;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery operands = (RexSubQuery) super.visitSubQuery(query);
        RelNode rel = apply(operands.rel);
        return rel == operands.rel ? operands : operands.clone(rel);
    }
}
