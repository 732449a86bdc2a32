package io.basaltdb.query.sql;

import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// `a SEMI JOIN b ON c` and `a ANTI JOIN b ON c` as `a WHERE [NOT] EXISTS (SELECT 1 FROM b WHERE c)`.
///
/// They stand where a condition on the left rows means the same behind the joins that follow: at the left end of FROM.
final class SemiJoins {
    private @Nullable SqlNode condition;

    private SemiJoins() {}

    static SqlSelect replaced(SqlSelect select) {
        SqlNode from = select.getFrom();
        if (from == null) {
            return select;
        }
        SemiJoins joins = new SemiJoins();
        SqlNode rest = joins.taken(from);
        SqlNode condition = joins.condition;
        if (condition != null) {
            select.setFrom(rest);
            SqlNode where = select.getWhere();
            select.setWhere(where == null ? condition : and(condition, where));
        }
        return select;
    }

    private SqlNode taken(SqlNode from) {
        if (!(from instanceof SqlJoin join)) {
            return from;
        }
        if (isSemi(join)) {
            SqlNode left = taken(join.getLeft());
            SqlNode exists = exists(join);
            condition = condition == null ? exists : and(condition, exists);
            return left;
        }
        if (holdsSemi(join.getRight())
                || (holdsSemi(join.getLeft()) && !keepsLeftRows(join.getJoinType()))) {
            throw SyntaxRewrite.unsupported(
                    join.getParserPosition(),
                    "SEMI JOIN and ANTI JOIN go at the left end of FROM; put this one into a sub-query");
        }
        join.setLeft(taken(join.getLeft()));
        return join;
    }

    private static SqlNode exists(SqlJoin join) {
        SqlParserPos position = join.getParserPosition();
        SqlNode on = join.getCondition();
        if (on == null || join.getConditionType() != JoinConditionType.ON) {
            throw SyntaxRewrite.unsupported(
                    position, "SEMI JOIN and ANTI JOIN take a condition behind ON");
        }
        refuseBareNames(on);
        SqlSelect partner =
                new SqlSelect(
                        position,
                        null,
                        SqlNodeList.of(SqlLiteral.createExactNumeric("1", position)),
                        join.getRight(),
                        on,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        SqlNode exists = SqlStdOperatorTable.EXISTS.createCall(position, List.of(partner));
        return join.getJoinType() == JoinType.LEFT_SEMI_JOIN
                ? exists
                : SqlStdOperatorTable.NOT.createCall(position, exists);
    }

    /// A name without its table would be looked up in the right table alone.
    private static void refuseBareNames(SqlNode on) {
        on.accept(
                new SqlBasicVisitor<@Nullable Void>() {
                    @Override
                    public @Nullable Void visit(SqlIdentifier name) {
                        if (name.isSimple()) {
                            throw SyntaxRewrite.unsupported(
                                    name.getParserPosition(),
                                    "In the condition of SEMI JOIN and ANTI JOIN write the table before"
                                            + " the column: t."
                                            + name.getSimple());
                        }
                        return null;
                    }
                });
    }

    private static boolean isSemi(SqlJoin join) {
        return join.getJoinType() == JoinType.LEFT_SEMI_JOIN
                || join.getJoinType() == JoinType.LEFT_ANTI_JOIN;
    }

    private static boolean holdsSemi(SqlNode from) {
        return from instanceof SqlJoin join
                && (isSemi(join) || holdsSemi(join.getLeft()) || holdsSemi(join.getRight()));
    }

    private static boolean keepsLeftRows(JoinType type) {
        return switch (type) {
            case INNER, CROSS, COMMA, LEFT -> true;
            default -> false;
        };
    }

    private static SqlNode and(SqlNode left, SqlNode right) {
        return SqlStdOperatorTable.AND.createCall(left.getParserPosition(), left, right);
    }
}
