package io.basaltdb.query.expression;

import io.basaltdb.storage.type.Physical;

/// A guess at what an expression costs per row, to put cheap conjuncts first.
final class ExpressionCost {
    private ExpressionCost() {}

    static int of(Expression expression) {
        int cost = own(expression);
        for (Expression operand : Expressions.operands(expression)) {
            cost += of(operand);
        }
        return cost;
    }

    private static int own(Expression expression) {
        return switch (expression) {
            case Expression.Column _, Expression.Literal _ -> 0;
            case Expression.Parameter _, Expression.Slot _ -> 0;
            case Expression.Comparison comparison -> byForm(comparison.left());
            case Expression.In in -> byForm(in.operand());
            case Expression.Is _, Expression.Not _ -> 1;
            case Expression.And _, Expression.Or _ -> 1;
            case Expression.Case _, Expression.Coalesce _ -> 10;
            case Expression.Cast cast ->
                    cast.type().physical() == Physical.BYTES
                                    || cast.operand().type().physical() == Physical.BYTES
                            ? 100
                            : 10;
            case Expression.Call call ->
                    call.arguments().stream().anyMatch(a -> a.type().physical() == Physical.BYTES)
                            ? 100
                            : 5;
        };
    }

    private static int byForm(Expression operand) {
        return operand.type().physical() == Physical.BYTES ? 20 : 2;
    }
}
