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

/// The probe side of a hash join: looks the keys of each left batch up in a finished [JoinBuild].
public final class HashJoinProbe implements Transform {
    private final JoinKind kind;
    private final JoinBuild build;
    private final List<Integer> leftKeys;
    private final @Nullable Expression residual;
    private final List<Type> leftTypes;
    private final BitSet matchedRows = new BitSet();

    /// @param leftTypes types of the probe side's columns
    /// @param residual a condition over left columns followed by right columns that a match must fulfil too; null for none
    public HashJoinProbe(
            JoinKind kind,
            JoinBuild build,
            List<Type> leftTypes,
            List<Integer> leftKeys,
            @Nullable Expression residual) {
        this.kind = kind;
        this.build = build;
        this.leftTypes = List.copyOf(leftTypes);
        this.leftKeys = List.copyOf(leftKeys);
        this.residual = residual;
    }

    @Override
    public LocalTransform local(OperatorContext context) {
        if (kind == JoinKind.NULL_AWARE_ANTI) {
            return new NullAwareAntiProbe(build, leftKeys);
        }
        Filter filter = residual == null ? null : Filter.of(residual, context.evaluation());
        return new ProbeLane(this, kind, build, leftKeys, filter, context);
    }

    /// Says which build rows a lane matched.
    synchronized void laneEnded(BitSet matchedByLane) {
        matchedRows.or(matchedByLane);
    }

    /// The build rows that the join gives last: those without a match behind NULLs for the left columns (RIGHT, FULL), or alone those with or
    /// without one (RIGHT_SEMI, RIGHT_ANTI). To be read when every pipeline that probes has ended.
    public Source lastRows() {
        return new LastRows(
                build::rows,
                matchedRows,
                kind == JoinKind.RIGHT_SEMI,
                kind.givesRightColumnsOnly() ? List.of() : leftTypes);
    }
}
