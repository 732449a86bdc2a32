package io.basaltdb.query.execution;

import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.operator.Source;
import io.basaltdb.query.operator.write.DeleteSink;
import io.basaltdb.query.operator.write.InsertSink;
import io.basaltdb.query.operator.write.KeyedInsertSink;
import io.basaltdb.query.operator.write.UpdateSink;
import io.basaltdb.query.plan.KeyRule;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.query.relation.RelationName;
import io.basaltdb.storage.table.Split;
import java.util.List;

/// Writes: the input ends in the table, and what follows reads the rows that were written, or their number.
final class WriteBuilder {
    private WriteBuilder() {}

    static void insert(PlanNode.Insert insert, Target target, PipelineBuilder builder) {
        if (insert.rule() instanceof KeyRule.Refuse) {
            InsertSink sink =
                    new InsertSink(
                            builder.query().transaction(),
                            insert.table().tableId(),
                            insert.returnsRows());
            build(insert, sink, sink.source(), target, builder);
            return;
        }
        KeyedInsertSink sink =
                new KeyedInsertSink(
                        builder.query().transaction(),
                        insert.table().tableId(),
                        insert.rule(),
                        builder.query().evaluation(),
                        builder.query().memory(),
                        insert.returnsRows());
        build(insert, sink, sink.source(), target, builder);
    }

    static void delete(PlanNode.Delete delete, Target target, PipelineBuilder builder) {
        DeleteSink sink =
                new DeleteSink(
                        builder.query().transaction(),
                        delete.table().tableId(),
                        splits(delete.table(), builder),
                        delete.returnsRows());
        build(delete, sink, sink.source(), target, builder);
    }

    static void update(PlanNode.Update update, Target target, PipelineBuilder builder) {
        UpdateSink sink =
                new UpdateSink(
                        builder.query().transaction(),
                        update.table().tableId(),
                        splits(update.table(), builder),
                        update.keepsKeys(),
                        update.returnsRows());
        build(update, sink, sink.source(), target, builder);
    }

    /// Names of the splits that addresses of the table's rows count.
    private static List<String> splits(RelationName.Table table, PipelineBuilder builder) {
        Relation addressed = builder.query().relations().resolve(new RelationName.Addressed(table));
        return addressed.splits().stream().map(Split::name).toList();
    }

    private static void build(
            PlanNode node, Sink sink, Source count, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(node, target);
        Finishing finishing = builder.finishing(sink, profile);
        builder.build(node.inputs().getFirst(), Target.of(profile, finishing));
        target.startingAfter(finishing).pipelineFrom(count, profile, builder.graph());
    }
}
