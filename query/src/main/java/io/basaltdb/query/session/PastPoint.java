package io.basaltdb.query.session;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Projector;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.AsOf;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.util.List;

/// The point that FOR SYSTEM_TIME AS OF means in one execution.
final class PastPoint {
    private PastPoint() {}

    static AsOf of(Expression point, EvaluationContext context) {
        Value value =
                Lanes.value(
                        Projector.of(List.of(point), context)
                                .project(new Batch(1, List.of()))
                                .column(0),
                        0);
        if (!(value instanceof Value.Whole(long whole))) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "FOR SYSTEM_TIME AS OF needs a time or the number of a commit, NULL was found");
        }
        if (point.type() instanceof Type.Int) {
            return new AsOf.Commit(whole);
        }
        AsOf.Time time = new AsOf.Time(whole);
        if (whole > context.nowMicros()) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "FOR SYSTEM_TIME AS OF "
                            + time.text()
                            + " is not in the past; leave it out to read what there is now");
        }
        return time;
    }
}
