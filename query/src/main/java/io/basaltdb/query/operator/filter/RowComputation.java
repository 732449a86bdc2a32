package io.basaltdb.query.operator.filter;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/// Computes several expressions over the rows of batches, for one thread.
public final class RowComputation {
    private final List<Expression> expressions;
    private final EvaluationContext evaluation;

    private RowComputation(List<Expression> expressions, EvaluationContext evaluation) {
        this.expressions = List.copyOf(expressions);
        this.evaluation = evaluation;
    }

    public static RowComputation of(List<Expression> expressions, EvaluationContext evaluation) {
        return new RowComputation(expressions, evaluation);
    }

    /// A batch of the expressions' values with the same lanes and selection; lent until the next call.
    public Batch compute(Batch input) {
        List<Vector> columns = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            columns.add(column(expression, input));
        }
        return new Batch(input.size(), columns, input.selection());
    }

    private Vector column(Expression expression, Batch input) {
        return switch (expression) {
            case Expression.Column(int index, _) -> input.column(index);
            case Expression.Literal(Value value, var type) ->
                    new ConstantVector(type, input.size(), value);
            case Expression.Parameter(int index, var type) ->
                    new ConstantVector(type, input.size(), evaluation.parameters().get(index));
            default ->
                    throw new BasaltException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "expressions other than columns and constants are not executed");
        };
    }
}
