package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.storage.type.Type;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.OperandTypes;

/// A value that is fixed when the query starts: CURRENT_DATE, now(). Never folded.
public final class SlotOperator extends SqlFunction {
    private final Expression.Slot slot;
    private final SqlSyntax syntax;

    /// @param parentheses whether it is written with `()`
    public SlotOperator(String name, boolean parentheses, Expression.Slot.Kind kind, Type type) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                binding -> RelTypes.toRel(binding.getTypeFactory(), type, false),
                null,
                OperandTypes.NILADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.slot = new Expression.Slot(kind, type);
        this.syntax = parentheses ? SqlSyntax.FUNCTION : SqlSyntax.FUNCTION_ID;
    }

    Expression.Slot slot() {
        return slot;
    }

    @Override
    public SqlSyntax getSyntax() {
        return syntax;
    }

    @Override
    public boolean isDynamicFunction() {
        return true;
    }
}
