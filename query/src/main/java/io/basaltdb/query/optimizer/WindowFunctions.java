package io.basaltdb.query.optimizer;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.AggregateParameters;
import io.basaltdb.query.function.AggregateParameters.Direction;
import io.basaltdb.query.plan.WindowFunction;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/// Window functions of Calcite and ours.
final class WindowFunctions {
    private WindowFunctions() {}

    static WindowFunction of(RexOver over) {
        return switch (over.getOperator().getKind()) {
            case ROW_NUMBER -> WindowFunction.Place.ROW_NUMBER;
            case RANK -> WindowFunction.Place.RANK;
            case DENSE_RANK -> WindowFunction.Place.DENSE_RANK;
            case PERCENT_RANK -> WindowFunction.Place.PERCENT_RANK;
            case CUME_DIST -> WindowFunction.Place.CUME_DIST;
            case NTILE -> new WindowFunction.Tile(positive(over, 0, "number of parts"));
            case LAG -> new WindowFunction.Shift(-distance(over));
            case LEAD -> new WindowFunction.Shift(distance(over));
            case FIRST_VALUE -> new WindowFunction.Nth(1);
            case NTH_VALUE -> new WindowFunction.Nth(positive(over, 1, "row number"));
            case LAST_VALUE -> new WindowFunction.Last();
            case SUM0 -> aggregated(AggregateFunction.SUM, AggregateParameters.NONE);
            default ->
                    aggregated(AggregatePlanner.function(over.getAggOperator()), parameters(over));
        };
    }

    private static WindowFunction aggregated(
            AggregateFunction function, AggregateParameters parameters) {
        return new WindowFunction.Aggregated(function, parameters);
    }

    private static AggregateParameters parameters(RexOver over) {
        AggregateParameters own = AggregatePlanner.parameters(over.getAggOperator());
        return followsWindow(over)
                ? own.orderedBy(
                        over.getWindow().orderKeys.stream()
                                .map(key ->
                                        new Direction(
                                                key.getDirection().isDescending(),
                                                key.right.contains(SqlKind.NULLS_FIRST)))
                                .toList())
                : own;
    }

    /// Whether the texts of STRING_AGG come in the order of the window, since the call has no order of its own.
    private static boolean followsWindow(RexOver over) {
        return AggregatePlanner.isStringAgg(over.getAggOperator())
                && AggregatePlanner.parameters(over.getAggOperator()).order().isEmpty();
    }

    /// The operands that are read from rows.
    static List<RexNode> arguments(RexOver over, WindowFunction function) {
        return switch (function) {
            case WindowFunction.Place _, WindowFunction.Tile _, WindowFunction.HasShifted _ ->
                    List.of();
            case WindowFunction.Shift _, WindowFunction.Nth _, WindowFunction.Last _ ->
                    over.getOperands().subList(0, 1);
            case WindowFunction.Aggregated _ when followsWindow(over) ->
                    Stream.concat(
                                    over.getOperands().stream(),
                                    over.getWindow().orderKeys.stream().map(key -> key.left))
                            .toList();
            case WindowFunction.Aggregated _ -> over.getOperands();
        };
    }

    /// Whether it matters that equal arguments count once.
    static boolean isDistinct(RexOver over, WindowFunction function) {
        return over.isDistinct()
                && function instanceof WindowFunction.Aggregated(AggregateFunction aggregate, _)
                && switch (aggregate) {
                    case MIN,
                            MAX,
                            ANY_VALUE,
                            BOOL_AND,
                            BOOL_OR,
                            BIT_AND,
                            BIT_OR,
                            ARG_MIN,
                            ARG_MAX ->
                            false;
                    default -> true;
                };
    }

    private static long positive(RexOver over, int operand, String what) {
        long number = number(over, operand);
        if (number < 1) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The " + what + " of " + name(over) + " must be at least 1, found " + number);
        }
        return number;
    }

    private static long distance(RexOver over) {
        return over.getOperands().size() < 2 ? 1 : number(over, 1);
    }

    private static long number(RexOver over, int operand) {
        @Nullable BigDecimal number = literal(over.getOperands().get(operand));
        if (number == null
                || number.stripTrailingZeros().scale() > 0
                || number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "Argument "
                            + (operand + 1)
                            + " of "
                            + name(over)
                            + " must be a whole number written in the statement");
        }
        return number.longValueExact();
    }

    /// The number that the expression is, or null.
    static @Nullable BigDecimal literal(RexNode expression) {
        return switch (expression) {
            case RexLiteral literal when literal.getValue() instanceof BigDecimal number -> number;
            case RexLiteral literal when literal.getValue() instanceof Double number ->
                    BigDecimal.valueOf(number);
            case RexCall call when call.getKind() == SqlKind.CAST ->
                    literal(call.getOperands().getFirst());
            case RexCall call when call.getKind() == SqlKind.MINUS_PREFIX -> {
                @Nullable BigDecimal number = literal(call.getOperands().getFirst());
                yield number == null ? null : number.negate();
            }
            case RexCall call when call.getOperator().getName().equals("negate") -> {
                @Nullable BigDecimal number = literal(call.getOperands().getFirst());
                yield number == null ? null : number.negate();
            }
            case RexCall call when call.getOperator().getName().equals("*") -> { // INTERVAL 2 DAYS
                @Nullable BigDecimal left = literal(call.getOperands().get(0));
                @Nullable BigDecimal right = literal(call.getOperands().get(1));
                yield left == null || right == null ? null : left.multiply(right);
            }
            default -> null;
        };
    }

    private static String name(RexOver over) {
        return over.getOperator().getName().toLowerCase(Locale.ROOT);
    }
}
