package io.basaltdb.query.optimizer;

import io.basaltdb.query.function.AggregateFunction;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.util.Optionality;

/// An aggregate function of ours under one of its names.
public final class AggregateOperator extends SqlAggFunction {
    private final AggregateFunction function;

    public AggregateOperator(
            String name,
            AggregateFunction function,
            SqlReturnTypeInference result,
            SqlOperandTypeChecker operands) {
        super(
                name,
                null,
                SqlKind.OTHER_FUNCTION,
                result,
                null,
                operands,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.IGNORED);
        this.function = function;
    }

    AggregateFunction function() {
        return function;
    }
}
