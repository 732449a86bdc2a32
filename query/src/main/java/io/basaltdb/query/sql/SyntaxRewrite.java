package io.basaltdb.query.sql;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Takes back decisions of the grammar: where it chose a function of a dialect by its name, the name is looked up like any other.
final class SyntaxRewrite extends SqlShuttle {
    private SyntaxRewrite() {}

    static SqlNode apply(SqlNode tree) {
        @Nullable SqlNode rewritten = tree.accept(new SyntaxRewrite());
        assert rewritten != null;
        return rewritten;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        @Nullable SqlNode visited = super.visit(call);
        if (!(visited instanceof SqlCall inner)) {
            return visited;
        }
        SqlOperator operator = inner.getOperator();
        if (operator == SqlLibraryOperators.INFIX_CAST) {
            return SqlStdOperatorTable.CAST.createCall(
                    inner.getParserPosition(), inner.getOperandList());
        }
        if (operator == SqlLibraryOperators.DATE_TRUNC) {
            return named("date_trunc", unitsAsText(inner));
        }
        return inner;
    }

    private static SqlNode[] unitsAsText(SqlCall call) {
        SqlNode[] operands = call.getOperandList().toArray(SqlNode[]::new);
        for (int i = 0; i < operands.length; i++) {
            if (operands[i] instanceof SqlIntervalQualifier unit) {
                // date_trunc(ts, HOUR) is date_trunc('hour', ts)
                SqlNode text =
                        SqlLiteral.createCharString(
                                unit.getUnit().name().toLowerCase(java.util.Locale.ROOT),
                                unit.getParserPosition());
                return new SqlNode[] {text, operands[1 - i]};
            }
        }
        return operands;
    }

    private static SqlCall named(String name, SqlNode... operands) {
        SqlParserPos position = SqlParserPos.sum(java.util.List.of(operands));
        SqlFunction function =
                new SqlUnresolvedFunction(
                        new SqlIdentifier(name, position),
                        null,
                        null,
                        null,
                        null,
                        SqlFunctionCategory.USER_DEFINED_FUNCTION);
        return function.createCall(new SqlNodeList(java.util.List.of(operands), position));
    }
}
