package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `date_trunc('month', t) = '2026-11-01'` → `t >= '2026-11-01' AND t < '2026-12-01'`, for functions of a DATE or TIMESTAMP that climb in
/// calendar steps. Pruning needs the bare column.
final class CalendarRanges {
    private static final int MIN_YEAR = 1;
    private static final int MAX_YEAR = 9999;

    /// Steps of a calendar function.
    private enum Unit {
        HOUR,
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR
    }

    /// A value of the function as a point in time: the beginning of its step, or where it is none, a point inside the one below.
    private record Point(long units, boolean isStart) {}

    private final Expression operand;
    private final Unit unit;
    private final Expression.Call call;
    private final long unitsPerDay;

    private CalendarRanges(Expression.Call call, Expression operand, Unit unit) {
        this.call = call;
        this.operand = operand;
        this.unit = unit;
        this.unitsPerDay = unitsPerDay(operand.type());
    }

    /// The comparison as a search of the bare operand; the given one where it is none of a calendar function with a literal.
    static Expression of(Expression.Comparison comparison) {
        Expression.Comparison.Operator operator = comparison.operator();
        Expression left = comparison.left();
        Expression right = comparison.right();
        if (left instanceof Expression.Literal) {
            left = comparison.right();
            right = comparison.left();
            operator = CastUnwrapping.mirrored(operator);
        }
        if (!(right instanceof Expression.Literal(Value value, _)) || value.isNull()) {
            return comparison;
        }
        Ranges.@Nullable Interval interval =
                switch (operator) {
                    case EQUAL -> new Ranges.Interval(value, true, value, true);
                    case LESS -> new Ranges.Interval(null, false, value, false);
                    case LESS_OR_EQUAL -> new Ranges.Interval(null, false, value, true);
                    case GREATER -> new Ranges.Interval(value, false, null, false);
                    case GREATER_OR_EQUAL -> new Ranges.Interval(value, true, null, false);
                    case NOT_EQUAL, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> null;
                };
        if (interval == null) {
            return comparison;
        }
        Expression.In search =
                new Expression.In(left, Ranges.of(interval), Expression.In.NullIs.UNKNOWN);
        Expression found = of(search);
        return found.equals(search) ? comparison : found;
    }

    /// The search of the bare operand; the given one where it is none of a calendar function.
    static Expression of(Expression.In search) {
        CalendarRanges steps = find(search.operand());
        if (steps == null) {
            return search;
        }
        Ranges ranges = new Ranges(List.of(), search.ranges().includesNull());
        for (Ranges.Interval interval : search.ranges().intervals()) {
            Ranges.Interval points = steps.interval(interval);
            if (points == null) {
                return search;
            }
            if (!isEmpty(points)) {
                ranges = RangeAlgebra.union(ranges, Ranges.of(points));
            }
        }
        return new Expression.In(
                steps.operand,
                new Ranges(ranges.intervals(), search.ranges().includesNull()),
                search.nullIs());
    }

    private static boolean isEmpty(Ranges.Interval interval) {
        Value low = interval.low();
        Value high = interval.high();
        return low != null && high != null && Value.compare(low, high) >= 0;
    }

    private static @Nullable CalendarRanges find(Expression expression) {
        if (!(expression instanceof Expression.Call call) || call.arguments().isEmpty()) {
            return null;
        }
        Expression operand = call.arguments().getLast();
        if (!(operand.type() instanceof Type.Date || operand.type() instanceof Type.Timestamp)) {
            return null;
        }
        Unit unit =
                switch (call.function().name()) {
                    case "date_trunc" -> truncation(call);
                    case "date_part" -> named(call.arguments().getFirst(), "year", Unit.YEAR);
                    case "year", "tostartofyear" -> Unit.YEAR;
                    case "tostartofquarter" -> Unit.QUARTER;
                    case "toyyyymm", "tostartofmonth" -> Unit.MONTH;
                    case "toyyyymmdd", "tostartofday", "to_date" -> Unit.DAY;
                    case "tostartofhour" -> Unit.HOUR;
                    default -> null;
                };
        boolean readsText = call.function().name().equals("to_date") && call.arguments().size() > 1;
        return unit == null || readsText || (unit == Unit.HOUR && isDate(operand))
                ? null
                : new CalendarRanges(call, operand, unit);
    }

    private static boolean isDate(Expression operand) {
        return operand.type() instanceof Type.Date;
    }

