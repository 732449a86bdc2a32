package io.basaltdb.query.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/// What follows from a condition of the form `(a AND b) OR (a AND c)`.
final class Disjunctions {
    private Disjunctions() {}

    /// The condition as conjuncts, with what all its alternatives share taken out: `a`, `b OR c`. Movable conditions only.
    static List<RexNode> factored(RexBuilder rex, RexNode condition) {
        return condition.getKind() == SqlKind.OR
                ? Conjunctions.of(RexUtil.pullFactors(rex, condition))
                : List.of(condition);
    }

    /// What the condition says of these columns alone: of each alternative its conjuncts on them. Empty where one alternative says nothing.
    static List<RexNode> impliedOn(RexBuilder rex, RexNode condition, ImmutableBitSet columns) {
        if (condition.getKind() != SqlKind.OR) {
            return List.of();
        }
        List<RexNode> alternatives = new ArrayList<>();
        for (RexNode alternative : RelOptUtil.disjunctions(condition)) {
            List<RexNode> said = new ArrayList<>();
            for (RexNode conjunct : Conjunctions.of(alternative)) {
                ImmutableBitSet used = Columns.used(conjunct);
                if (!used.isEmpty() && columns.contains(used)) {
                    said.add(conjunct);
                }
            }
            if (said.isEmpty()) {
                return List.of();
            }
            alternatives.add(Conjunctions.and(rex, said));
        }
        return List.of(RexUtil.composeDisjunction(rex, alternatives));
    }
}
