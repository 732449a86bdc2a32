package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Predicates that allow a column some ranges of values, exactly: `x = 5`, `x < 3 OR x IS NULL`, `x IN (…)`, `x <<= '192.0.2.0/24'`.
final class ColumnPredicate {
    private ColumnPredicate() {}

    /// The ranges; null where the predicate is of another form.
    static @Nullable ColumnRanges of(Expression predicate) {
        return switch (predicate) {
            case Expression.Comparison comparison -> comparison(comparison);
            case Expression.In(Expression operand, Ranges ranges, Expression.In.NullIs nullIs) ->
                    operand instanceof Expression.Column column
                            ? new ColumnRanges(
                                    column.index(),
                                    new Ranges(
                                            ranges.intervals(),
                                            nullIs == Expression.In.NullIs.TRUE))
                            : null;
            case Expression.Is(Expression operand, Expression.Is.Test test) -> is(operand, test);
            case Expression.Or(List<Expression> operands) -> union(operands);
            case Expression.Column column ->
                    new ColumnRanges(column.index(), Ranges.point(Value.of(true)));
            case Expression.Not(Expression operand) -> not(operand);
            case Expression.Call call -> InetRanges.of(call);
            case Expression.And _, Expression.Cast _, Expression.Literal _ -> null;
            case Expression.Parameter _,
                    Expression.Slot _,
                    Expression.Case _,
                    Expression.Coalesce _ ->
                    null;
        };
    }

    private static @Nullable ColumnRanges not(Expression operand) {
        if (operand instanceof Expression.Column column) {
            return new ColumnRanges(column.index(), Ranges.point(Value.of(false)));
        }
        return operand
                                instanceof
                                Expression.In(
                                        Expression searched,
                                        Ranges ranges,
                                        Expression.In.NullIs nullIs)
                        && searched instanceof Expression.Column column
                ? new ColumnRanges(
                        column.index(),
                        new Ranges(
                                RangeAlgebra.complement(ranges),
                                nullIs == Expression.In.NullIs.FALSE))
                : null;
    }

    private static @Nullable ColumnRanges is(Expression operand, Expression.Is.Test test) {
        if (!(operand instanceof Expression.Column column)) {
            return null;
        }
        return switch (test) {
            case NULL -> new ColumnRanges(column.index(), Ranges.onlyNull());
            case NOT_NULL -> new ColumnRanges(column.index(), Ranges.everythingButNull());
            case TRUE -> new ColumnRanges(column.index(), Ranges.point(Value.of(true)));
            case FALSE -> new ColumnRanges(column.index(), Ranges.point(Value.of(false)));
            case NOT_TRUE ->
                    new ColumnRanges(column.index(), orNull(Ranges.point(Value.of(false))));
            case NOT_FALSE ->
                    new ColumnRanges(column.index(), orNull(Ranges.point(Value.of(true))));
        };
    }

    private static Ranges orNull(Ranges ranges) {
        return new Ranges(ranges.intervals(), true);
    }

    private static @Nullable ColumnRanges union(List<Expression> operands) {
        @Nullable ColumnRanges result = null;
        for (Expression operand : operands) {
            @Nullable ColumnRanges next = of(operand);
            if (next == null || (result != null && next.column() != result.column())) {
                return null;
            }
            result =
                    result == null
                            ? next
                            : new ColumnRanges(
                                    next.column(),
                                    RangeAlgebra.union(result.ranges(), next.ranges()));
        }
        return result;
    }

    private static @Nullable ColumnRanges comparison(Expression.Comparison comparison) {
        Expression.Comparison.Operator operator = comparison.operator();
        @Nullable ColumnRanges ofLength = IntervalRanges.of(comparison);
        if (ofLength != null) {
            return ofLength;
        }
        if (comparison.left() instanceof Expression.Column column
                && comparison.right() instanceof Expression.Literal literal) {
            return comparison(column, operator, literal);
        }
        if (comparison.right() instanceof Expression.Column column
                && comparison.left() instanceof Expression.Literal literal) {
            return comparison(column, mirrored(operator), literal);
        }
        return null;
    }

    private static Expression.Comparison.Operator mirrored(
            Expression.Comparison.Operator operator) {
        return switch (operator) {
            case LESS -> Expression.Comparison.Operator.GREATER;
            case LESS_OR_EQUAL -> Expression.Comparison.Operator.GREATER_OR_EQUAL;
            case GREATER -> Expression.Comparison.Operator.LESS;
            case GREATER_OR_EQUAL -> Expression.Comparison.Operator.LESS_OR_EQUAL;
            case EQUAL, NOT_EQUAL, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> operator;
        };
    }

    private static @Nullable ColumnRanges comparison(
            Expression.Column column,
            Expression.Comparison.Operator operator,
            Expression.Literal literal) {
        Value value = literal.value();
        if (value.isNull()) {
            return switch (operator) {
                case IS_DISTINCT_FROM ->
                        new ColumnRanges(column.index(), Ranges.everythingButNull());
                case IS_NOT_DISTINCT_FROM -> new ColumnRanges(column.index(), Ranges.onlyNull());
                case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                        new ColumnRanges(column.index(), new Ranges(List.of(), false));
            };
        }
        return new ColumnRanges(
                column.index(),
                switch (operator) {
                    case EQUAL, IS_NOT_DISTINCT_FROM -> Ranges.point(value);
                    case NOT_EQUAL -> new Ranges(allBut(value), false);
                    case IS_DISTINCT_FROM -> new Ranges(allBut(value), true);
                    case LESS -> Ranges.of(new Ranges.Interval(null, false, value, false));
                    case LESS_OR_EQUAL -> Ranges.of(new Ranges.Interval(null, false, value, true));
                    case GREATER -> Ranges.of(new Ranges.Interval(value, false, null, false));
                    case GREATER_OR_EQUAL ->
                            Ranges.of(new Ranges.Interval(value, true, null, false));
                });
    }

    private static List<Ranges.Interval> allBut(Value value) {
        List<Ranges.Interval> intervals = new ArrayList<>();
        intervals.add(new Ranges.Interval(null, false, value, false));
        intervals.add(new Ranges.Interval(value, false, null, false));
        return intervals;
    }
}
