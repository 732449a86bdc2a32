package io.basaltdb.query.execution;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.operator.aggregate.AggregateSink;
import io.basaltdb.query.operator.aggregate.AggregateSource;
import io.basaltdb.query.plan.PlanNode;
import java.util.List;

/// Aggregations: the input ends in a sink, and what follows reads the groups.
final class AggregateBuilder {
    private AggregateBuilder() {}

    static void build(PlanNode.Aggregate node, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(node, target);
        AggregateSink sink = new AggregateSink(node, profile.memory());
        Finishing finishing = builder.finishing(sink, profile);
        List<Target.ColumnFilter> filters =
                target.filters().stream()
                        .filter(known -> known.column() < node.groupColumns().size())
                        .map(known -> known.of(node.groupColumns().get(known.column())))
                        .toList();
        Target rows = Target.of(profile, finishing).withFilters(filters);
        if (node.input() instanceof PlanNode.Scan scan && asksForCount(node, scan)) {
            sink.count(ScanBuilder.buildCounted(scan, rows, builder));
        } else if (node.input() instanceof PlanNode.Scan scan && asksForBounds(node)) {
            ScanBuilder.build(scan, true, rows, builder);
        } else {
            builder.build(node.input(), rows);
        }
        target.startingAfter(finishing)
                .pipelineFrom(sink.source(resultFilters(node, target)), profile, builder.graph());
    }

    private static List<AggregateSource.ResultFilter> resultFilters(
            PlanNode.Aggregate node, Target target) {
        int keyCount = node.groupColumns().size();
        return target.filters().stream()
                .filter(known -> known.column() >= keyCount)
                .map(known ->
                        new AggregateSource.ResultFilter(known.column() - keyCount, known.filter()))
                .toList();
    }

    private static boolean asksForCount(PlanNode.Aggregate node, PlanNode.Scan scan) {
        return node.groupColumns().isEmpty()
                && scan.columns().isEmpty()
                && scan.ranges().isEmpty()
                && scan.filter() == null
                && node.calls().stream()
                        .allMatch(call ->
                                call.filterColumn() < 0
                                        && call.arguments().isEmpty()
                                        && call.function() == AggregateFunction.COUNT);
    }

    private static boolean asksForBounds(PlanNode.Aggregate node) {
        return node.groupColumns().isEmpty()
                && node.calls().stream()
                        .allMatch(call ->
                                call.filterColumn() < 0
                                        && (call.function() == AggregateFunction.MIN
                                                || call.function() == AggregateFunction.MAX));
    }
}
