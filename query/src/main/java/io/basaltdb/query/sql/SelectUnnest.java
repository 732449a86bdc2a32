package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// `SELECT a, unnest(b) FROM t` as `SELECT a, x FROM t CROSS JOIN UNNEST(b) AS u(x)`. Several lists are unnested side by side, the shorter ones filled up with
/// NULLs.
final class SelectUnnest extends SqlShuttle {
    /// The name of the call in a select list ([Shorthand]).
    static final String NAME = "unnest()";

    private static final String TABLE = "unnested lists";

    private final List<SqlNode> lists = new ArrayList<>();

    private SelectUnnest() {}

    static SqlSelect moved(SqlSelect select) {
        SelectUnnest found = new SelectUnnest();
        SqlNodeList items = select.getSelectList();
        List<SqlNode> replaced = new ArrayList<>();
        for (SqlNode item : items) {
            @Nullable SqlNode node = item.accept(found);
            replaced.add(node == null ? item : node);
        }
        if (found.lists.isEmpty()) {
            return select;
        }
        SqlParserPos position = items.getParserPosition();
        if (select.getGroup() != null || select.getHaving() != null) {
            throw SyntaxRewrite.unsupported(
                    position,
                    "unnest in the select list of a query with GROUP BY is not supported; unnest in FROM");
        }
        select.setSelectList(new SqlNodeList(replaced, position));
        select.setFrom(found.joined(select.getFrom(), position));
        return select;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call.isA(SqlKind.QUERY)) {
            return call;
        }
        if (call.getOperator().getName().equals(NAME) && call.operandCount() == 1) {
            lists.add(call.operand(0));
            return new SqlIdentifier(
                    List.of(TABLE, column(lists.size())), call.getParserPosition());
        }
        if (call.getKind() == SqlKind.AS) {
            List<SqlNode> operands = new ArrayList<>(call.getOperandList());
            @Nullable SqlNode value = operands.getFirst().accept(this);
            if (value != null) {
                operands.set(0, value);
            }
            return SqlStdOperatorTable.AS.createCall(call.getParserPosition(), operands);
        }
        return super.visit(call);
    }

    private static String column(int number) {
        return "element " + number;
    }

    private SqlNode joined(@Nullable SqlNode from, SqlParserPos position) {
        List<SqlNode> alias = new ArrayList<>();
        alias.add(SqlStdOperatorTable.UNNEST.createCall(position, lists));
        alias.add(new SqlIdentifier(TABLE, position));
        for (int i = 1; i <= lists.size(); i++) {
            alias.add(new SqlIdentifier(column(i), position));
        }
        SqlNode unnested = SqlStdOperatorTable.AS.createCall(position, alias);
        return from == null
                ? unnested
                : new SqlJoin(
                        position,
                        from,
                        SqlLiteral.createBoolean(false, position),
                        JoinType.CROSS.symbol(position),
                        unnested,
                        JoinConditionType.NONE.symbol(position),
                        null);
    }
}
