package io.basaltdb.query.optimizer;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.storage.type.Type;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/// SUM or AVG of intervals, which [IntervalKeys] computes by sums of their parts.
public final class IntervalAggregate extends SqlAggFunction {
    public static final IntervalAggregate SUM = new IntervalAggregate("sum of intervals", false);
    public static final IntervalAggregate AVG = new IntervalAggregate("avg of intervals", true);

    private final boolean isAverage;

    private IntervalAggregate(String name, boolean isAverage) {
        super(
                name,
                null,
                SqlKind.OTHER_FUNCTION,
                binding -> RelTypes.toRel(binding.getTypeFactory(), Type.INTERVAL, true),
                null,
                OperandTypes.ANY,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.FORBIDDEN);
        this.isAverage = isAverage;
    }

    /// What stands for that sum or average where its argument is an interval; null for other operators.
    @SuppressWarnings("ReferenceEquality") // there is one of each operator
    public static @Nullable IntervalAggregate of(SqlOperator operator) {
        AggregateFunction own =
                operator instanceof AggregateOperator aggregate ? aggregate.function() : null;
        if (operator == SqlStdOperatorTable.SUM || own == AggregateFunction.SUM) {
            return SUM;
        }
        return operator == SqlStdOperatorTable.AVG || own == AggregateFunction.AVG ? AVG : null;
    }

    boolean isAverage() {
        return isAverage;
    }

    /// The operator is known already: its name is not looked up.
    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        SqlValidatorScope operands = scope.getOperandScope(call);
        for (SqlNode operand : call.getOperandList()) {
            validator.deriveType(operands, operand);
        }
        return validateOperands(validator, operands, call);
    }
}
