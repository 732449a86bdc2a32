package io.basaltdb.query.optimizer;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/// A parameter of a lambda, as a call without arguments: so a body is an expression like any other to whoever checks and converts it. [LambdaClosure]
/// puts a column of the body's rows in its place. Its type is known when that of the list is. For one planning.
public final class LambdaParameter extends SqlFunction {
    private final String written;
    private @Nullable RelDataType type;

    /// @param depth of the lambda in other lambdas
    /// @param index among the parameters of its lambda
    public LambdaParameter(int depth, int index, String written) {
        super(
                "lambda parameter " + depth + "." + index,
                SqlKind.OTHER_FUNCTION,
                null,
                null,
                OperandTypes.NILADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.written = written;
    }

    /// How the statement calls it.
    String written() {
        return written;
    }

    public void is(RelDataType known) {
        type = known;
    }

    public RelDataType type() {
        RelDataType known = type;
        if (known == null) {
            throw new AssertionError("the list comes first: " + written);
        }
        return known;
    }

    /// Names tell lambdas of one statement that are written the same to be the same; one in a macro may stand in another at the same depth.
    @Override
    @SuppressWarnings("ReferenceEquality") // each lambda has parameters of its own
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        return type();
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        return type();
    }
}
