package io.basaltdb.query.execution;

import io.basaltdb.query.operator.write.InsertSink;
import io.basaltdb.query.plan.PlanNode;

/// Inserts: the input ends in the table, and what follows reads the number of rows.
final class InsertBuilder {
    private InsertBuilder() {}

    static void build(PlanNode.Insert insert, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(insert, target);
        InsertSink sink = new InsertSink(builder.query().transaction(), insert.table().tableId());
        Finishing finishing = builder.finishing(sink, profile);
        builder.build(insert.input(), Target.of(profile, finishing));
        target.startingAfter(finishing).pipelineFrom(sink.source(), profile, builder.graph());
    }
}
