package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Expression.Comparison.Operator;
import io.basaltdb.query.function.IntervalFunctions;
import io.basaltdb.query.function.ScalarFunction;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.type.IntervalBits;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Value;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Comparisons of an interval column's length with a constant as ranges of the column: all intervals of one length are neighbours in the order in which they are kept.
final class IntervalRanges {
    private IntervalRanges() {}

    /// Null where the comparison is of another form.
    static @Nullable ColumnRanges of(Expression.Comparison comparison) {
        Expression.@Nullable Column column = measured(comparison.left());
        if (column == null
                || !(comparison.right() instanceof Expression.Literal literal)
                || literal.value().isNull()) {
            return null;
        }
        BigInteger length = Value.unscaled(literal.value());
        long high = length.shiftRight(64).longValue();
        if (length.bitLength() > 69 || !IntervalBits.isLength(high)) {
            return null;
        }
        Value least = IntervalBits.bound(high, length.longValue(), false);
        Value greatest = IntervalBits.bound(high, length.longValue(), true);
        Ranges.Interval below = new Ranges.Interval(null, false, least, false);
        Ranges.Interval above = new Ranges.Interval(greatest, false, null, false);
        Operator operator = comparison.operator();
        Ranges ranges =
                switch (operator) {
                    case EQUAL, IS_NOT_DISTINCT_FROM ->
                            Ranges.of(new Ranges.Interval(least, true, greatest, true));
                    case NOT_EQUAL -> new Ranges(List.of(below, above), false);
                    case IS_DISTINCT_FROM -> new Ranges(List.of(below, above), true);
                    case LESS -> Ranges.of(below);
                    case LESS_OR_EQUAL ->
                            Ranges.of(new Ranges.Interval(null, false, greatest, true));
                    case GREATER -> Ranges.of(above);
                    case GREATER_OR_EQUAL ->
                            Ranges.of(new Ranges.Interval(least, true, null, false));
                };
        return new ColumnRanges(column.index(), ranges);
    }

    static boolean isLength(ScalarFunction function) {
        return function.name().equals(IntervalFunctions.LENGTH.name());
    }

    /// The length of a constant.
    static Value length(Value interval) {
        return switch (interval) {
            case Value.Wide(long high, long low) ->
                    Value.of(IntervalBits.lengthHigh(high), IntervalBits.lengthLow(high, low));
            case Value.Whole(long low) ->
                    Value.of(
                            IntervalBits.lengthHigh(low >> 63),
                            IntervalBits.lengthLow(low >> 63, low));
            case Value.Null _, Value.Bool _, Value.Floating _, Value.Bytes _ -> Value.NULL;
        };
    }

    private static Expression.@Nullable Column measured(Expression expression) {
        return expression instanceof Expression.Call call
                        && isLength(call.function())
                        && call.arguments().getFirst() instanceof Expression.Column column
                ? column
                : null;
    }
}
