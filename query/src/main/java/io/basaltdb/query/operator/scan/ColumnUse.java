package io.basaltdb.query.operator.scan;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Expressions;
import java.util.BitSet;

/// Which columns an expression reads.
final class ColumnUse {
    private ColumnUse() {}

    static BitSet of(Expression expression) {
        BitSet columns = new BitSet();
        Expressions.visit(
                expression,
                part -> {
                    if (part instanceof Expression.Column(int index, _)) {
                        columns.set(index);
                    }
                });
        return columns;
    }
}
