package io.basaltdb.query.execution;

import io.basaltdb.query.operator.window.WindowSink;
import io.basaltdb.query.plan.PlanNode;
import java.util.List;

/// Windows: the input ends in a sink, and what follows reads its rows with the columns of the calls.
final class WindowBuilder {
    private WindowBuilder() {}

    static void build(PlanNode.Window node, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(node, target);
        WindowSink sink = new WindowSink(node, profile.memory());
        Finishing finishing = builder.finishing(sink, profile);
        // Whole partitions may be left out below, single rows not.
        List<Target.ColumnFilter> filters =
                target.filters().stream()
                        .filter(known -> node.partitionColumns().contains(known.column()))
                        .toList();
        builder.build(node.input(), Target.of(profile, finishing).withFilters(filters));
        target.startingAfter(finishing).pipelineFrom(sink.source(), profile, builder.graph());
    }
}
