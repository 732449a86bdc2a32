package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Functions of other databases that are another way to write CASE.
///
/// - `decode(x, a, 1, b, 2, 3)`: 1 where x is a, which NULL may be too
/// - `multiIf(condition, 1, condition, 2, 3)`
/// - `nvl2(x, 1, 2)`: 1 where x is not NULL
final class Choices {
    private Choices() {}

    /// Null where the number of operands is not that of the function.
    static @Nullable SqlNode of(SqlCall call, String name, List<SqlNode> operands) {
        SqlParserPos position = call.getParserPosition();
        int size = operands.size();
        return switch (name) {
            case "decode" -> size < 3 ? null : decode(position, operands);
            case "multiif" ->
                    size < 3 || size % 2 == 0
                            ? null
                            : cases(position, operands, operands.getLast());
            default ->
                    size != 3
                            ? null
                            : cases(
                                    position,
                                    List.of(
                                            SqlStdOperatorTable.IS_NOT_NULL.createCall(
                                                    position, operands.get(0)),
                                            operands.get(1)),
                                    operands.get(2));
        };
    }

    private static SqlNode decode(SqlParserPos position, List<SqlNode> operands) {
        List<SqlNode> pairs = new ArrayList<>();
        for (int i = 1; i + 1 < operands.size(); i += 2) {
            pairs.add(
                    SqlStdOperatorTable.IS_NOT_DISTINCT_FROM.createCall(
                            position, operands.get(0), operands.get(i)));
            pairs.add(operands.get(i + 1));
        }
        boolean otherwise = operands.size() % 2 == 0;
        return cases(
                position, pairs, otherwise ? operands.getLast() : SqlLiteral.createNull(position));
    }

    /// @param pairs conditions and values in turn; one left over counts for nothing
    private static SqlNode cases(SqlParserPos position, List<SqlNode> pairs, SqlNode otherwise) {
        SqlNodeList conditions = new SqlNodeList(position);
        SqlNodeList values = new SqlNodeList(position);
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            conditions.add(pairs.get(i));
            values.add(pairs.get(i + 1));
        }
        return SqlCase.createSwitched(position, null, conditions, values, otherwise);
    }
}
