package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Arithmetic of dates, timestamps, times of day and intervals. Months move the calendar date (of TIMESTAMP WITH TIME ZONE in the session's zone) and keep the time of day; a
/// day beyond the new month becomes its last.
final class TimeArithmetic {
    static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final String OUT_OF_RANGE = "date or timestamp out of range";

    private TimeArithmetic() {}

    /// The loop for a sum or difference that has a point in time or an interval in it.
    static ScalarLoop bindSum(CallSite site, boolean isDifference) {
        Type left = site.argument(0);
        Type right = site.argument(1);
        if (Accepts.TIME_POINT.accepts(left) && Accepts.TIME_POINT.accepts(right)) {
            return distance(site);
        }
        if (left instanceof Type.Time && right instanceof Type.Time) {
            return overflowing(site, Math::subtractExact);
        }
        if (left instanceof Type.Interval && right instanceof Type.Interval) {
            return isDifference
                    ? overflowing(site, Math::subtractExact)
                    : overflowing(site, Math::addExact);
        }
        if (isDifference) {
            LongRows.Binary plus = plus(left, right, site);
            return overflowing(site, (a, b) -> plus.apply(a, Math.negateExact(b)));
        }
        if (isMoved(left, right)) {
            return overflowing(site, plus(left, right, site));
        }
        LongRows.Binary plus = plus(right, left, site);
        return overflowing(site, (a, b) -> plus.apply(b, a));
    }

    private static boolean isMoved(Type left, Type right) {
        return Accepts.TIME_POINT.accepts(left)
                || (left instanceof Type.Time && right instanceof Type.Interval);
    }

    private static ScalarLoop overflowing(CallSite site, LongRows.Binary row) {
        return LongRows.binary(site.result(), ErrorCode.DATETIME_OVERFLOW, OUT_OF_RANGE, row);
    }

    private static ScalarLoop distance(CallSite site) {
        Type left = site.argument(0);
        Type right = site.argument(1);
        if (left instanceof Type.Date && right instanceof Type.Date) {
            long unit = site.result() instanceof Type.Interval ? MICROS_PER_DAY : 1;
            return overflowing(site, (a, b) -> Math.multiplyExact(Math.subtractExact(a, b), unit));
        }
        LongRows.Unary leftMicros = micros(left, site);
        LongRows.Unary rightMicros = micros(right, site);
        return overflowing(
                site, (a, b) -> Math.subtractExact(leftMicros.apply(a), rightMicros.apply(b)));
    }

    /// Microseconds of a point in time; of dates the midnight that begins them.
    private static LongRows.Unary micros(Type type, CallSite site) {
        if (type instanceof Type.Date) {
            boolean zoned =
                    site.arguments().stream().anyMatch(other -> other instanceof Type.TimestampTz);
            ZoneClock clock = new ZoneClock(site.context().zone());
            return days -> {
                long local = Math.multiplyExact(days, MICROS_PER_DAY);
                return zoned ? clock.toInstant(local, 1_000_000) : local;
            };
        }
        long perMicro = ticksPerSecond(type) / 1_000_000;
        return ticks -> Math.floorDiv(ticks, perMicro);
    }

    static long ticksPerSecond(Type type) {
        return switch (type) {
            case Type.Timestamp timestamp -> timestamp.unitsPerSecond();
            case Type.TimestampTz timestamp -> timestamp.unitsPerSecond();
            case Type.Bool _, Type.Int _, Type.Real _, Type.DoublePrecision _ -> 1_000_000;
            case Type.Decimal _,
                    Type.Date _,
                    Type.Text _,
                    Type.Opaque _,
                    Type.Interval _,
                    Type.Null _ ->
                    1_000_000;
        };
    }

    /// A point in time plus days or an interval, into the call's type.
    private static LongRows.Binary plus(Type point, Type by, CallSite site) {
        if (point instanceof Type.Time) {
            // A clock goes round.
            return (ticks, micros) ->
                    Math.floorMod(ticks + micros % MICROS_PER_DAY, MICROS_PER_DAY);
        }
        if (point instanceof Type.Date) {
            return plusDate(by, site.result());
        }
        long perSecond = ticksPerSecond(point);
        if (((Type.Interval) by).unit() == Type.Interval.Unit.MICROSECONDS) {
            return (ticks, micros) ->
                    Math.addExact(ticks, Math.multiplyExact(micros, perSecond / 1_000_000));
        }
        long perDay = perSecond * 86_400;
        if (point instanceof Type.Timestamp) {
            return (ticks, months) -> plusMonths(ticks, months, perDay);
        }
        ZoneClock clock = new ZoneClock(site.context().zone());
        return (ticks, months) ->
                clock.toInstant(
                        plusMonths(clock.toLocal(ticks, perSecond), months, perDay), perSecond);
    }

    private static LongRows.Binary plusDate(Type by, Type result) {
        if (by instanceof Type.Int) {
            return (days, more) -> date(Math.addExact(days, more));
        }
        boolean months =
                by instanceof Type.Interval(Type.Interval.Unit unit)
                        && unit == Type.Interval.Unit.MONTHS;
        if (result instanceof Type.Date) {
            return months
                    ? (days, count) -> date(Calendar.plusMonths(days, months(count)))
                    : (days, micros) -> {
                        long moved =
                                Math.addExact(Math.multiplyExact(days, MICROS_PER_DAY), micros);
                        return Math.floorDiv(moved, MICROS_PER_DAY);
                    };
        }
        long perMicro = ticksPerSecond(result) / 1_000_000;
        return months
                ? (days, count) ->
                        Math.multiplyExact(
                                Calendar.plusMonths(days, months(count)), MICROS_PER_DAY * perMicro)
                : (days, micros) ->
                        Math.multiplyExact(
                                Math.addExact(Math.multiplyExact(days, MICROS_PER_DAY), micros),
                                perMicro);
    }

    private static long plusMonths(long ticks, long months, long perDay) {
        long days = Math.floorDiv(ticks, perDay);
        long moved = Calendar.plusMonths(days, months(months));
        return Math.addExact(Math.multiplyExact(moved, perDay), ticks - days * perDay);
    }

    private static long months(long count) {
        return Math.toIntExact(count);
    }

    static long date(long days) {
        return Math.toIntExact(days);
    }

    /// Interval times number, rounded half away from zero.
    static ScalarLoop bindScaling(CallSite site, boolean isDivision) {
        boolean intervalFirst = site.argument(0) instanceof Type.Interval;
        Type number = site.argument(intervalFirst ? 1 : 0);
        if (Numbers.isApproximate(number)) {
            return new IntervalByDouble(site.result(), intervalFirst, isDivision);
        }
        int scale = Numbers.scale(number);
        return LongRows.binary(
                site.result(),
                ErrorCode.DATETIME_OVERFLOW,
                "interval out of range",
                (a, b) -> {
                    BigDecimal interval = BigDecimal.valueOf(intervalFirst ? a : b);
                    BigDecimal factor = BigDecimal.valueOf(intervalFirst ? b : a, scale);
                    if (isDivision && factor.signum() == 0) {
                        throw new BasaltException(
                                ErrorCode.DIVISION_BY_ZERO, "division of an interval by zero");
                    }
                    BigDecimal result =
                            isDivision
                                    ? interval.divide(factor, 0, RoundingMode.HALF_UP)
                                    : interval.multiply(factor).setScale(0, RoundingMode.HALF_UP);
                    return result.longValueExact();
                });
    }
}
