package io.basaltdb.query.optimizer;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.AggregateParameters;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;

/// An aggregate function of ours under one of its names. What a call says beside its arguments is part of the operator, and of its name, since calls of
/// operators with equal names are equal.
public final class AggregateOperator extends SqlAggFunction {
    /// Stands before and behind the parameters in a name.
    public static final char PARAMETERS = '\u0001';

    private final AggregateFunction function;
    private final AggregateParameters parameters;

    public AggregateOperator(
            String name,
            AggregateFunction function,
            SqlReturnTypeInference result,
            SqlOperandTypeChecker operands) {
        this(name, function, AggregateParameters.NONE, result, operands);
    }

    public AggregateOperator(
            String name,
            AggregateFunction function,
            AggregateParameters parameters,
            SqlReturnTypeInference result,
            SqlOperandTypeChecker operands) {
        super(
                name(name, parameters),
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
        this.parameters = parameters;
    }

    private static String name(String name, AggregateParameters parameters) {
        return parameters.equals(AggregateParameters.NONE)
                ? name
                : name + PARAMETERS + parameters + PARAMETERS;
    }

    /// The same for all rows that it is called with, ordered by as many more arguments.
    public AggregateOperator orderedBy(List<AggregateParameters.Direction> order) {
        int end = getName().indexOf(PARAMETERS);
        SqlOperandTypeChecker operands = getOperandTypeChecker();
        return new AggregateOperator(
                end < 0 ? getName() : getName().substring(0, end),
                function,
                parameters.orderedBy(order),
                Objects.requireNonNull(getReturnTypeInference()),
                Objects.requireNonNull(operands));
    }

    /// The operator is known already: its name, which may hold parameters, is not looked up.
    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        SqlValidatorScope operands = scope.getOperandScope(call);
        for (SqlNode operand : call.getOperandList()) {
            validator.deriveType(operands, operand);
        }
        return validateOperands(validator, operands, call);
    }

    AggregateParameters parameters() {
        return parameters;
    }

    AggregateFunction function() {
        return function;
    }
}
