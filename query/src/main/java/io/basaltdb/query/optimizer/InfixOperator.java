package io.basaltdb.query.optimizer;

import io.basaltdb.query.function.ScalarFunction;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;

/// A function of the catalogue that is written between its two operands.
public final class InfixOperator extends SqlBinaryOperator implements CatalogOperator {
    private final ScalarFunction function;

    /// @param precedence as the operator of the same name has in the grammar
    public InfixOperator(String symbol, SqlKind kind, int precedence, ScalarFunction function) {
        super(
                symbol,
                kind,
                precedence,
                true,
                binding -> FunctionOperator.resultType(function, binding),
                new FunctionOperator.Signature(function),
                new FunctionOperator.Signature(function));
        this.function = function;
    }

    @Override
    public ScalarFunction function() {
        return function;
    }
}
