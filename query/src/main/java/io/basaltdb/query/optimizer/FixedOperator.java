package io.basaltdb.query.optimizer;

import io.basaltdb.query.function.ScalarFunction;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/// A function that was made for one call, since its type follows from more than the types of its arguments. It is known already and not looked up by its name,
/// which says all that it was made of: calls of operators with equal names are equal.
public final class FixedOperator extends FunctionOperator {
    public FixedOperator(ScalarFunction function) {
        super(function.name(), function);
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        for (SqlNode operand : call.getOperandList()) {
            validator.deriveType(scope, operand);
        }
        return validateOperands(validator, scope, call);
    }
}
