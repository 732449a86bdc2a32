package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `GROUP BY ALL`: by every item of the SELECT list that aggregates nothing. `ORDER BY ALL`: by every item, from the left.
final class AllColumns {
    private AllColumns() {}

    static SqlSelect grouped(SqlSelect select) {
        SqlNodeList groups = select.getGroup();
        if (groups == null || groups.size() != 1 || !standsForAll(groups.get(0))) {
            return select;
        }
        if (select.getSelectList().stream().anyMatch(AllColumns::isOpen)) {
            return select; // written out where the columns are known
        }
        SqlNodeList columns = columns(select.getSelectList(), groups.getParserPosition());
        select.setGroupBy(columns.isEmpty() ? null : columns);
        return select;
    }

    /// Whether the query is grouped by all columns of a list that [#grouped] did not know yet.
    static boolean isOpen(SqlSelect select) {
        SqlNodeList groups = select.getGroup();
        return groups != null && groups.size() == 1 && standsForAll(groups.get(0));
    }

    /// The items that aggregate nothing.
    static SqlNodeList columns(SqlNodeList items, SqlParserPos position) {
        SqlNodeList columns = new SqlNodeList(position);
        for (SqlNode item : items) {
            SqlNode value = withoutName(item);
            if (!(value instanceof SqlLiteral) && !aggregates(value)) {
                columns.add(value);
            }
        }
        return columns;
    }

    private static boolean isOpen(SqlNode item) {
        return ColumnChoices.standsForSeveral(item) || isStar(item);
    }

    /// Whether the item is a star, be it with EXCLUDE or REPLACE.
    static boolean isStar(SqlNode item) {
        return item instanceof SqlStarExclude
                || item instanceof SqlStarReplace
                || (item instanceof SqlIdentifier name && name.isStar());
    }

    static SqlNode ordered(SqlOrderBy order) {
        if (order.orderList.size() != 1) {
            return order;
        }
        SqlNode key = order.orderList.get(0);
        if (!standsForAll(bare(key))) {
            return order;
        }
        SqlParserPos position = key.getParserPosition();
        if (!(order.query instanceof SqlSelect select)) {
            throw SyntaxRewrite.unsupported(
                    position, "ORDER BY ALL goes with a single SELECT; name the columns");
        }
        if (select.getSelectList().stream().anyMatch(AllColumns::isOpen)) {
            return order; // written out where the columns are known
        }
        SqlNodeList keys = keys(key, select.getSelectList().size());
        return new SqlOrderBy(
                order.getParserPosition(), order.query, keys, order.offset, order.fetch);
    }

    /// The key that stands for all columns of the query, where [#ordered] did not know them yet; else null.
    static @Nullable SqlNode openKey(SqlSelect select) {
        SqlNodeList keys = select.getOrderList();
        return keys != null && keys.size() == 1 && standsForAll(bare(keys.get(0)))
                ? keys.get(0)
                : null;
    }

    /// That key once for each column, by its position.
    static SqlNodeList keys(SqlNode key, int columns) {
        SqlParserPos position = key.getParserPosition();
        SqlNodeList keys = new SqlNodeList(position);
        for (int i = 1; i <= columns; i++) {
            keys.add(inPlaceOfAll(key, SqlLiteral.createExactNumeric("" + i, position)));
        }
        return keys;
    }

    private static boolean standsForAll(SqlNode node) {
        return node instanceof SqlIdentifier name
                && name.isSimple()
                && name.getSimple().equals(Shorthand.ALL);
    }

    /// A key without DESC and NULLS.
    private static SqlNode bare(SqlNode key) {
        return isDirection(key) ? bare(((SqlCall) key).operand(0)) : key;
    }

    private static SqlNode inPlaceOfAll(SqlNode key, SqlNode column) {
        return isDirection(key)
                ? ((SqlCall) key)
                        .getOperator()
                        .createCall(
                                key.getParserPosition(),
                                inPlaceOfAll(((SqlCall) key).operand(0), column))
                : column;
    }

    private static boolean isDirection(SqlNode key) {
        return switch (key.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> true;
            default -> false;
        };
    }

    private static SqlNode withoutName(SqlNode item) {
        return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    }

    private static boolean aggregates(SqlNode node) {
        List<SqlNode> operands = new ArrayList<>();
        switch (node) {
            case SqlSelect _ -> {}
            case SqlNodeList list -> operands.addAll(list.getList());
            case SqlCall call when call.getKind() == SqlKind.OVER -> {}
            case SqlCall call -> {
                if (AggregateCalls.isAggregate(call)) {
                    return true;
                }
                operands.addAll(call.getOperandList());
            }
            default -> {}
        }
        return operands.stream().anyMatch(operand -> operand != null && aggregates(operand));
    }
}
