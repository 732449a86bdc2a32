package io.basaltdb.query.optimizer;

import io.basaltdb.query.plan.WindowFunction;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sample;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/// Whether a tree gives the same rows each time that it is computed. It need not where a function is volatile, and where SQL leaves open which rows are
/// meant: LIMIT without an order of all rows, windows that number or pick rows of equal keys, samples without a seed.
final class Repeatability extends RelVisitor {
    private boolean repeatable = true;

    private Repeatability() {}

    static boolean isRepeatable(RelNode tree) {
        Repeatability visitor = new Repeatability();
        visitor.go(tree);
        return visitor.repeatable;
    }

    /// Whether the node itself calls no volatile function.
    static boolean isDeterministic(RelNode rel) {
        return switch (rel) {
            case Filter filter -> RexUtil.isDeterministic(filter.getCondition());
            case Project project ->
                    project.getProjects().stream().allMatch(RexUtil::isDeterministic);
            case Join join -> RexUtil.isDeterministic(join.getCondition());
            default -> true;
        };
    }

    @Override
    public void visit(RelNode rel, int ordinal, @Nullable RelNode parent) {
        repeatable &= isDeterministic(rel) && !leavesOpen(rel);
        if (repeatable) {
            rel.accept(new Expressions());
            super.visit(rel, ordinal, parent);
        }
    }

    private static boolean leavesOpen(RelNode rel) {
        return switch (rel) {
            case Sort sort -> sort.fetch != null || sort.offset != null;
            case Sample sample -> !sample.getSamplingParameters().isRepeatable();
            case WindowRel window ->
                    window.calls().stream().anyMatch(call -> picksRows(call.function()));
            default -> false;
        };
    }

    private static boolean picksRows(WindowFunction function) {
        return switch (function) {
            case WindowFunction.Place place -> place == WindowFunction.Place.ROW_NUMBER;
            case WindowFunction.Aggregated _ -> false;
            case WindowFunction.Tile _,
                    WindowFunction.Shift _,
                    WindowFunction.HasShifted _,
                    WindowFunction.Nth _,
                    WindowFunction.Last _ ->
                    true;
        };
    }

    /// The sub-queries and windows in a node's expressions.
    private final class Expressions extends RexShuttle {
        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            visit(query.rel, 0, null);
            return super.visitSubQuery(query);
        }

        @Override
        public RexNode visitOver(RexOver over) {
            repeatable &=
                    switch (over.getOperator().getKind()) {
                        case ROW_NUMBER, NTILE, LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE ->
                                false;
                        default -> true;
                    };
            return super.visitOver(over);
        }
    }
}
