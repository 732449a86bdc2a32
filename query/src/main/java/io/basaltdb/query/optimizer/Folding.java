package io.basaltdb.query.optimizer;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/// Computes at planning time what pruning and estimates need to see as a literal: dates and timestamps moved by intervals, signs, exact sums and
/// products of numbers, casts that lose nothing. Whatever could fail stays as written and fails, or not, when it is executed.
final class Folding extends TreeRewrite {
    private static final long NANOS_PER_MICRO = 1000;

    Folding(RexBuilder rex) {
        super(rex);
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexNode visited = super.visitCall(call);
        if (!(visited instanceof RexCall inner)
                || !inner.getOperands().stream().allMatch(Folding::isValue)) {
            return visited;
        }
        @Nullable RexNode folded =
                folded(inner, inner.getOperands().stream().map(RexLiteral.class::cast).toList());
        return folded == null ? inner : folded;
    }

    private static boolean isValue(RexNode node) {
        return node instanceof RexLiteral literal && !literal.isNull();
    }

    private @Nullable RexNode folded(RexCall call, List<RexLiteral> operands) {
        return switch (call.getKind()) {
            case PLUS ->
                    operands.size() == 2 ? sum(call, operands.get(0), operands.get(1), 1) : null;
            case MINUS ->
                    operands.size() == 2 ? sum(call, operands.get(0), operands.get(1), -1) : null;
            case TIMES -> product(call, operands);
            case MINUS_PREFIX -> negated(call, operands.getFirst());
            case CAST -> operands.size() == 1 ? cast(call, operands.getFirst()) : null;
            default -> null;
        };
    }

    private @Nullable RexNode negated(RexCall call, RexLiteral operand) {
        @Nullable BigDecimal number = exact(operand);
        return number == null ? null : number(number.negate(), call);
    }

    private @Nullable RexNode product(RexCall call, List<RexLiteral> operands) {
        @Nullable BigDecimal left = exact(operands.get(0));
        @Nullable BigDecimal right = operands.size() == 2 ? exact(operands.get(1)) : null;
        return left == null || right == null ? null : number(left.multiply(right), call);
    }

    private @Nullable RexNode sum(RexCall call, RexLiteral left, RexLiteral right, int sign) {
        @Nullable BigDecimal a = exact(left);
        @Nullable BigDecimal b = exact(right);
        if (a != null && b != null) {
            return number(sign > 0 ? a.add(b) : a.subtract(b), call);
        }
        boolean leftIsInterval = isInterval(left);
        RexLiteral moment = leftIsInterval ? right : left;
        RexLiteral by = leftIsInterval ? left : right;
        if (leftIsInterval && sign < 0) {
            return null;
        }
        return isInterval(by) ? moved(call, moment, by, sign) : dateMoved(call, moment, b, sign);
    }

    private static boolean isInterval(RexLiteral literal) {
        return RelTypes.isKnown(literal.getType())
                && RelTypes.toType(literal.getType()) instanceof Type.Interval;
    }

    private @Nullable RexNode dateMoved(
            RexCall call, RexLiteral date, @Nullable BigDecimal days, int sign) {
        if (days == null
                || !(type(date) instanceof Type.Date)
                || !(type(call) instanceof Type.Date)) {
            return null;
        }
        LocalDate moved = LocalDate.ofEpochDay(whole(date)).plusDays(sign * days.longValue());
        return inRange(moved.getYear()) ? date(moved) : null;
    }

    private @Nullable RexNode moved(
            RexCall call, RexLiteral moment, RexLiteral interval, int sign) {
        if (!(type(call) instanceof Type.Timestamp) && !(type(call) instanceof Type.Date)) {
            return null;
        }
        @Nullable LocalDateTime time =
                switch (type(moment)) {
                    case Type.Date _ -> LocalDate.ofEpochDay(whole(moment)).atStartOfDay();
                    case Type.Timestamp timestamp -> dateTime(whole(moment), timestamp);
                    default -> null;
                };
        if (time == null) {
            return null;
        }
        long amount = sign * whole(interval);
        Type.Interval.Unit unit = ((Type.Interval) type(interval)).unit();
        LocalDateTime moved =
                unit == Type.Interval.Unit.MONTHS
                        ? time.plusMonths(amount)
                        : time.plus(amount, ChronoUnit.MICROS);
        if (!inRange(moved.getYear())) {
            return null;
        }
        return type(call) instanceof Type.Date ? date(moved.toLocalDate()) : timestamp(moved, call);
    }

