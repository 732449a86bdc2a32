package io.basaltdb.query.session;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Projector;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.storage.catalog.StoredExpression;
import io.basaltdb.storage.table.ExpiryRule;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneId;
import java.util.List;

/// Computes the instant at which rows expire, in the time zone that the TTL was written in.
final class Expiry implements ExpiryRule {
    private final List<Integer> columns;
    private final boolean isMonotone;
    private final Projector instant;

    /// @param bound the TTL as TIMESTAMP WITH TIME ZONE
    Expiry(Expression bound, StoredExpression ttl) {
        this.columns = List.copyOf(RowRules.columns(bound));
        // Where clocks are put forward, an hour of local times names instants behind later ones.
        this.isMonotone = climbs(bound) && ZoneId.of(ttl.timeZone()).getRules().isFixedOffset();
        this.instant = Projector.of(List.of(bound), RowComputation.context(ttl));
    }

    /// Whether the expression is a column, perhaps converted, with constants added to it.
    private static boolean climbs(Expression expression) {
        return switch (expression) {
            case Expression.Column _ -> true;
            case Expression.Cast cast -> !cast.orNull() && climbs(cast.operand());
            case Expression.Call call ->
                    switch (call.function().name()) {
                        case "add", "date_add", "subtract", "date_sub" ->
                                call.arguments().size() == 2
                                        && climbs(call.arguments().getFirst())
                                        && call.arguments().getLast() instanceof Expression.Literal;
                        default -> false;
                    };
            default -> false;
        };
    }

    @Override
    public List<Integer> columns() {
        return columns;
    }

    @Override
    public boolean isMonotone() {
        return isMonotone;
    }

    @Override
    public Selection expired(Batch rows, long wallMicros) {
        Vector instants = instant.project(rows).column(0);
        int[] lanes = new int[rows.rowCount()];
        int count = 0;
        for (int i = 0; i < rows.rowCount(); i++) {
            int lane = rows.selection() == null ? i : rows.selection().rows()[i];
            lanes[count] = lane;
            count +=
                    Lanes.value(instants, lane) instanceof Value.Whole(long micros)
                                    && micros <= wallMicros
                            ? 1
                            : 0;
        }
        return new Selection(lanes, count);
    }
}
