package io.basaltdb.query.execution;

import io.basaltdb.query.expression.Expressions;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.operator.sort.SortSink;
import io.basaltdb.query.operator.sort.SortedSource;
import io.basaltdb.query.operator.sort.TopNSink;
import io.basaltdb.query.plan.PlanNode;
import java.util.List;

/// Nodes that order rows: a sink that gathers them, and a pipeline of one lane that reads them in order.
final class SortBuilder {
    private SortBuilder() {}

    static void sort(PlanNode.Sort sort, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(sort, target);
        SortSink sink = new SortSink(RowStore.types(sort.output()), sort.keys(), profile.memory());
        ordered(sort.input(), sink, List.of(), profile, target, builder);
    }

    static void topN(PlanNode.TopN topN, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(topN, target);
        long limit = RowCounts.of(topN.limit(), "LIMIT", builder.query().evaluation());
        long offset = RowCounts.of(topN.offset(), "OFFSET", builder.query().evaluation());
        if (offset > RowStore.MAX_ROWS - Math.min(limit, RowStore.MAX_ROWS)) {
            SortSink sink =
                    new SortSink(
                            RowStore.types(topN.output()),
                            topN.keys(),
                            limit,
                            offset,
                            profile.memory());
            ordered(topN.input(), sink, List.of(), profile, target, builder);
            return;
        }
        TopNSink sink =
                new TopNSink(
                        RowStore.types(topN.output()),
                        topN.keys(),
                        limit,
                        offset,
                        profile.memory());
        ordered(topN.input(), sink, filters(topN, sink), profile, target, builder);
    }

    /// The bound reaches a scan or the groups of an aggregation only through what cannot fail: which rows it drops is a matter of time, and whether a query fails must not be.
    private static List<Target.ColumnFilter> filters(PlanNode.TopN topN, TopNSink sink) {
        return isInfallibleToSource(topN.input())
                ? List.of(
                        new Target.ColumnFilter(
                                topN.keys().getFirst().column(), sink.bound(), null))
                : List.of();
    }

    private static boolean isInfallibleToSource(PlanNode node) {
        return switch (node) {
            case PlanNode.Scan scan ->
                    scan.filter() == null || !Expressions.isFallible(scan.filter());
            case PlanNode.Filter filter ->
                    !Expressions.isFallible(filter.predicate())
                            && isInfallibleToSource(filter.input());
            case PlanNode.Project project ->
                    project.expressions().stream().noneMatch(Expressions::isFallible)
                            && isInfallibleToSource(project.input());
            // All results are computed in any case, and keys cannot fail. Below, the bound is not
            // known before the last row has been read.
            case PlanNode.Aggregate _ -> true;
            case PlanNode.Window _,
                    PlanNode.HashJoin _,
                    PlanNode.NestedLoopJoin _,
                    PlanNode.Sort _,
                    PlanNode.TopN _,
                    PlanNode.Limit _,
                    PlanNode.Repeat _,
                    PlanNode.Unnest _,
                    PlanNode.UnionAll _,
                    PlanNode.Recursion _,
                    PlanNode.WorkingTable _,
                    PlanNode.Shared _,
                    PlanNode.Values _,
                    PlanNode.Rows _,
                    PlanNode.Insert _,
                    PlanNode.Update _,
                    PlanNode.Delete _ ->
                    false;
        };
    }

    private static void ordered(
            PlanNode input,
            Sink sink,
            List<Target.ColumnFilter> filters,
            OperatorProfile profile,
            Target target,
            PipelineBuilder builder) {
        Finishing finishing = builder.finishing(sink, profile);
        builder.build(input, Target.of(profile, finishing).withFilters(filters));
        target.startingAfter(finishing)
                .pipelineFrom(new SortedSource(sink), profile, builder.graph());
    }
}
