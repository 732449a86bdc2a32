package io.basaltdb.query.sql;

import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.query.optimizer.FunctionOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/// A function that stands in the tree already: its name is not looked up.
final class KnownFunction extends FunctionOperator {
    KnownFunction(String name, ScalarFunction function) {
        super(name, function);
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        for (SqlNode operand : call.getOperandList()) {
            validator.deriveType(scope, operand);
        }
        return validateOperands(validator, scope, call);
    }
}
