package io.basaltdb.query.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/// EXISTS and IN among the conjuncts of a WHERE become semi-joins, their negations anti-joins.
///
/// A correlated sub-query is handled where its references to the outer row stand in conditions that can be lifted out of it ([Decorrelation]);
/// they become the join's condition. NOT IN over columns that can be NULL becomes an anti-join on `(x = y) IS NOT FALSE`, which is its
/// meaning word for word: a row stays where no right row makes the equality true or unknown. Everything else is left for the
/// general way over correlated joins.
final class SubQueryJoins {
    private final RexBuilder rex;

    SubQueryJoins(RexBuilder rex) {
        this.rex = rex;
    }

    RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode same = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        RelNode inner =
                same.accept(
                        new RexShuttle() {
                            @Override
                            public RexNode visitSubQuery(RexSubQuery query) {
                                RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
                                return visited.clone(SubQueryJoins.this.apply(visited.rel));
                            }
                        });
        RelNode unconditioned = inner instanceof Join join ? JoinSubQueries.apply(join) : inner;
        return unconditioned instanceof Filter filter ? filter(filter) : unconditioned;
    }

    @SuppressWarnings("ReferenceEquality") // an input that did not change is the same object
    private RelNode filter(Filter filter) {
        RelNode input = filter.getInput();
        List<RexNode> rest = new ArrayList<>();
        for (RexNode conjunct : Conjunctions.of(filter.getCondition())) {
            @Nullable RelNode joined = joined(input, conjunct, filter.getVariablesSet());
            if (joined == null) {
                rest.add(conjunct);
            } else {
                input = joined;
            }
        }
        if (input == filter.getInput()) {
            return filter;
        }
        return rest.isEmpty()
                ? input
                : LogicalFilter.create(
                        input,
                        Conjunctions.and(rex, rest),
                        com.google.common.collect.ImmutableSet.copyOf(filter.getVariablesSet()));
    }

    /// The input joined with the conjunct's sub-query; null where it is none, or none of this kind.
    private @Nullable RelNode joined(RelNode input, RexNode conjunct, Set<CorrelationId> outer) {
        boolean negated = conjunct.getKind() == SqlKind.NOT;
        RexNode node = negated ? ((RexCall) conjunct).getOperands().getFirst() : conjunct;
        if (!(node instanceof RexSubQuery query)
                || RexSubQueryOperands.holdSubQuery(query)
                || (query.getKind() != SqlKind.EXISTS && query.getKind() != SqlKind.IN)) {
            return null;
        }
        boolean exists = query.getKind() == SqlKind.EXISTS;
        Decorrelation.@Nullable Lifted lifted =
                Decorrelation.of(exists ? withoutProjection(query.rel) : query.rel, outer);
        if (lifted == null) {
            return null;
        }
        int leftFields = input.getRowType().getFieldCount();
        List<RexNode> conditions = new ArrayList<>();
        if (!exists) {
            conditions.addAll(equalities(query.getOperands(), lifted, leftFields, negated));
        }
        conditions.addAll(lifted.conditionsOver(leftFields, outer));
        return Rels.join(
                input, lifted.rel(), conditions, negated ? JoinRelType.ANTI : JoinRelType.SEMI);
    }

    /// EXISTS asks for no column.
    private static RelNode withoutProjection(RelNode rel) {
        return switch (rel) {
            case Project project when !project.containsOver() ->
                    withoutProjection(project.getInput());
            case Sort sort when sort.fetch == null && sort.offset == null ->
                    withoutProjection(sort.getInput());
            default -> rel;
        };
    }

    private List<RexNode> equalities(
            List<RexNode> operands, Decorrelation.Lifted lifted, int leftFields, boolean negated) {
        List<RexNode> equalities = new ArrayList<>();
        boolean nullable = false;
        for (int i = 0; i < operands.size(); i++) {
            RexNode field = RexInputRef.of(i, lifted.rel().getRowType());
            nullable |= operands.get(i).getType().isNullable() || field.getType().isNullable();
            equalities.add(
                    rex.makeCall(
                            SqlStdOperatorTable.EQUALS,
                            operands.get(i),
                            Columns.moved(field, leftFields)));
        }
        return negated && nullable
                ? List.of(
                        rex.makeCall(
                                SqlStdOperatorTable.IS_NOT_FALSE,
                                Conjunctions.and(rex, equalities)))
                : equalities;
    }

    /// Whether the left side of an IN is itself a sub-query.
    private static final class RexSubQueryOperands {
        private RexSubQueryOperands() {}

        static boolean holdSubQuery(RexSubQuery query) {
            return query.getOperands().stream()
                    .anyMatch(operand ->
                            org.apache.calcite.rex.RexUtil.SubQueryFinder.find(operand) != null);
        }
    }
}
