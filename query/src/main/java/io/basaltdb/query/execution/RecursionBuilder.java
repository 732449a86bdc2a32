package io.basaltdb.query.execution;

import io.basaltdb.query.plan.PlanNode;

/// A recursion is one source that runs its steps as executions of their own; inside a step its working table is a source of batches that are there.
final class RecursionBuilder {
    private RecursionBuilder() {}

    static void recursion(PlanNode.Recursion recursion, Target target, PipelineBuilder builder) {
        target.pipelineFrom(
                new RecursionSource(recursion, builder.workingTables()),
                builder.profile(recursion, target),
                builder.graph());
    }

    static void workingTable(PlanNode.WorkingTable table, Target target, PipelineBuilder builder) {
        target.pipelineFrom(
                new BatchesSource(builder.workingTables().of(table.table())),
                builder.profile(table, target),
                builder.graph());
    }
}
