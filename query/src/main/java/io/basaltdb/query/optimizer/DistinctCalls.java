package io.basaltdb.query.optimizer;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/// `COUNT(DISTINCT x) … GROUP BY k` counts the groups of a grouping by k and x: many distinct values are then grouped in partitions by all
/// workers, as any other keys are. Only where every call is over the distinct values of the same arguments.
final class DistinctCalls {
    RelNode apply(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(apply(input));
        }
        RelNode same = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return same instanceof Aggregate aggregate && isOverOneDistinct(aggregate)
                ? twice(aggregate)
                : same;
    }

    private static boolean isOverOneDistinct(Aggregate aggregate) {
        List<AggregateCall> calls = aggregate.getAggCallList();
        return aggregate.getGroupType() == Aggregate.Group.SIMPLE
                && !calls.isEmpty()
                && calls.stream()
                        .allMatch(call ->
                                isPlainDistinct(call)
                                        && call.getArgList().equals(calls.getFirst().getArgList()));
    }

    private static boolean isPlainDistinct(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return call.isDistinct()
                && !call.isApproximate()
                && !call.ignoreNulls()
                && call.filterArg < 0
                && call.distinctKeys == null
                && (kind == SqlKind.COUNT || kind == SqlKind.SUM || kind == SqlKind.AVG);
    }

    private static RelNode twice(Aggregate aggregate) {
        ImmutableBitSet keys = aggregate.getGroupSet();
        ImmutableBitSet all =
                keys.union(ImmutableBitSet.of(aggregate.getAggCallList().getFirst().getArgList()));
        RelNode distinct =
                LogicalAggregate.create(
                        aggregate.getInput(), ImmutableList.of(), all, null, List.of());
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            calls.add(
                    call.withDistinct(false)
                            .withArgList(call.getArgList().stream().map(all::indexOf).toList()));
        }
        ImmutableBitSet moved =
                ImmutableBitSet.of(keys.asList().stream().map(all::indexOf).toList());
        return LogicalAggregate.create(distinct, ImmutableList.of(), moved, null, calls);
    }
}