    private static boolean inRange(int year) {
        return year > 0 && year < 10_000;
    }

    private static LocalDateTime dateTime(long units, Type.Timestamp type) {
        long perSecond = type.unitsPerSecond();
        long nanos = Math.floorMod(units, perSecond) * (1_000_000_000L / perSecond);
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(units, perSecond), (int) nanos, ZoneOffset.UTC);
    }

    private RexNode date(LocalDate date) {
        return rex.makeDateLiteral(new org.apache.calcite.util.DateString(date.toString()));
    }

    private RexNode timestamp(LocalDateTime time, RexNode call) {
        int nanos = time.get(ChronoField.NANO_OF_SECOND);
        TimestampString text =
                TimestampString.fromMillisSinceEpoch(time.toEpochSecond(ZoneOffset.UTC) * 1000)
                        .withNanos((int) (nanos / NANOS_PER_MICRO * NANOS_PER_MICRO));
        return rex.makeTimestampLiteral(text, call.getType().getPrecision());
    }

    private @Nullable RexNode cast(RexCall call, RexLiteral operand) {
        if (!RelTypes.isKnown(call.getType()) || !RelTypes.isKnown(operand.getType())) {
            return null;
        }
        Type from = type(operand);
        Type to = type(call);
        if (from instanceof Type.Interval || to instanceof Type.Interval) {
            return null;
        }
        @Nullable Value value = ExactCast.of(Literals.value(operand, from), from, to);
        return value == null ? null : literal(value, to, call);
    }

    private @Nullable RexNode literal(Value value, Type type, RexNode call) {
        return switch (type) {
            case Type.Int _ -> number(new BigDecimal(Value.unscaled(value)), call);
            case Type.Decimal(int _, int scale) ->
                    number(new BigDecimal(Value.unscaled(value), scale), call);
            case Type.Date _ -> date(LocalDate.ofEpochDay(((Value.Whole) value).value()));
            case Type.Timestamp timestamp ->
                    timestamp(dateTime(((Value.Whole) value).value(), timestamp), call);
            default -> null;
        };
    }

    private static long whole(RexLiteral literal) {
        return ((Value.Whole) Literals.value(literal, type(literal))).value();
    }

    private static Type type(RexNode node) {
        return RelTypes.toType(node.getType());
    }

    private static @Nullable BigDecimal exact(RexLiteral literal) {
        if (!RelTypes.isKnown(literal.getType())) {
            return null;
        }
        Type type = type(literal);
        return type instanceof Type.Int || type instanceof Type.Decimal
                ? literal.getValueAs(BigDecimal.class)
                : null;
    }

    /// The number as a literal of the call's type; null where it does not fit.
    private @Nullable RexNode number(BigDecimal number, RexNode call) {
        Type type = type(call);
        boolean fits =
                switch (type) {
                    case Type.Int(int bits) ->
                            number.stripTrailingZeros().scale() <= 0
                                    && number.toBigInteger().bitLength() < bits;
                    case Type.Decimal(int precision, int scale) ->
                            number.stripTrailingZeros().scale() <= scale
                                    && number.setScale(scale, java.math.RoundingMode.HALF_UP)
                                                    .precision()
                                            <= precision;
                    default -> false;
                };
        return fits && call.getKind() != SqlKind.DIVIDE
                ? rex.makeExactLiteral(
                        number,
                        rex.getTypeFactory().createTypeWithNullability(call.getType(), false))
                : null;
    }
}
