package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Expression.Comparison;
import io.basaltdb.query.expression.Expression.Comparison.Operator;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `CAST(x AS wider) < literal` → `x < literal in x's type`, for casts that keep every value and their order. Pruning and dictionaries
/// need the bare column.
final class CastUnwrapping {
    private CastUnwrapping() {}

    /// The comparison of the bare operand; the given one where the literal has no place in its type.
    static Expression of(Comparison comparison) {
        @Nullable Expression unwrapped = null;
        if (comparison.left() instanceof Expression.Cast cast
                && comparison.right() instanceof Expression.Literal literal) {
            unwrapped = of(cast, comparison.operator(), literal);
        } else if (comparison.right() instanceof Expression.Cast cast
                && comparison.left() instanceof Expression.Literal literal) {
            unwrapped = of(cast, mirrored(comparison.operator()), literal);
        }
        return unwrapped == null ? comparison : unwrapped;
    }

    /// The search for the bare operand; the given one where a bound has no place in its type.
    static Expression of(Expression.In search) {
        if (!(search.operand() instanceof Expression.Cast cast)
                || cast.orNull()
                || !keepsOrder(cast.operand().type(), cast.type())) {
            return search;
        }
        List<Ranges.Interval> intervals = new ArrayList<>();
        for (Ranges.Interval interval : search.ranges().intervals()) {
            @Nullable Value low = narrowed(interval.low(), cast);
            @Nullable Value high = narrowed(interval.high(), cast);
            if ((low == null) != (interval.low() == null)
                    || (high == null) != (interval.high() == null)) {
                return search;
            }
            intervals.add(
                    new Ranges.Interval(
                            low, interval.lowInclusive(), high, interval.highInclusive()));
        }
        return new Expression.In(
                cast.operand(),
                new Ranges(intervals, search.ranges().includesNull()),
                search.nullIs());
    }

    private static @Nullable Value narrowed(@Nullable Value bound, Expression.Cast cast) {
        return bound == null ? null : ExactCast.of(bound, cast.type(), cast.operand().type());
    }

    static Operator mirrored(Operator operator) {
        return switch (operator) {
            case LESS -> Operator.GREATER;
            case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
            case GREATER -> Operator.LESS;
            case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
            case EQUAL, NOT_EQUAL, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> operator;
        };
    }

    private static @Nullable Expression of(
            Expression.Cast cast, Operator operator, Expression.Literal literal) {
        Type narrow = cast.operand().type();
        if (cast.orNull() || literal.value().isNull() || !keepsOrder(narrow, cast.type())) {
            return null;
        }
        @Nullable Value exact = ExactCast.of(literal.value(), cast.type(), narrow);
        if (exact != null) {
            return new Comparison(operator, cast.operand(), new Expression.Literal(exact, narrow));
        }
        @Nullable Value below = below(literal.value(), cast.type(), narrow);
        if (below == null) {
            return null;
        }
        Expression.Literal bound = new Expression.Literal(below, narrow);
        return switch (operator) {
            case LESS, LESS_OR_EQUAL ->
                    new Comparison(Operator.LESS_OR_EQUAL, cast.operand(), bound);
            case GREATER, GREATER_OR_EQUAL ->
                    new Comparison(Operator.GREATER, cast.operand(), bound);
            case EQUAL, NOT_EQUAL, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> null;
        };
    }

    /// Whether the cast gives different values for different ones, in the same order, and never fails.
    private static boolean keepsOrder(Type from, Type to) {
        return switch (to) {
            case Type.Int(int bits) -> from instanceof Type.Int(int narrow) && narrow <= bits;
            case Type.Decimal(int precision, int scale) ->
                    switch (from) {
                        case Type.Int(int bits) ->
                                precision - scale
                                        >= (bits == 64 ? 19 : bits == 32 ? 10 : bits == 16 ? 5 : 3);
                        case Type.Decimal(int p, int s) -> s <= scale && p - s <= precision - scale;
                        default -> false;
                    };
            case Type.DoublePrecision _ -> from instanceof Type.Int(int bits) && bits <= 32;
            case Type.Timestamp(int precision) ->
                    (from instanceof Type.Date && precision <= 6)
                            || (from instanceof Type.Timestamp(int narrow)
                                    && narrow <= precision
                                    && (narrow > 6) == (precision > 6));
            case Type.Bool _,
                    Type.Real _,
                    Type.Date _,
                    Type.TimestampTz _,
                    Type.Text _,
                    Type.Opaque _ ->
                    false;
            case Type.Interval _, Type.Null _ -> false;
        };
    }

    /// The greatest value of the narrow type below one that it does not hold; null where there is none, or where it holds the value.
    private static @Nullable Value below(Value value, Type wide, Type narrow) {
        if (narrow instanceof Type.Date
                && wide instanceof Type.Timestamp timestamp
                && value instanceof Value.Whole(long units)) {
            return Value.of(Math.floorDiv(units, 86_400L * timestamp.unitsPerSecond()));
        }
        @Nullable BigDecimal number = number(value, wide);
        if (number == null) {
            return null;
        }
        int scale = narrow instanceof Type.Decimal(int _, int digits) ? digits : 0;
        BigDecimal floor = number.setScale(scale, RoundingMode.FLOOR);
        if (floor.unscaledValue().bitLength() > 120 || floor.compareTo(number) == 0) {
            return null;
        }
        return ExactCast.of(Value.of(floor.unscaledValue()), new Type.Decimal(38, scale), narrow);
    }

    private static @Nullable BigDecimal number(Value value, Type type) {
        return switch (type) {
            case Type.Int _ -> new BigDecimal(Value.unscaled(value));
            case Type.Decimal(int _, int scale) -> new BigDecimal(Value.unscaled(value), scale);
            case Type.DoublePrecision _ ->
                    value instanceof Value.Floating(double number) && Double.isFinite(number)
                            ? new BigDecimal(number)
                            : null;
            default -> null;
        };
    }
}
