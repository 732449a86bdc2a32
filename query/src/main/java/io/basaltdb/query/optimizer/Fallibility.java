package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Expressions;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/// Whether a row expression may be evaluated for rows that the statement does not ask for.
final class Fallibility {
    private Fallibility() {}

    /// Whether the expression raises no error for any row, gives the same each time, and holds no sub-query or window.
    static boolean isMovable(RexNode node) {
        return switch (node) {
            case RexInputRef _, RexLiteral _, RexDynamicParam _ -> true;
            case RexOver _, RexSubQuery _ -> false;
            case RexCall call -> isPlain(call) && isSafe(ExpressionBuilder.build(call));
            default -> false;
        };
    }

    static boolean areMovable(List<? extends RexNode> nodes) {
        return nodes.stream().allMatch(Fallibility::isMovable);
    }

    /// No sub-query, window or outer reference inside.
    private static boolean isPlain(RexCall call) {
        return !RexUtil.containsCorrelation(call)
                && RexUtil.SubQueryFinder.find(call) == null
                && !RexOver.containsOver(call);
    }

    private static boolean isSafe(Expression expression) {
        return !Expressions.isFallible(expression) && Expressions.isDeterministic(expression);
    }
}
