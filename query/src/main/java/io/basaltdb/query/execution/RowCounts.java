package io.basaltdb.query.execution;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Projector;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.util.List;

/// The numbers of LIMIT and OFFSET, which may be parameters.
final class RowCounts {
    private RowCounts() {}

    /// @param clause for messages
    static long of(Expression expression, String clause, EvaluationContext evaluation) {
        Vector vector =
                Projector.of(List.of(expression), evaluation)
                        .project(new Batch(1, List.of()))
                        .column(0);
        long count = vector.isNull(0) ? -1 : number(vector);
        if (count < 0) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    clause
                            + " must be a number of rows from 0 on, found "
                            + (vector.isNull(0) ? "NULL" : count));
        }
        return count;
    }

    private static long number(Vector vector) {
        return switch (vector) {
            case LongVector longs -> longs.values()[0];
            case ConstantVector constant when constant.value() instanceof Value.Whole(long whole) ->
                    whole;
            case ConstantVector _,
                    DoubleVector _,
                    WideVector _,
                    BitVector _,
                    BytesVector _,
                    DictionaryVector _ ->
                    throw new BasaltException(
                            ErrorCode.DATATYPE_MISMATCH,
                            "LIMIT and OFFSET must be whole numbers, found a "
                                    + vector.type().sql());
        };
    }
}
