package io.basaltdb.query.sql;

import io.basaltdb.query.function.GapFunctions;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Queries that fill gaps, so that the tree that is bound says it: the key of ORDER BY … WITH FILL as one call with all that belongs to it, and aggregates beside
/// `time_bucket_gapfill` as values that may be NULL.
final class GapSyntax {
    /// The last key of ORDER BY, with pairs of a column and what it has in rows that are filled in ([GapFillShorthand]).
    static final String INTERPOLATE = "interpolate columns";

    private static final String BUCKET = "time_bucket_gapfill";

    private GapSyntax() {}

    /// Aggregates have no value in rows that are filled in.
    static SqlSelect grouped(SqlSelect select) {
        SqlNodeList items = select.getSelectList();
        if (select.getGroup() == null
                || !(hasBucket(items.getList()) || hasBucket(select.getGroup().getList()))) {
            return select;
        }
        List<SqlNode> wrapped = new ArrayList<>();
        for (SqlNode item : items) {
            wrapped.add(withNullable(item));
        }
        select.setSelectList(new SqlNodeList(wrapped, items.getParserPosition()));
        return select;
    }

    private static boolean hasBucket(List<? extends @Nullable SqlNode> nodes) {
        for (@Nullable SqlNode node : nodes) {
            if (node instanceof SqlCall call
                    && !call.isA(SqlKind.QUERY)
                    && (call.getOperator().getName().equalsIgnoreCase(BUCKET)
                            || hasBucket(call.getOperandList()))) {
                return true;
            }
        }
        return false;
    }

    private static SqlNode withNullable(SqlNode item) {
        if (item.getKind() == SqlKind.AS) {
            List<SqlNode> operands = new ArrayList<>(((SqlCall) item).getOperandList());
            operands.set(0, withNullable(operands.getFirst()));
            return SqlStdOperatorTable.AS.createCall(item.getParserPosition(), operands);
        }
        @Nullable SqlNode wrapped =
                item.accept(
                        new SqlShuttle() {
                            @Override
                            public @Nullable SqlNode visit(SqlCall call) {
                                if (call.isA(SqlKind.QUERY) || call.getKind() == SqlKind.OVER) {
                                    return call;
                                }
                                return aggregates(call)
                                        ? SyntaxRewrite.named(
                                                call.getParserPosition(),
                                                GapFunctions.FILLED_NAME,
                                                List.of(call))
                                        : super.visit(call);
                            }
                        });
        return wrapped == null ? item : wrapped;
    }

    private static boolean aggregates(SqlCall call) {
        return switch (call.getKind()) {
            case FILTER, WITHIN_GROUP, IGNORE_NULLS, RESPECT_NULLS -> true;
            default -> AggregateCalls.isAggregate(call);
        };
    }

    /// Gives the key WITH FILL its columns, and a limit that is none: without one, a query around would do without the order.
    static SqlNode ordered(SqlOrderBy order) {
        List<SqlNode> keys = new ArrayList<>(order.orderList.getList());
        @Nullable SqlCall columns = keys.isEmpty() ? null : named(keys.getLast(), INTERPOLATE);
        if (columns != null) {
            keys.removeLast();
        }
        boolean found = false;
        for (int i = 0; i < keys.size(); i++) {
            @Nullable SqlCall marker = marker(keys.get(i));
            if (marker != null) {
                keys.set(i, filled(keys.get(i), order, columns));
                found = true;
            }
        }
        if (!found) {
            return order;
        }
        SqlParserPos position = order.getParserPosition();
        return new SqlOrderBy(
                position,
                order.query,
                new SqlNodeList(keys, order.orderList.getParserPosition()),
                order.offset,
                order.fetch == null
                        ? SqlLiteral.createExactNumeric(
                                Long.toString(GapFunctions.ALL_ROWS), position)
                        : order.fetch);
    }

    private static SqlNode filled(SqlNode key, SqlOrderBy order, @Nullable SqlCall columns) {
        if (key.getKind() == SqlKind.DESCENDING
                || key.getKind() == SqlKind.NULLS_FIRST
                || key.getKind() == SqlKind.NULLS_LAST) {
            SqlCall direction = (SqlCall) key;
            return direction
                    .getOperator()
                    .createCall(
                            key.getParserPosition(), filled(direction.operand(0), order, columns));
        }
        SqlCall marker = (SqlCall) key;
        SqlParserPos position = marker.getParserPosition();
        if (!(order.query instanceof SqlSelect select) || select.isDistinct()) {
            throw SyntaxRewrite.unsupported(
                    position,
                    "WITH FILL goes with a single SELECT without DISTINCT; put the query into FROM (…)");
        }
        List<SqlNode> operands = new ArrayList<>(marker.getOperandList());
        operands.set(0, item(operands.getFirst(), select));
        if (columns != null) {
            if (columns.operandCount() == 0) {
                operands.add(SqlLiteral.createCharString(GapFunctions.CARRY_ALL, position));
            } else {
                operands.addAll(columns.getOperandList());
            }
        }
        return SyntaxRewrite.named(position, GapFunctions.MARKER_NAME, operands);
    }

    /// The item of the SELECT list that a number names.
    private static SqlNode item(SqlNode key, SqlSelect select) {
        if (key instanceof SqlNumericLiteral number && number.isInteger()) {
            long place = number.longValue(true);
            SqlNodeList items = select.getSelectList();
            if (place >= 1 && place <= items.size()) {
                SqlNode item = items.get((int) place - 1);
                return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
            }
        }
        return key;
    }

    private static @Nullable SqlCall marker(SqlNode key) {
        return switch (key.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> marker(((SqlCall) key).operand(0));
            default -> named(key, GapFunctions.MARKER_NAME);
        };
    }

    private static @Nullable SqlCall named(SqlNode node, String name) {
        return node instanceof SqlCall call && call.getOperator().getName().equals(name)
                ? call
                : null;
    }
}
