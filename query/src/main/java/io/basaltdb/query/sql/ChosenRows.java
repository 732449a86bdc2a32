package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Clauses that choose rows by their place in an order, as conditions on window functions:
///
/// - `SELECT DISTINCT ON (a) …`: `QUALIFY row_number() OVER (PARTITION BY a ORDER BY …) = 1`
/// - `LIMIT n OFFSET m BY a`: a row number in m + 1 … m + n
/// - `LIMIT n WITH TIES`: `rank() OVER (ORDER BY …) <= n`
///
/// The order is that of the query. The grammar knows none of these clauses: they come as calls, written by [Shorthand], of functions whose
/// names nobody can write.
final class ChosenRows {
    /// The first item of the SELECT list.
    static final String DISTINCT_ON = "distinct on";

    /// The last key of ORDER BY, with the rows to leave out, those to keep and the columns.
    static final String LIMIT_BY = "limit by";

    /// The first key of ORDER BY.
    static final String WITH_TIES = "with ties";

    private ChosenRows() {}

    /// Takes DISTINCT ON out of the SELECT list; its order follows where there is one.
    static SqlSelect distinct(SqlSelect select) {
        SqlNodeList list = select.getSelectList();
        @Nullable SqlCall on = list.isEmpty() ? null : named(withoutName(list.get(0)), DISTINCT_ON);
        if (on == null) {
            return select;
        }
        SqlParserPos position = on.getParserPosition();
        select.setSelectList(
                new SqlNodeList(list.getList().subList(1, list.size()), list.getParserPosition()));
        SqlNodeList keys = new SqlNodeList(position);
        for (SqlNode key : on.getOperandList()) {
            keys.add(resolved(key, select));
        }
        SqlNode place = place("row_number", keys, SqlNodeList.EMPTY, position);
        require(
                select,
                new FirstOfEach(position, place, SqlLiteral.createExactNumeric("1", position)));
        return select;
    }

    /// The condition that DISTINCT ON leaves behind, so that the order finds it.
    private static final class FirstOfEach extends SqlBasicCall {
        FirstOfEach(SqlParserPos position, SqlNode place, SqlNode one) {
            super(SqlStdOperatorTable.EQUALS, List.of(place, one), position);
        }

        void orderBy(SqlNodeList order) {
            ((SqlWindow) ((SqlCall) operand(0)).operand(1)).setOrderList(order);
        }
    }

    static SqlNode ordered(SqlOrderBy order) {
        List<SqlNode> keys = new ArrayList<>(order.orderList.getList());
        @Nullable SqlCall limit = keys.isEmpty() ? null : named(keys.getLast(), LIMIT_BY);
        if (limit != null) {
            keys.removeLast();
        }
        @Nullable SqlCall ties = keys.isEmpty() ? null : named(keys.getFirst(), WITH_TIES);
        if (ties != null) {
            keys.removeFirst();
        }
        @Nullable FirstOfEach first =
                order.query instanceof SqlSelect select ? firstOfEach(select.getQualify()) : null;
        if (limit == null && ties == null && first == null) {
            return order;
        }
        SqlParserPos position = order.getParserPosition();
        SqlSelect select = plainSelect(order.query, limit == null && ties == null, position);
        SqlNodeList list = new SqlNodeList(position);
        for (SqlNode key : keys) {
            list.add(resolvedKey(key, select));
        }
        if (first != null) {
            first.orderBy(list);
        }
        if (limit != null) {
            limitBy(select, limit, list);
        }
        @Nullable SqlNode fetch = order.fetch;
        if (ties != null && fetch != null) {
            SqlNode most = order.offset == null ? fetch : sum(order.offset, fetch);
            SqlNode rank = place("rank", SqlNodeList.EMPTY, list, position);
            require(
                    select,
                    SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(position, rank, most));
            fetch = null;
        }
        return keys.isEmpty() && fetch == null && order.offset == null
                ? select
                : new SqlOrderBy(
                        position,
                        select,
                        new SqlNodeList(keys, order.orderList.getParserPosition()),
                        order.offset,
                        fetch);
    }

