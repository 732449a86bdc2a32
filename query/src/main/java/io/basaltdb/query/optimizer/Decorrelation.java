package io.basaltdb.query.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/// Lifts the conditions that mention the outer row out of a sub-query of selections, projections and inner joins.
final class Decorrelation {

    /// A sub-query without outer references.
    ///
    /// @param rel gives the sub-query's fields first, then fields that the conditions need
    /// @param conditions over the fields of `rel` and the outer row
    record Lifted(RelNode rel, List<RexNode> conditions) {
        /// The conditions over the columns of a left side, whose row is the outer one, and behind them those of `rel`.
        List<RexNode> conditionsOver(int leftFields, Set<CorrelationId> outer) {
            RexShuttle shuttle =
                    new RexShuttle() {
                        @Override
                        public RexNode visitInputRef(RexInputRef column) {
                            return new RexInputRef(
                                    column.getIndex() + leftFields, column.getType());
                        }

                        @Override
                        public RexNode visitFieldAccess(RexFieldAccess access) {
                            return access.getReferenceExpr() instanceof RexCorrelVariable variable
                                            && outer.contains(variable.id)
                                    ? new RexInputRef(
                                            access.getField().getIndex(), access.getType())
                                    : super.visitFieldAccess(access);
                        }
                    };
            return conditions.stream().map(each -> each.accept(shuttle)).toList();
        }
    }

    private final Set<CorrelationId> outer;

    private Decorrelation(Set<CorrelationId> outer) {
        this.outer = outer;
    }

    /// Null where an outer reference stands in something else than a condition that can be lifted.
    static @Nullable Lifted of(RelNode rel, Set<CorrelationId> outer) {
        return new Decorrelation(outer).lift(rel);
    }

    private @Nullable Lifted lift(RelNode rel) {
        if (!mentionsOuter(rel)) {
            return new Lifted(rel, List.of());
        }
        return switch (rel) {
            case Filter filter -> filter(filter);
            case Project project -> project(project);
            case Join join when join.getJoinType() == JoinRelType.INNER -> innerJoin(join);
            case Join join when !join.getJoinType().projectsRight() -> semiJoin(join);
            case Sort sort when sort.fetch == null && sort.offset == null -> lift(sort.getInput());
            default -> null;
        };
    }

    private boolean mentionsOuter(RelNode rel) {
        return RelOptUtil.getVariablesUsed(rel).stream().anyMatch(outer::contains);
    }

    private @Nullable Lifted filter(Filter filter) {
        @Nullable Lifted input = lift(filter.getInput());
        if (input == null) {
            return null;
        }
        List<RexNode> conditions = new ArrayList<>(input.conditions());
        List<RexNode> kept = new ArrayList<>();
        for (RexNode conjunct : Conjunctions.of(filter.getCondition())) {
            if (!mentionsOuter(conjunct)) {
                kept.add(conjunct);
            } else if (RexUtil.SubQueryFinder.find(conjunct) != null) {
                return null;
            } else {
                conditions.add(conjunct);
            }
        }
        RelNode rel =
                kept.isEmpty()
                        ? input.rel()
                        : LogicalFilter.create(
                                input.rel(),
                                Conjunctions.and(rex(filter), kept),
                                com.google.common.collect.ImmutableSet.copyOf(
                                        filter.getVariablesSet()));
        return new Lifted(rel, conditions);
    }

    private @Nullable Lifted project(Project project) {
        @Nullable Lifted input = lift(project.getInput());
        if (input == null
                || project.containsOver()
                || project.getProjects().stream().anyMatch(this::mentionsOuter)) {
            return null;
        }
        List<RexNode> expressions = new ArrayList<>(project.getProjects());
        List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
        int[] positions = new int[input.rel().getRowType().getFieldCount()];
        for (int column : Columns.used(input.conditions())) {
            positions[column] = expressions.size();
            expressions.add(RexInputRef.of(column, input.rel().getRowType()));
            names.add(input.rel().getRowType().getFieldNames().get(column));
        }
        List<RexNode> conditions =
                input.conditions().stream()
                        .map(condition -> Columns.shifted(condition, positions))
                        .toList();
        RelNode rel =
                LogicalProject.create(
                        input.rel(),
                        List.of(),
                        expressions,
                        names,
                        com.google.common.collect.ImmutableSet.of());
        return new Lifted(rel, conditions);
    }

