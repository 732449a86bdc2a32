package io.basaltdb.query.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/// `ARRAY(SELECT x FROM t ORDER BY y)` as `list_concat((SELECT array_agg(v ORDER BY k) FROM (SELECT x, y FROM t) AS q(v, k)), [])`: of no
/// rows an empty list.
final class ArrayQueries {
    private static final String ROWS = "array rows";
    private static final String VALUE = "array value";
    private static final String KEY = "array key ";

    private final SqlParserPos position;
    private final List<SqlNode> added = new ArrayList<>();

    private ArrayQueries(SqlParserPos position) {
        this.position = position;
    }

    static SqlNode of(SqlCall call) {
        return new ArrayQueries(call.getParserPosition()).list(call.operand(0));
    }

    private SqlNode list(SqlNode query) {
        SqlNodeList keys = new SqlNodeList(position);
        SqlNode rows = query;
        if (query instanceof SqlOrderBy order && !order.orderList.isEmpty()) {
            @Nullable SqlNode item = onlyItem(order.query);
            for (SqlNode key : order.orderList) {
                keys.add(outer(key, item));
            }
            SqlNode widened = added.isEmpty() ? order.query : widened(order);
            rows =
                    order.offset == null && order.fetch == null
                            ? widened
                            : new SqlOrderBy(
                                    order.getParserPosition(),
                                    widened,
                                    order.orderList,
                                    order.offset,
                                    order.fetch);
        }
        SqlCall gathered =
                keys.isEmpty()
                        ? SqlLibraryOperators.ARRAY_AGG.createCall(position, name(VALUE))
                        : SqlLibraryOperators.ARRAY_AGG.createCall(position, name(VALUE), keys);
        SqlSelect select =
                new SqlSelect(
                        position,
                        null,
                        SqlNodeList.of(AggregateCalls.list(gathered, gathered.getOperandList())),
                        named(rows),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        return SyntaxRewrite.named(
                position,
                "list_concat",
                List.of(
                        SqlStdOperatorTable.SCALAR_QUERY.createCall(position, select),
                        SyntaxRewrite.named(position, "list_value", List.of())));
    }

    /// What is gathered; null where that is not one expression.
    private static @Nullable SqlNode onlyItem(SqlNode query) {
        if (!(query instanceof SqlSelect select) || select.getSelectList().size() != 1) {
            return null;
        }
        SqlNode item = select.getSelectList().get(0);
        return item instanceof SqlIdentifier star && star.isStar() ? null : item;
    }

    private SqlIdentifier name(String name) {
        return new SqlIdentifier(name, position);
    }

    /// The key by the name that it has outside, in its direction.
    private SqlNode outer(SqlNode key, @Nullable SqlNode item) {
        if (key.getKind() == SqlKind.DESCENDING
                || key.getKind() == SqlKind.NULLS_FIRST
                || key.getKind() == SqlKind.NULLS_LAST) {
            SqlCall direction = (SqlCall) key;
            return direction
                    .getOperator()
                    .createCall(key.getParserPosition(), outer(direction.operand(0), item));
        }
        if (key instanceof SqlNumericLiteral || isValue(key, item)) {
            return name(VALUE);
        }
        added.add(key);
        return name(KEY + added.size());
    }

    private static boolean isValue(SqlNode key, @Nullable SqlNode item) {
        if (!(key instanceof SqlIdentifier name)) {
            return false;
        }
        if (item == null) {
            return true; // of a set operation or SELECT *, where nothing else can be named
        }
        SqlNode named = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(1) : item;
        return named.equalsDeep(name, Litmus.IGNORE);
    }

    /// The query with the keys behind its one expression.
    private SqlNode widened(SqlOrderBy order) {
        if (!(order.query instanceof SqlSelect select) || select.isDistinct()) {
            throw SyntaxRewrite.unsupported(
                    order.orderList.get(0).getParserPosition(),
                    "In ARRAY(…) a query with DISTINCT, UNION, EXCEPT or INTERSECT is ordered by its column: ORDER BY 1");
        }
        SqlSelect widened = (SqlSelect) select.clone(select.getParserPosition());
        List<SqlNode> items = new ArrayList<>(select.getSelectList());
        items.addAll(added);
        widened.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
        return widened;
    }

    private SqlNode named(SqlNode rows) {
        List<SqlNode> operands = new ArrayList<>(List.of(rows, name(ROWS), name(VALUE)));
        for (int i = 1; i <= added.size(); i++) {
            operands.add(name(KEY + i));
        }
        return SqlStdOperatorTable.AS.createCall(position, operands);
    }
}
