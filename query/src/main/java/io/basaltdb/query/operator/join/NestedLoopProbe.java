package io.basaltdb.query.operator.join;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Filter;
import io.basaltdb.query.operator.LocalTransform;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Source;
import io.basaltdb.query.operator.Transform;
import io.basaltdb.query.plan.JoinKind;
import io.basaltdb.storage.type.Type;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pairs each left row with each row of a finished [NestedLoopBuild].
public final class NestedLoopProbe implements Transform {
    private final JoinKind kind;
    private final NestedLoopBuild build;
    private final List<Type> leftTypes;
    private final @Nullable Expression condition;
    private final BitSet matchedRows = new BitSet();

    public NestedLoopProbe(
            JoinKind kind,
            NestedLoopBuild build,
            List<Type> leftTypes,
            @Nullable Expression condition) {
        this.kind = kind;
        this.build = build;
        this.leftTypes = List.copyOf(leftTypes);
        this.condition = condition;
    }

    @Override
    public LocalTransform local(OperatorContext context) {
        Filter filter = condition == null ? null : Filter.of(condition, context.evaluation());
        return new NestedLoopLane(this, kind, build, filter, context);
    }

    /// Says which build rows a lane matched.
    synchronized void laneEnded(BitSet matchedByLane) {
        matchedRows.or(matchedByLane);
    }

    /// The build rows that no probing row has matched, with NULLs for the left columns: what RIGHT and FULL joins give besides. To be read when every
    /// pipeline that probes has ended.
    public Source lastRows() {
        return new LastRows(build::rows, matchedRows, false, leftTypes);
    }
}