    private static SqlSelect plainSelect(
            SqlNode query, boolean mayBeDistinct, SqlParserPos position) {
        if (query instanceof SqlSelect select && (mayBeDistinct || !select.isDistinct())) {
            return select;
        }
        throw SyntaxRewrite.unsupported(
                position,
                "LIMIT … BY and WITH TIES go with a single SELECT without DISTINCT; put the query into FROM (…)");
    }

    private static @Nullable FirstOfEach firstOfEach(@Nullable SqlNode condition) {
        return switch (condition) {
            case FirstOfEach first -> first;
            case SqlCall and when and.getKind() == SqlKind.AND -> firstOfEach(and.operand(1));
            case null, default -> null;
        };
    }

    /// Rows `skipped + 1` … `skipped + kept` for each value of the columns.
    private static void limitBy(SqlSelect select, SqlCall limit, SqlNodeList order) {
        SqlParserPos position = limit.getParserPosition();
        SqlNode skipped = limit.operand(0);
        SqlNode kept = limit.operand(1);
        SqlNodeList columns = new SqlNodeList(position);
        for (SqlNode column : limit.getOperandList().subList(2, limit.operandCount())) {
            columns.add(resolved(column, select));
        }
        require(
                select,
                SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(
                        position,
                        place("row_number", columns, order, position),
                        sum(skipped, kept)));
        if (!(skipped instanceof SqlNumericLiteral number) || number.longValue(true) != 0) {
            require(
                    select,
                    SqlStdOperatorTable.GREATER_THAN.createCall(
                            position, place("row_number", columns, order, position), skipped));
        }
    }

    private static SqlNode sum(SqlNode left, SqlNode right) {
        return left instanceof SqlNumericLiteral a && right instanceof SqlNumericLiteral b
                ? SqlLiteral.createExactNumeric(
                        Long.toString(Math.addExact(a.longValue(true), b.longValue(true))),
                        right.getParserPosition())
                : SqlStdOperatorTable.PLUS.createCall(right.getParserPosition(), left, right);
    }

    private static SqlNode place(
            String function, SqlNodeList partition, SqlNodeList order, SqlParserPos position) {
        SqlWindow window =
                SqlWindow.create(
                        null,
                        null,
                        partition,
                        order,
                        SqlLiteral.createBoolean(false, position),
                        null,
                        null,
                        null,
                        position);
        return SqlStdOperatorTable.OVER.createCall(
                position,
                (function.equals("rank")
                                ? SqlStdOperatorTable.RANK
                                : SqlStdOperatorTable.ROW_NUMBER)
                        .createCall(position),
                window);
    }

    /// The rows must also pass that condition.
    private static void require(SqlSelect select, SqlNode condition) {
        @Nullable SqlNode known = select.getQualify();
        select.setQualify(
                known == null
                        ? condition
                        : SqlStdOperatorTable.AND.createCall(
                                condition.getParserPosition(), known, condition));
    }

    /// A key of ORDER BY with the item that it names by number or name in its place.
    private static SqlNode resolvedKey(SqlNode key, SqlSelect select) {
        return switch (key.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST ->
                    ((SqlCall) key)
                            .getOperator()
                            .createCall(
                                    key.getParserPosition(),
                                    resolvedKey(((SqlCall) key).operand(0), select));
            default -> resolved(key, select);
        };
    }

    private static SqlNode resolved(SqlNode key, SqlSelect select) {
        SqlNodeList items = select.getSelectList();
        if (key instanceof SqlNumericLiteral number && number.isInteger()) {
            long place = number.longValue(true);
            return place >= 1 && place <= items.size()
                    ? withoutName(items.get((int) place - 1))
                    : key;
        }
        if (key instanceof SqlIdentifier name && name.isSimple()) {
            for (SqlNode item : items) {
                if (item.getKind() == SqlKind.AS
                        && ((SqlCall) item).operand(1) instanceof SqlIdentifier alias
                        && alias.getSimple().equalsIgnoreCase(name.getSimple())) {
                    return withoutName(item);
                }
            }
        }
        return key;
    }

    private static SqlNode withoutName(SqlNode item) {
        return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    }

    private static @Nullable SqlCall named(SqlNode node, String name) {
        return node instanceof SqlCall call && call.getOperator().getName().equals(name)
                ? call
                : null;
    }
}
