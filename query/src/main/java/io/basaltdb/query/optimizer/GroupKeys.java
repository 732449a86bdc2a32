package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/// `GROUP BY x, x - 1, 'constant'` groups by x: what is computed from other keys, or from nothing, is computed once a group behind the
/// grouping. It meets the same values there as before it, so that it fails for the same statements.
final class GroupKeys {
    RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode same = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return same instanceof Aggregate aggregate
                        && aggregate.getGroupType() == Aggregate.Group.SIMPLE
                        && aggregate.getGroupCount() > 1
                        && aggregate.getInput() instanceof Project project
                ? reduced(aggregate, project)
                : same;
    }

    private static RelNode reduced(Aggregate aggregate, Project project) {
        List<RexNode> expressions = project.getProjects();
        ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
        for (int key : aggregate.getGroupSet()) {
            if (expressions.get(key) instanceof RexInputRef column) {
                columns.set(column.getIndex());
            }
        }
        ImmutableBitSet plain = columns.build();
        ImmutableBitSet.Builder kept = ImmutableBitSet.builder();
        for (int key : aggregate.getGroupSet()) {
            RexNode expression = expressions.get(key);
            boolean follows =
                    !(expression instanceof RexInputRef)
                            && RexUtil.isDeterministic(expression)
                            && plain.contains(Columns.used(expression));
            if (!follows) {
                kept.set(key);
            }
        }
        ImmutableBitSet keys = kept.build();
        if (keys.isEmpty()) {
            keys = ImmutableBitSet.of(aggregate.getGroupSet().nth(0));
        }
        return keys.equals(aggregate.getGroupSet()) ? aggregate : over(aggregate, project, keys);
    }

    private static ImmutableBitSet arguments(Aggregate aggregate) {
        ImmutableBitSet.Builder arguments = ImmutableBitSet.builder();
        for (AggregateCall call : aggregate.getAggCallList()) {
            arguments.addAll(call.getArgList());
            if (call.filterArg >= 0) {
                arguments.set(call.filterArg);
            }
        }
        return arguments.build();
    }

    private static RelNode over(Aggregate aggregate, Project project, ImmutableBitSet keys) {
        ImmutableBitSet needed = keys.union(arguments(aggregate));
        RelNode input = Rels.pick(project, needed);
        int[] moved = Columns.inverse(needed.toArray(), project.getProjects().size());
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            calls.add(
                    call.withArgList(
                                    call.getArgList().stream()
                                            .map(argument -> moved[argument])
                                            .toList())
                            .withFilter(call.filterArg < 0 ? -1 : moved[call.filterArg]));
        }
        ImmutableBitSet movedKeys =
                ImmutableBitSet.of(keys.asList().stream().map(key -> moved[key]).toList());
        RelNode grouped =
                LogicalAggregate.create(input, ImmutableList.of(), movedKeys, null, calls);
        RexNode[] byColumn = new RexNode[project.getInput().getRowType().getFieldCount()];
        for (int key : keys) {
            if (project.getProjects().get(key) instanceof RexInputRef column) {
                byColumn[column.getIndex()] =
                        RexInputRef.of(keys.indexOf(key), grouped.getRowType());
            }
        }
        List<RexNode> expressions = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            expressions.add(
                    keys.get(key)
                            ? RexInputRef.of(keys.indexOf(key), grouped.getRowType())
                            : Columns.replaced(
                                    project.getProjects().get(key),
                                    java.util.Arrays.asList(byColumn)));
        }
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            expressions.add(RexInputRef.of(keys.cardinality() + i, grouped.getRowType()));
        }
        RelDataType row = aggregate.getRowType();
        return LogicalProject.create(
                grouped, ImmutableList.of(), expressions, row.getFieldNames(), ImmutableSet.of());
    }
}