    private static @Nullable Unit truncation(Expression.Call call) {
        for (Unit unit : Unit.values()) {
            Unit found =
                    named(call.arguments().getFirst(), unit.name().toLowerCase(Locale.ROOT), unit);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Unit named(Expression argument, String name, Unit unit) {
        return argument instanceof Expression.Literal(Value.Bytes(byte[] bytes), _)
                        && new String(bytes, StandardCharsets.UTF_8).equalsIgnoreCase(name)
                ? unit
                : null;
    }

    private static long unitsPerDay(Type type) {
        return type instanceof Type.Timestamp timestamp ? 86_400L * timestamp.unitsPerSecond() : 1;
    }

    /// The operand's values for which the function's lie in the interval; null where nobody knows.
    private Ranges.@Nullable Interval interval(Ranges.Interval interval) {
        Value low = null;
        if (interval.low() != null) {
            low = from(interval.low(), interval.lowInclusive());
            if (low == null) {
                return null;
            }
        }
        Value high = null;
        if (interval.high() != null) {
            high = from(interval.high(), !interval.highInclusive());
            if (high == null) {
                return null;
            }
        }
        return new Ranges.Interval(low, low != null, high, false);
    }

    /// The least operand whose step is the value or, where there is none or the value is not wanted, comes after it.
    private @Nullable Value from(Value value, boolean isWanted) {
        try {
            Point point = value instanceof Value.Whole(long whole) ? point(whole) : null;
            if (point == null) {
                return null;
            }
            return Value.of(point.isStart && isWanted ? point.units : next(start(point.units)));
        } catch (ArithmeticException outside) {
            return null;
        }
    }

    private @Nullable Point point(long value) {
        LocalDate day =
                switch (call.function().name()) {
                    case "date_part", "year" -> date(value, 1, 1);
                    case "toyyyymm" -> date(Math.floorDiv(value, 100), value % 100, 1);
                    case "toyyyymmdd" ->
                            date(Math.floorDiv(value, 10_000), value / 100 % 100, value % 100);
                    default -> null;
                };
        if (day != null) {
            return new Point(Math.multiplyExact(day.toEpochDay(), unitsPerDay), true);
        }
        if (call.type() instanceof Type.Int) {
            return null;
        }
        long resultPerDay = unitsPerDay(call.type());
        if (resultPerDay != unitsPerDay && resultPerDay != 1) {
            return null;
        }
        long units = resultPerDay == unitsPerDay ? value : Math.multiplyExact(value, unitsPerDay);
        int year = LocalDate.ofEpochDay(Math.floorDiv(units, unitsPerDay)).getYear();
        return year < MIN_YEAR || year > MAX_YEAR ? null : new Point(units, start(units) == units);
    }

    private static @Nullable LocalDate date(long year, long month, long day) {
        boolean fits =
                year >= MIN_YEAR && year <= MAX_YEAR && month >= 1 && month <= 12 && day >= 1;
        LocalDate first = fits ? LocalDate.of((int) year, (int) month, 1) : null;
        return first == null || day > first.lengthOfMonth()
                ? null
                : first.withDayOfMonth((int) day);
    }

    private long start(long units) {
        if (unit == Unit.HOUR) {
            return units - Math.floorMod(units, unitsPerDay / 24);
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(units, unitsPerDay));
        LocalDate first =
                switch (unit) {
                    case HOUR, DAY -> date;
                    case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case MONTH -> date.withDayOfMonth(1);
                    case QUARTER ->
                            date.withMonth((date.getMonthValue() - 1) / 3 * 3 + 1)
                                    .withDayOfMonth(1);
                    case YEAR -> date.withDayOfYear(1);
                };
        return Math.multiplyExact(first.toEpochDay(), unitsPerDay);
    }

    private long next(long start) {
        if (unit == Unit.HOUR) {
            return Math.addExact(start, unitsPerDay / 24);
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(start, unitsPerDay));
        LocalDate following =
                switch (unit) {
                    case HOUR, DAY -> date.plusDays(1);
                    case WEEK -> date.plusWeeks(1);
                    case MONTH -> date.plusMonths(1);
                    case QUARTER -> date.plus(3, ChronoUnit.MONTHS);
                    case YEAR -> date.plusYears(1);
                };
        return Math.multiplyExact(following.toEpochDay(), unitsPerDay);
    }
}
