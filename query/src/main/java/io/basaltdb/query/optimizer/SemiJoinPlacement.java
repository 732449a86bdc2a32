package io.basaltdb.query.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/// Moves a semi- or anti-join over inner joins down to the one relation that its condition reads, where it lets few of that relation's rows
/// through: then every join above has less to do. One that lets most rows through waits until the joins have left fewer of them.
final class SemiJoinPlacement {
    /// Share of the relation's rows up to which an early semi-join pays.
    private static final double MAX_SHARE = 0.5;

    private final Cardinality cardinality;

    SemiJoinPlacement(Cardinality cardinality) {
        this.cardinality = cardinality;
    }

    RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode same = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return same instanceof Join join && !join.getJoinType().projectsRight()
                ? placed(join)
                : same;
    }

    private RelNode placed(Join semi) {
        return semi.getLeft() instanceof Join below && below.getJoinType() == JoinRelType.INNER
                ? intoSide(semi, below)
                : semi;
    }

    private RelNode intoSide(Join semi, Join below) {
        int leftFields = below.getLeft().getRowType().getFieldCount();
        int fields = below.getRowType().getFieldCount();
        List<RexNode> conjuncts = Conjunctions.of(semi.getCondition());
        ImmutableBitSet used = Columns.used(conjuncts).intersect(ImmutableBitSet.range(fields));
        boolean left = ImmutableBitSet.range(leftFields).contains(used);
        boolean right = ImmutableBitSet.range(leftFields, fields).contains(used);
        if (used.isEmpty() || left == right) {
            return semi;
        }
        RelNode side = left ? below.getLeft() : below.getRight();
        int sideFields = side.getRowType().getFieldCount();
        int[] positions =
                Columns.identity(
                        semi.getLeft().getRowType().getFieldCount()
                                + semi.getRight().getRowType().getFieldCount());
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i >= fields ? i - fields + sideFields : left ? i : i - leftFields;
        }
        List<RexNode> moved =
                conjuncts.stream().map(conjunct -> Columns.shifted(conjunct, positions)).toList();
        RelNode reduced = Rels.join(side, semi.getRight(), moved, semi.getJoinType());
        if (cardinality.rows(reduced) > MAX_SHARE * cardinality.rows(side)) {
            return semi;
        }
        RelNode deeper = placed((Join) reduced);
        return Rels.join(
                left ? deeper : below.getLeft(),
                left ? below.getRight() : deeper,
                Conjunctions.of(below.getCondition()),
                JoinRelType.INNER);
    }
}
