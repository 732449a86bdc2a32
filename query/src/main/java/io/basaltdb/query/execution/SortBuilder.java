package io.basaltdb.query.execution;

import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.operator.sort.SortSink;
import io.basaltdb.query.operator.sort.SortedSource;
import io.basaltdb.query.operator.sort.TopNSink;
import io.basaltdb.query.plan.PlanNode;

/// Nodes that order rows: a sink that gathers them, and a pipeline of one lane that reads them in order.
final class SortBuilder {
    private SortBuilder() {}

    static void sort(PlanNode.Sort sort, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(sort, target);
        SortSink sink = new SortSink(RowStore.types(sort.output()), sort.keys(), profile.memory());
        ordered(sort.input(), sink, profile, target, builder);
    }

    static void topN(PlanNode.TopN topN, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(topN, target);
        long limit = RowCounts.of(topN.limit(), "LIMIT", builder.query().evaluation());
        long offset = RowCounts.of(topN.offset(), "OFFSET", builder.query().evaluation());
        Sink sink =
                offset > RowStore.MAX_ROWS - Math.min(limit, RowStore.MAX_ROWS)
                        ? new SortSink(
                                RowStore.types(topN.output()),
                                topN.keys(),
                                limit,
                                offset,
                                profile.memory())
                        : new TopNSink(
                                RowStore.types(topN.output()),
                                topN.keys(),
                                limit,
                                offset,
                                profile.memory());
        ordered(topN.input(), sink, profile, target, builder);
    }

    private static void ordered(
            PlanNode input,
            Sink sink,
            OperatorProfile profile,
            Target target,
            PipelineBuilder builder) {
        Finishing finishing = builder.finishing(sink, profile);
        builder.build(input, Target.of(profile, finishing));
        target.startingAfter(finishing)
                .pipelineFrom(new SortedSource(sink), profile, builder.graph());
    }
}
