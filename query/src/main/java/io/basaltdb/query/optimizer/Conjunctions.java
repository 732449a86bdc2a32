package io.basaltdb.query.optimizer;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/// Conditions as lists of what must hold together.
final class Conjunctions {
    private Conjunctions() {}

    static List<RexNode> of(RexNode condition) {
        return RelOptUtil.conjunctions(condition);
    }

    /// TRUE for the empty list.
    static RexNode and(RexBuilder rex, List<? extends RexNode> conjuncts) {
        return RexUtil.composeConjunction(rex, conjuncts);
    }
}
