package io.basaltdb.query.sql;

import java.math.BigDecimal;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.jspecify.annotations.Nullable;

/// `LIMIT 2 * 5`, `OFFSET (3 - 1) * 20`: arithmetic of numbers becomes its result.
final class RowBounds {
    private RowBounds() {}

    static SqlOrderBy folded(SqlOrderBy order) {
        if (isPlain(order.offset) && isPlain(order.fetch)) {
            return order;
        }
        return new SqlOrderBy(
                order.getParserPosition(),
                order.query,
                order.orderList,
                bound(order.offset),
                bound(order.fetch));
    }

    private static boolean isPlain(@Nullable SqlNode bound) {
        return bound == null
                || bound instanceof SqlDynamicParam
                || (bound instanceof SqlNumericLiteral number && number.isInteger());
    }

    private static @Nullable SqlNode bound(@Nullable SqlNode bound) {
        if (bound == null || isPlain(bound)) {
            return bound;
        }
        BigDecimal value = value(bound);
        if (value.signum() < 0 || value.stripTrailingZeros().scale() > 0) {
            throw SyntaxRewrite.unsupported(
                    bound.getParserPosition(),
                    "LIMIT and OFFSET count rows; "
                            + value.toPlainString()
                            + " is no number of rows");
        }
        return SqlLiteral.createExactNumeric(
                value.setScale(0).toPlainString(), bound.getParserPosition());
    }

    private static BigDecimal value(SqlNode node) {
        if (node instanceof SqlNumericLiteral number && number.bigDecimalValue() != null) {
            return number.bigDecimalValue();
        }
        if (node instanceof SqlCall call && call.operandCount() == 2) {
            switch (call.getKind()) {
                case PLUS -> {
                    return value(call.operand(0)).add(value(call.operand(1)));
                }
                case MINUS -> {
                    return value(call.operand(0)).subtract(value(call.operand(1)));
                }
                case TIMES -> {
                    return value(call.operand(0)).multiply(value(call.operand(1)));
                }
                default -> {}
            }
        }
        throw SyntaxRewrite.unsupported(
                node.getParserPosition(),
                "LIMIT and OFFSET take a number, a parameter or a sum, difference or product of numbers");
    }
}
