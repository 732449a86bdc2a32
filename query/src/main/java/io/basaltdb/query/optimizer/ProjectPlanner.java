package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/// Plans a projection: only what is asked for, and what can fail.
final class ProjectPlanner {
    private final PhysicalPlanner planner;

    ProjectPlanner(PhysicalPlanner planner) {
        this.planner = planner;
    }

    PlannedRel plan(Project project, ImmutableBitSet required) {
        int[] order = evaluated(project, required);
        List<RexNode> kept = new ArrayList<>();
        for (int index : order) {
            kept.add(project.getProjects().get(index));
        }
        if (project.getInput() instanceof Values values && Columns.used(kept).isEmpty()) {
            return rows(project, values, order);
        }
        PlannedRel input =
                Columns.withoutNaming(planner.plan(project.getInput(), Columns.used(kept)));
        if (kept.stream().allMatch(RexInputRef.class::isInstance)) {
            return moved(project, order, input);
        }
        List<Expression> expressions = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            RelDataTypeField field = project.getRowType().getFieldList().get(order[i]);
            expressions.add(
                    ExpressionBuilder.build(Columns.shifted(kept.get(i), input.positions())));
            fields.add(
                    new Field(
                            field.getName(),
                            expressions.getLast().type(),
                            field.getType().isNullable()));
        }
        PlanNode node = new PlanNode.Project(input.node(), expressions, new Schema(fields));
        return new PlannedRel(node, Columns.inverse(order, project.getProjects().size()));
    }

    /// A projection that only names and orders columns needs no node.
    private static PlannedRel moved(Project project, int[] order, PlannedRel input) {
        int[] positions = new int[project.getProjects().size()];
        Arrays.fill(positions, -1);
        for (int field : order) {
            positions[field] =
                    input.position(((RexInputRef) project.getProjects().get(field)).getIndex());
        }
        return new PlannedRel(input.node(), positions);
    }

    /// Fields that are asked for, and fields whose expression may raise an error: whether a statement fails is part of its answer.
    private static int[] evaluated(Project project, ImmutableBitSet required) {
        ImmutableBitSet.Builder evaluated = ImmutableBitSet.builder();
        for (int i = 0; i < project.getProjects().size(); i++) {
            if (required.get(i) || !Fallibility.isMovable(project.getProjects().get(i))) {
                evaluated.set(i);
            }
        }
        return evaluated.build().toArray();
    }

    /// Expressions over rows without columns: SELECT 1 + 1.
    private static PlannedRel rows(Project project, Values values, int[] order) {
        List<Expression> expressions = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int index : order) {
            RelDataTypeField field = project.getRowType().getFieldList().get(index);
            expressions.add(ExpressionBuilder.build(project.getProjects().get(index)));
            fields.add(
                    new Field(
                            field.getName(),
                            expressions.getLast().type(),
                            field.getType().isNullable()));
        }
        List<List<Expression>> rows = new ArrayList<>();
        for (int i = 0; i < values.getTuples().size(); i++) {
            rows.add(List.copyOf(expressions));
        }
        return new PlannedRel(
                new PlanNode.Rows(List.copyOf(rows), new Schema(fields)),
                Columns.inverse(order, project.getProjects().size()));
    }
}
