package io.basaltdb.query.execution;

import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.plan.PlanPrinter;

/// Turns a plan into pipelines, from the root down: each node is told where its rows go, and either stands as a transform in that way or ends a way of its
/// own in a sink. One class per family of nodes knows how; this one only chooses it.
final class PipelineBuilder {
    /// Batches that wait for the reader.
    private static final int RESULT_BATCHES_PER_WORKER = 2;

    private final PipelineGraph graph = new PipelineGraph();
    private final QueryContext query;
    private final int workerCount;
    private final WorkingTables workingTables;
    private final SharedParts shared = new SharedParts();

    private PipelineBuilder(QueryContext query, int workerCount, WorkingTables workingTables) {
        this.query = query;
        this.workerCount = workerCount;
        this.workingTables = workingTables;
    }

    /// @param profile of the plan's root
    record Built(PipelineGraph graph, ResultQueue results, OperatorProfile profile) {}

    /// @param workingTables the rows of recursions that this plan is a step of
    /// @param gathered whether all rows may wait for a reader that comes when the query has ended
    static Built build(
            PlanNode plan,
            QueryContext query,
            int workerCount,
            WorkingTables workingTables,
            boolean gathered) {
        PipelineBuilder builder = new PipelineBuilder(query, workerCount, workingTables);
        try {
            OperatorProfile result = new OperatorProfile("Result", -1, query.memory());
            ResultQueue results =
                    new ResultQueue(
                            gathered ? Integer.MAX_VALUE : RESULT_BATCHES_PER_WORKER * workerCount,
                            query.memory());
            Finishing end = builder.finishing(results, result);
            builder.build(plan, Target.of(result, end));
            return new Built(builder.graph, results, result.inputs().getFirst());
        } catch (Throwable failure) {
            builder.graph.close();
            throw failure;
        }
    }

    QueryContext query() {
        return query;
    }

    PipelineGraph graph() {
        return graph;
    }

    WorkingTables workingTables() {
        return workingTables;
    }

    int workerCount() {
        return workerCount;
    }

    Finishing finishing(Sink sink, OperatorProfile profile) {
        return graph.add(new Finishing(new Placed<>(sink, profile)));
    }

    /// A profile for the node, as an input of whatever takes its rows.
    OperatorProfile profile(PlanNode node, Target target) {
        OperatorProfile profile =
                new OperatorProfile(
                        PlanPrinter.line(node),
                        node.estimatedRows(),
                        query.memory()
                                .child("this operator", "query_memory_limit", Long.MAX_VALUE));
        target.consumer().addInput(profile);
        return profile;
    }

    /// Adds the pipelines that bring the node's rows to the target.
    void build(PlanNode node, Target target) {
        switch (node) {
            case PlanNode.Scan scan -> ScanBuilder.build(scan, target, this);
            case PlanNode.Filter filter -> RowBuilder.filter(filter, target, this);
            case PlanNode.Project project -> RowBuilder.project(project, target, this);
            case PlanNode.Limit limit -> RowBuilder.limit(limit, target, this);
            case PlanNode.Repeat repeat -> RowBuilder.repeat(repeat, target, this);
            case PlanNode.Unnest unnest -> RowBuilder.unnest(unnest, target, this);
            case PlanNode.UnionAll union -> RowBuilder.unionAll(union, target, this);
            case PlanNode.Recursion recursion ->
                    RecursionBuilder.recursion(recursion, target, this);
            case PlanNode.WorkingTable table -> RecursionBuilder.workingTable(table, target, this);
            case PlanNode.Shared part -> shared.read(part, target, this);
            case PlanNode.Values values -> RowBuilder.values(values, target, this);
            case PlanNode.Rows rows -> RowBuilder.rows(rows, target, this);
            case PlanNode.HashJoin join -> JoinBuilder.hashJoin(join, target, this);
            case PlanNode.NestedLoopJoin join -> JoinBuilder.nestedLoopJoin(join, target, this);
            case PlanNode.Sort sort -> SortBuilder.sort(sort, target, this);
            case PlanNode.TopN topN -> SortBuilder.topN(topN, target, this);
            case PlanNode.Aggregate aggregate -> AggregateBuilder.build(aggregate, target, this);
            case PlanNode.Window window -> WindowBuilder.build(window, target, this);
            case PlanNode.Insert insert -> WriteBuilder.insert(insert, target, this);
            case PlanNode.Update update -> WriteBuilder.update(update, target, this);
            case PlanNode.Delete delete -> WriteBuilder.delete(delete, target, this);
        }
    }
}
