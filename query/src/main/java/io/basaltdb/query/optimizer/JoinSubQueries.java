package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/// Sub-queries leave the conditions of joins. Of an inner join they become conditions behind it. Where one of an outer join reads both sides, the condition
/// becomes that of a filter over the side that may be missing, which depends on the row of the other side.
final class JoinSubQueries {
    private final Join join;
    private final RexBuilder rex;
    private final int leftFields;
    private final RelNode kept;
    private final RelNode other;
    private final CorrelationId keptRow;
    private final CorrelationId otherRow;
    private final ImmutableBitSet.Builder keptColumns = ImmutableBitSet.builder();

    private JoinSubQueries(Join join) {
        this.join = join;
        this.rex = Rels.rex(join);
        this.leftFields = join.getLeft().getRowType().getFieldCount();
        boolean turned = join.getJoinType() == JoinRelType.RIGHT;
        this.kept = turned ? join.getRight() : join.getLeft();
        this.other = turned ? join.getLeft() : join.getRight();
        this.keptRow = join.getCluster().createCorrel();
        this.otherRow = join.getCluster().createCorrel();
    }

    /// The same rows; a join whose sub-queries read one side each, and a full join, stay as they are.
    static RelNode apply(Join join) {
        if (RexUtil.SubQueryFinder.find(join.getCondition()) == null) {
            return join;
        }
        return switch (join.getJoinType()) {
            case INNER -> filtered(join);
            case LEFT, RIGHT, SEMI, ANTI ->
                    readsBoth(join) ? new JoinSubQueries(join).dependent() : join;
            default -> join;
        };
    }

    private static RelNode filtered(Join join) {
        List<RexNode> with = new ArrayList<>();
        List<RexNode> without = new ArrayList<>();
        for (RexNode conjunct : Conjunctions.of(join.getCondition())) {
            (RexUtil.SubQueryFinder.find(conjunct) == null ? without : with).add(conjunct);
        }
        return LogicalFilter.create(
                Rels.join(join.getLeft(), join.getRight(), without, JoinRelType.INNER),
                Conjunctions.and(Rels.rex(join), with),
                ImmutableSet.copyOf(join.getVariablesSet()));
    }

    /// Whether one of the sub-queries reads columns of both sides.
    private static boolean readsBoth(Join join) {
        int leftFields = join.getLeft().getRowType().getFieldCount();
        boolean[] found = new boolean[1];
        join.getCondition()
                .accept(
                        new RexShuttle() {
                            @Override
                            public RexNode visitSubQuery(RexSubQuery query) {
                                ImmutableBitSet read = Columns.used(query.getOperands());
                                for (CorrelationId id : join.getVariablesSet()) {
                                    read = read.union(RelOptUtil.correlationColumns(id, query.rel));
                                }
                                found[0] |=
                                        !read.isEmpty()
                                                && read.nextSetBit(0) < leftFields
                                                && read.length() > leftFields;
                                return query;
                            }
                        });
        return found[0];
    }

    private RelNode dependent() {
        RexNode condition = join.getCondition().accept(new Rows(false));
        RelNode correlate =
                LogicalCorrelate.create(
                        kept,
                        LogicalFilter.create(other, condition, ImmutableSet.of(otherRow)),
                        ImmutableList.of(),
                        keptRow,
                        keptColumns.build(),
                        join.getJoinType() == JoinRelType.RIGHT
                                ? JoinRelType.LEFT
                                : join.getJoinType());
        int[] positions = Columns.identity(join.getRowType().getFieldCount());
        if (join.getJoinType() == JoinRelType.RIGHT) {
            int rightFields = positions.length - leftFields;
            Arrays.setAll(positions, i -> i < leftFields ? i + rightFields : i - leftFields);
        }
        return Rels.select(correlate, positions, join.getRowType());
    }

    /// Cuts the joined row into the rows of the sides.
    private final class Rows extends RexShuttle {
        private final boolean within;

        /// @param within whether the expression stands in a sub-query, where columns are its own
        Rows(boolean within) {
            this.within = within;
        }

        @Override
        public RexNode visitInputRef(RexInputRef column) {
            if (within) {
                return column;
            }
            return isKept(column.getIndex())
                    ? ofKept(column.getIndex())
                    : RexInputRef.of(onItsSide(column.getIndex()), other.getRowType());
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            if (!(access.getReferenceExpr() instanceof RexCorrelVariable variable)
                    || !join.getVariablesSet().contains(variable.id)) {
                return super.visitFieldAccess(access);
            }
            int column = access.getField().getIndex();
            return isKept(column)
                    ? ofKept(column)
                    : rex.makeFieldAccess(
                            rex.makeCorrel(other.getRowType(), otherRow), onItsSide(column));
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
            return visited.clone(rewritten(visited.rel));
        }

        private RelNode rewritten(RelNode rel) {
            List<RelNode> inputs = rel.getInputs().stream().map(this::rewritten).toList();
            RelNode same =
                    inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
            return same.accept(new Rows(true));
        }
    }

    private boolean isKept(int column) {
        return column < leftFields == (join.getJoinType() != JoinRelType.RIGHT);
    }

    private int onItsSide(int column) {
        return column < leftFields ? column : column - leftFields;
    }

    private RexNode ofKept(int column) {
        keptColumns.set(onItsSide(column));
        return rex.makeFieldAccess(rex.makeCorrel(kept.getRowType(), keptRow), onItsSide(column));
    }
}
