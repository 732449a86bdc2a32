package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// The operators that match regular expressions, as calls of the function that does.
final class RegularExpressions {
    private RegularExpressions() {}

    /// Null for any other operator.
    @SuppressWarnings("ReferenceEquality") // there is one of each operator
    static @Nullable SqlNode call(
            SqlOperator operator, SqlParserPos position, List<SqlNode> operands) {
        if (operator == SqlLibraryOperators.RLIKE) {
            return like(position, operands, false);
        }
        if (operator == SqlLibraryOperators.NOT_RLIKE) {
            return not(position, like(position, operands, false));
        }
        if (operator == SqlStdOperatorTable.POSIX_REGEX_CASE_SENSITIVE) {
            return like(position, operands, false);
        }
        if (operator == SqlStdOperatorTable.POSIX_REGEX_CASE_INSENSITIVE) {
            return like(position, operands, true);
        }
        if (operator == SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_SENSITIVE) {
            return not(position, like(position, operands, false));
        }
        if (operator == SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_INSENSITIVE) {
            return not(position, like(position, operands, true));
        }
        if (operator == SqlStdOperatorTable.SIMILAR_TO
                || operator == SqlStdOperatorTable.NOT_SIMILAR_TO) {
            throw SyntaxRewrite.unsupported(
                    position,
                    "SIMILAR TO is not supported; use LIKE or regexp_like(text, pattern)");
        }
        return null;
    }

    private static SqlNode like(SqlParserPos position, List<SqlNode> operands, boolean ignoreCase) {
        List<SqlNode> arguments = new ArrayList<>(operands.subList(0, 2));
        if (ignoreCase) {
            arguments.add(SqlLiteral.createCharString("i", position));
        }
        return SyntaxRewrite.named(position, "regexp_like", arguments);
    }

    private static SqlNode not(SqlParserPos position, SqlNode operand) {
        return SqlStdOperatorTable.NOT.createCall(position, operand);
    }
}
