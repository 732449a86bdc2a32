package io.basaltdb.query.operator.scan;

import io.basaltdb.query.expression.Expression;
import java.util.BitSet;
import java.util.List;

/// Which columns an expression reads.
final class ColumnUse {
    private ColumnUse() {}

    static BitSet of(Expression expression) {
        BitSet columns = new BitSet();
        add(expression, columns);
        return columns;
    }

    private static void addAll(List<Expression> expressions, BitSet columns) {
        for (Expression expression : expressions) {
            add(expression, columns);
        }
    }

    private static void add(Expression expression, BitSet columns) {
        switch (expression) {
            case Expression.Column(int index, _) -> columns.set(index);
            case Expression.Literal _, Expression.Parameter _, Expression.Slot _ -> {}
            case Expression.Call call -> addAll(call.arguments(), columns);
            case Expression.Cast cast -> add(cast.operand(), columns);
            case Expression.Comparison comparison -> {
                add(comparison.left(), columns);
                add(comparison.right(), columns);
            }
            case Expression.In in -> add(in.operand(), columns);
            case Expression.And and -> addAll(and.operands(), columns);
            case Expression.Or or -> addAll(or.operands(), columns);
            case Expression.Not not -> add(not.operand(), columns);
            case Expression.Is is -> add(is.operand(), columns);
            case Expression.Case choice -> {
                for (Expression.Case.Branch branch : choice.branches()) {
                    add(branch.condition(), columns);
                    add(branch.result(), columns);
                }
                add(choice.otherwise(), columns);
            }
            case Expression.Coalesce coalesce -> addAll(coalesce.operands(), columns);
        }
    }
}
