package io.basaltdb.query.sql;

import io.basaltdb.query.optimizer.AggregateOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Window calls in the form that the validator takes and that means the same.
///
/// - `f(x) FILTER (WHERE c) OVER w`: `f(CASE WHEN c THEN x END) OVER w`, since aggregates pass over NULL
/// - `rank() OVER ()`, `sum(x) OVER (PARTITION BY y RANGE UNBOUNDED PRECEDING)`: by an order that tells no rows apart, as the validator asks for one
/// - `avg(x) OVER w`: our own `mean`, which is not taken apart into a quotient that is rounded twice
final class WindowSyntax {
    private static final Set<String> RANKS =
            Set.of("RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST");

    private WindowSyntax() {}

    static SqlNode rewritten(SqlCall over) {
        SqlCall plain = withoutFilter(over);
        if (plain.operand(1) instanceof SqlWindow window
                && window.getRefName() == null
                && window.getOrderList().isEmpty()
                && (hasRange(window) || isRank(plain.operand(0)))) {
            window.setOrderList(
                    SqlNodeList.of(SqlLiteral.createExactNumeric("1", window.getParserPosition())));
        }
        if (plain.operand(0) instanceof SqlCall aggregate
                && aggregate.getOperator().getName().equalsIgnoreCase("AVG")) {
            SqlParserPos position = aggregate.getParserPosition();
            SqlNode mean =
                    SyntaxRewrite.named(position, "mean", List.of())
                            .getOperator()
                            .createCall(
                                    aggregate.getFunctionQuantifier(),
                                    position,
                                    aggregate.getOperandList());
            return SqlStdOperatorTable.OVER.createCall(
                    over.getParserPosition(), mean, plain.operand(1));
        }
        return plain;
    }

    private static boolean isRank(SqlNode node) {
        return node instanceof SqlCall function
                && RANKS.contains(function.getOperator().getName().toUpperCase(Locale.ROOT));
    }

    private static boolean hasRange(SqlWindow window) {
        return !window.isRows()
                && (window.getLowerBound() != null || window.getUpperBound() != null);
    }

    private static SqlCall withoutFilter(SqlCall over) {
        if (!(over.operand(0) instanceof SqlCall filter)
                || filter.getKind() != SqlKind.FILTER
                || !(filter.operand(0) instanceof SqlCall aggregate)) {
            return over;
        }
        SqlParserPos position = aggregate.getParserPosition();
        if (!passesOverNull(aggregate)) {
            throw SyntaxRewrite.unsupported(
                    position,
                    "FILTER with OVER goes with aggregates that pass over NULL; filter the rows in a sub-query");
        }
        SqlNode condition = filter.operand(1);
        List<SqlNode> operands = new ArrayList<>(aggregate.getOperandList());
        boolean countsRows =
                operands.isEmpty()
                        || (operands.getFirst() instanceof SqlIdentifier name && name.isStar());
        SqlNode first =
                countsRows ? SqlLiteral.createExactNumeric("1", position) : operands.removeFirst();
        if (countsRows) {
            operands.clear();
        }
        operands.addFirst(
                SqlCase.createSwitched(
                        position,
                        null,
                        SqlNodeList.of(condition),
                        SqlNodeList.of(first),
                        SqlLiteral.createNull(position)));
        SqlCall filtered =
                aggregate
                        .getOperator()
                        .createCall(
                                aggregate.getFunctionQuantifier(),
                                position,
                                operands.toArray(SqlNode[]::new));
        return SqlStdOperatorTable.OVER.createCall(
                over.getParserPosition(), filtered, over.operand(1));
    }

    private static boolean passesOverNull(SqlCall aggregate) {
        String name = aggregate.getOperator().getName();
        int parameters = name.indexOf(AggregateOperator.PARAMETERS);
        String plain = parameters < 0 ? name : name.substring(0, parameters);
        return AggregateCalls.isAggregate(aggregate)
                && !Set.of("array_agg", "first", "last").contains(plain.toLowerCase(Locale.ROOT));
    }
}
