package io.basaltdb.query.execution;

import io.basaltdb.query.operator.rows.KeptRows;
import io.basaltdb.query.operator.rows.KeptRowsSource;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.PlanNode;
import java.util.HashMap;
import java.util.Map;

/// The sub-plans that several places of a plan read: each ends in a sink that keeps its rows, once, and every place is a source over it.
///
/// What later operators know about columns is dropped here: one place's filter is not another's.
final class SharedParts {
    private record Part(Finishing finishing, KeptRows rows) {}

    private final Map<Integer, Part> parts = new HashMap<>();

    void read(PlanNode.Shared shared, Target target, PipelineBuilder builder) {
        OperatorProfile profile = builder.profile(shared, target);
        Part part = parts.get(shared.number());
        if (part == null) {
            KeptRows rows = new KeptRows(RowStore.types(shared.output()), profile.memory());
            part = new Part(builder.finishing(rows, profile), rows);
            parts.put(shared.number(), part);
            builder.build(shared.input(), Target.of(profile, part.finishing()));
        }
        target.startingAfter(part.finishing())
                .pipelineFrom(new KeptRowsSource(part.rows()), profile, builder.graph());
    }
}