    private @Nullable Lifted innerJoin(Join join) {
        @Nullable Lifted left = lift(join.getLeft());
        @Nullable Lifted right = lift(join.getRight());
        if (left == null || right == null) {
            return null;
        }
        int oldLeft = join.getLeft().getRowType().getFieldCount();
        int newLeft = left.rel().getRowType().getFieldCount();
        int[] positions = Columns.identity(join.getRowType().getFieldCount());
        for (int i = oldLeft; i < positions.length; i++) {
            positions[i] = i - oldLeft + newLeft;
        }
        List<RexNode> conditions = new ArrayList<>(left.conditions());
        for (RexNode condition : right.conditions()) {
            conditions.add(Columns.moved(condition, newLeft));
        }
        List<RexNode> kept = new ArrayList<>();
        for (RexNode conjunct : Conjunctions.of(join.getCondition())) {
            RexNode shifted = Columns.shifted(conjunct, positions);
            (mentionsOuter(conjunct) ? conditions : kept).add(shifted);
        }
        RelNode joined = Rels.join(left.rel(), right.rel(), kept, JoinRelType.INNER);
        return inOrder(joined, positions, conditions);
    }

    /// Brings the sub-query's own fields to the front again.
    private static Lifted inOrder(RelNode rel, int[] positions, List<RexNode> conditions) {
        int fields = rel.getRowType().getFieldCount();
        if (fields == positions.length) {
            return new Lifted(rel, conditions);
        }
        int[] order = new int[fields];
        int[] inverse = Columns.inverse(positions, fields);
        int next = positions.length;
        System.arraycopy(positions, 0, order, 0, positions.length);
        for (int i = 0; i < fields; i++) {
            if (inverse[i] < 0) {
                inverse[i] = next;
                order[next++] = i;
            }
        }
        List<RexNode> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fields; i++) {
            expressions.add(RexInputRef.of(order[i], rel.getRowType()));
            names.add("f" + i);
        }
        RelNode ordered =
                LogicalProject.create(
                        rel,
                        List.of(),
                        expressions,
                        names,
                        com.google.common.collect.ImmutableSet.of());
        return new Lifted(
                ordered,
                conditions.stream().map(condition -> Columns.shifted(condition, inverse)).toList());
    }

    private @Nullable Lifted semiJoin(Join join) {
        if (mentionsOuter(join.getRight()) || mentionsOuter(join.getCondition())) {
            return null;
        }
        @Nullable Lifted left = lift(join.getLeft());
        if (left == null) {
            return null;
        }
        int moved =
                left.rel().getRowType().getFieldCount()
                        - join.getLeft().getRowType().getFieldCount();
        int[] positions =
                Columns.identity(
                        join.getLeft().getRowType().getFieldCount()
                                + join.getRight().getRowType().getFieldCount());
        for (int i = join.getLeft().getRowType().getFieldCount(); i < positions.length; i++) {
            positions[i] += moved;
        }
        List<RexNode> conjuncts =
                Conjunctions.of(join.getCondition()).stream()
                        .map(conjunct -> Columns.shifted(conjunct, positions))
                        .toList();
        return new Lifted(
                Rels.join(left.rel(), join.getRight(), conjuncts, join.getJoinType()),
                left.conditions());
    }

    private boolean mentionsOuter(RexNode node) {
        try {
            node.accept(
                    new RexVisitorImpl<Void>(true) {
                        @Override
                        public Void visitCorrelVariable(RexCorrelVariable variable) {
                            if (outer.contains(variable.id)) {
                                throw Util.FoundOne.NULL;
                            }
                            return super.visitCorrelVariable(variable);
                        }

                        @Override
                        public Void visitSubQuery(org.apache.calcite.rex.RexSubQuery query) {
                            if (mentionsOuter(query.rel)) {
                                throw Util.FoundOne.NULL;
                            }
                            return super.visitSubQuery(query);
                        }
                    });
            return false;
        } catch (Util.FoundOne e) {
            return true;
        }
    }

    private static RexBuilder rex(RelNode rel) {
        return rel.getCluster().getRexBuilder();
    }
}
