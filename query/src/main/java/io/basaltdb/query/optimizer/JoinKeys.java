package io.basaltdb.query.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/// A join's condition, cut into equalities between the sides and the rest.
///
/// @param lefts expressions over the left input, each equal to
/// @param rights the expression over the right input (columns from 0) at the same place
/// @param residual conjuncts over both
record JoinKeys(List<RexNode> lefts, List<RexNode> rights, List<RexNode> residual) {

    static JoinKeys of(Join join) {
        return of(
                Conjunctions.of(join.getCondition()), join.getLeft().getRowType().getFieldCount());
    }

    static JoinKeys of(List<RexNode> conjuncts, int leftFields) {
        List<RexNode> lefts = new ArrayList<>();
        List<RexNode> rights = new ArrayList<>();
        List<RexNode> residual = new ArrayList<>();
        for (RexNode conjunct : conjuncts) {
            if (!addKey(conjunct, leftFields, lefts, rights)) {
                residual.add(conjunct);
            }
        }
        return new JoinKeys(lefts, rights, residual);
    }

    private static boolean addKey(
            RexNode conjunct, int leftFields, List<RexNode> lefts, List<RexNode> rights) {
        if (!(conjunct instanceof RexCall call) || call.getKind() != SqlKind.EQUALS) {
            return false;
        }
        RexNode first = call.getOperands().get(0);
        RexNode second = call.getOperands().get(1);
        if (!Fallibility.isMovable(first) || !Fallibility.isMovable(second)) {
            return false;
        }
        if (isLeft(first, leftFields) && isRight(second, leftFields)) {
            lefts.add(first);
            rights.add(Columns.moved(second, -leftFields));
            return true;
        }
        if (isRight(first, leftFields) && isLeft(second, leftFields)) {
            lefts.add(second);
            rights.add(Columns.moved(first, -leftFields));
            return true;
        }
        return false;
    }

    private static boolean isLeft(RexNode node, int leftFields) {
        ImmutableBitSet used = Columns.used(node);
        return !used.isEmpty() && used.length() <= leftFields;
    }

    private static boolean isRight(RexNode node, int leftFields) {
        ImmutableBitSet used = Columns.used(node);
        return !used.isEmpty() && used.nextSetBit(0) >= leftFields;
    }

    int size() {
        return lefts.size();
    }

    RexNode left(int key) {
        return lefts.get(key);
    }

    RexNode right(int key) {
        return rights.get(key);
    }
}
