package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/// Window calls leave the expressions that they stand in: they are computed below, by as few sorts as their partitions and orders allow, and the expressions
/// read their fields.
final class Windows extends RexShuttle {
    private final RexBuilder rex;

    Windows(RexBuilder rex) {
        this.rex = rex;
    }

    @SuppressWarnings("ReferenceEquality") // a tree that did not change is the same object
    RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        boolean changed = false;
        for (RelNode input : rel.getInputs()) {
            RelNode rewritten = apply(input);
            changed |= rewritten != input;
            inputs.add(rewritten);
        }
        RelNode same = changed ? rel.copy(rel.getTraitSet(), inputs) : rel;
        return switch (same.accept(this)) {
            case Project project when project.containsOver() -> project(project);
            case Filter filter when RexOver.containsOver(filter.getCondition()) -> filter(filter);
            case RelNode other -> other;
        };
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery operands = (RexSubQuery) super.visitSubQuery(query);
        RelNode rel = apply(operands.rel);
        return rel == operands.rel ? operands : operands.clone(rel);
    }

    private RelNode project(Project project) {
        Calls calls = new Calls(project.getInput());
        project.getProjects().forEach(calls::collect);
        RelNode windows = calls.windows();
        List<RexNode> expressions = project.getProjects().stream().map(calls::replaced).toList();
        return LogicalProject.create(
                windows,
                ImmutableList.of(),
                expressions,
                project.getRowType().getFieldNames(),
                ImmutableSet.copyOf(project.getVariablesSet()));
    }

    private RelNode filter(Filter filter) {
        Calls calls = new Calls(filter.getInput());
        calls.collect(filter.getCondition());
        RelNode windows = calls.windows();
        RelNode filtered =
                LogicalFilter.create(
                        windows,
                        calls.replaced(filter.getCondition()),
                        ImmutableSet.copyOf(filter.getVariablesSet()));
        return Rels.select(
                filtered,
                Columns.identity(filter.getRowType().getFieldCount()),
                filter.getRowType());
    }

    /// The calls of one operator's expressions.
    private final class Calls {
        private final WindowGroups groups;
        private final Map<RexNode, RexNode> replacements = new LinkedHashMap<>();

        Calls(RelNode input) {
            this.groups = new WindowGroups(input);
        }

        void collect(RexNode expression) {
            expression.accept(
                    new RexShuttle() {
                        @Override
                        public RexNode visitOver(RexOver over) {
                            groups.add(over);
                            return over;
                        }
                    });
        }

        /// The operators that compute the calls.
        RelNode windows() {
            return groups.build();
        }

        RexNode replaced(RexNode expression) {
            return expression.accept(
                    new RexShuttle() {
                        @Override
                        public RexNode visitOver(RexOver over) {
                            return replacements.computeIfAbsent(over, _ -> value(over));
                        }
                    });
        }

        private RexNode value(RexOver over) {
            RexNode field = groups.field(over);
            if (!WindowGroups.hasDefault(over)) {
                return cast(over, field);
            }
            RexNode otherwise = cast(over, groups.defaultOf(over));
            return over.ignoreNulls()
                    ? rex.makeCall(SqlStdOperatorTable.COALESCE, field, otherwise)
                    : rex.makeCall(
                            over.getType(),
                            SqlStdOperatorTable.CASE,
                            List.of(groups.hasRow(over), cast(over, field), otherwise));
        }

        private RexNode cast(RexOver over, RexNode value) {
            return value.getType().getSqlTypeName() == over.getType().getSqlTypeName()
                            && value.getType().isNullable() == over.getType().isNullable()
                    ? value
                    : rex.makeCast(over.getType(), value, true, false);
        }
    }

    /// Whether the expression is the same for all rows, so that it neither cuts nor orders them.
    static boolean isConstant(RexNode expression) {
        return expression instanceof RexLiteral
                || (expression.isA(SqlKind.CAST)
                        && expression instanceof org.apache.calcite.rex.RexCall call
                        && isConstant(call.getOperands().getFirst())
                        && call.getType().getSqlTypeName() != SqlTypeName.ANY);
    }
}
