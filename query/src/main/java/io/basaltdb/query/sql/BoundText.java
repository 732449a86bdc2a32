package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.PlannerTable;
import io.basaltdb.query.optimizer.TableView;
import io.basaltdb.query.relation.RelationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalIntersect;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalMinus;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlExplainLevel;
import org.jspecify.annotations.Nullable;

/// Everything that a bound tree says, as text: two trees with the same text give the same plan. Also lists the tables that it reads.
final class BoundText extends RexShuttle {
    private static final Set<Class<?>> KNOWN =
            Set.of(
                    LogicalTableScan.class,
                    LogicalFilter.class,
                    LogicalProject.class,
                    LogicalJoin.class,
                    LogicalAggregate.class,
                    LogicalSort.class,
                    LogicalValues.class,
                    LogicalUnion.class,
                    LogicalIntersect.class,
                    LogicalMinus.class,
                    LogicalCorrelate.class);

    private final StringBuilder out = new StringBuilder();
    private final List<TableView> tables = new ArrayList<>();
    private boolean isKnown = true;

    private BoundText() {}

    /// @param text null where the tree holds something that may not be used twice
    record Read(@Nullable String text, List<TableView> tables) {}

    static Read of(RelNode root) {
        BoundText text = new BoundText();
        text.add(root);
        text.out.append(RelOptUtil.toString(root, SqlExplainLevel.EXPPLAN_ATTRIBUTES));
        return new Read(text.isKnown ? text.out.toString() : null, text.tables);
    }

    private void add(RelNode rel) {
        isKnown &= KNOWN.contains(rel.getClass());
        out.append('(')
                .append(rel.getClass().getSimpleName())
                .append(' ')
                .append(rel.getRowType().getFullTypeString());
        if (rel instanceof LogicalTableScan scan) {
            @Nullable PlannerTable table = scan.getTable().unwrap(PlannerTable.class);
            if (table != null && table.view().relation() instanceof RelationName.Table) {
                tables.add(table.view());
            } else {
                isKnown = false;
            }
        }
        if (rel instanceof Values values) {
            values.getTuples().forEach(tuple -> tuple.forEach(literal -> literal.accept(this)));
        } else {
            rel.accept(this);
        }
        rel.getInputs().forEach(this::add);
        out.append(')');
    }

    private void addType(RexNode node) {
        out.append(node.getType().getFullTypeString()).append(' ');
    }

    @Override
    public RexNode visitCall(RexCall call) {
        out.append(call.getOperator().getName()).append(' ');
        // An operator of one planning would be asked again.
        String operator = call.getOperator().getClass().getName();
        isKnown &= !operator.contains("Lambda") && !operator.contains("Unnest");
        addType(call);
        return super.visitCall(call);
    }

    @Override
    public RexNode visitOver(RexOver over) {
        isKnown = false;
        return over;
    }

    @Override
    public RexNode visitLiteral(RexLiteral literal) {
        out.append(literal).append(' ');
        addType(literal);
        return literal;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        out.append(query.getKind()).append(' ');
        addType(query);
        query.getOperands().forEach(operand -> operand.accept(this));
        add(query.rel);
        return query;
    }
}
