package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// ASOF JOIN as DuckDB writes it, in the form with MATCH_CONDITION:
///
/// - `ON l.k = r.k AND l.t >= r.t`: the one inequality is what is matched
/// - `USING (k, t)`: the last column is, by `l.t >= r.t`
final class AsofSyntax {
    private AsofSyntax() {}

    static SqlNode withMatchCondition(SqlJoin join) {
        return switch (join.getConditionType()) {
            case ON -> fromOn(join);
            case USING -> fromUsing(join);
            case NONE ->
                    throw SyntaxRewrite.unsupported(
                            join.getParserPosition(),
                            "ASOF JOIN needs to know what is matched: ON l.k = r.k AND l.t >= r.t");
        };
    }

    private static SqlNode fromOn(SqlJoin join) {
        List<SqlNode> equalities = new ArrayList<>();
        @Nullable SqlNode match = null;
        @Nullable SqlNode condition = join.getCondition();
        assert condition != null;
        for (SqlNode conjunct : conjuncts(condition)) {
            if (!isInequality(conjunct.getKind())) {
                equalities.add(conjunct);
            } else if (match == null) {
                match = conjunct;
            } else {
                match = null;
                break;
            }
        }
        if (match == null) {
            throw SyntaxRewrite.unsupported(
                    join.getParserPosition(),
                    "ASOF JOIN takes one of <, <=, > and >= behind ON: l.k = r.k AND l.t >= r.t");
        }
        return asof(join, JoinConditionType.ON, all(equalities, join), match);
    }

    private static SqlNode fromUsing(SqlJoin join) {
        SqlNodeList columns = (SqlNodeList) join.getCondition();
        assert columns != null;
        SqlIdentifier time = (SqlIdentifier) columns.get(columns.size() - 1);
        SqlNode match =
                SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(
                        time.getParserPosition(),
                        column(join.getLeft(), time),
                        column(join.getRight(), time));
        if (columns.size() == 1) {
            return asof(join, JoinConditionType.ON, all(List.of(), join), match);
        }
        SqlNodeList keys =
                new SqlNodeList(
                        columns.getList().subList(0, columns.size() - 1),
                        columns.getParserPosition());
        return asof(join, JoinConditionType.USING, keys, match);
    }

    private static SqlIdentifier column(SqlNode table, SqlIdentifier column) {
        @Nullable String name =
                switch (table) {
                    case SqlIdentifier identifier -> identifier.names.getLast();
                    case SqlCall as when as.getKind() == SqlKind.AS ->
                            ((SqlIdentifier) as.operand(1)).getSimple();
                    default -> null;
                };
        if (name == null) {
            throw SyntaxRewrite.unsupported(
                    column.getParserPosition(),
                    "ASOF JOIN … USING goes between two tables with names; write ON l.k = r.k AND l.t >= r.t");
        }
        return new SqlIdentifier(List.of(name, column.getSimple()), column.getParserPosition());
    }

    private static SqlNode asof(
            SqlJoin join, JoinConditionType type, SqlNode condition, SqlNode match) {
        SqlParserPos position = join.getParserPosition();
        return new SqlAsofJoin(
                position,
                join.getLeft(),
                join.isNaturalNode(),
                join.getJoinTypeNode(),
                join.getRight(),
                type.symbol(position),
                condition,
                match);
    }

    private static SqlNode all(List<SqlNode> conditions, SqlJoin join) {
        return conditions.stream()
                .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(a.getParserPosition(), a, b))
                .orElseGet(() -> SqlLiteral.createBoolean(true, join.getParserPosition()));
    }

    private static List<SqlNode> conjuncts(SqlNode condition) {
        if (condition.getKind() != SqlKind.AND) {
            return List.of(condition);
        }
        List<SqlNode> conjuncts = new ArrayList<>();
        for (SqlNode operand : ((SqlCall) condition).getOperandList()) {
            conjuncts.addAll(conjuncts(operand));
        }
        return conjuncts;
    }

    private static boolean isInequality(SqlKind kind) {
        return switch (kind) {
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> true;
            default -> false;
        };
    }
}
