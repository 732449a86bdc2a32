package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;

/// `time_bucket`: points in time cut to a grid of equal stretches or of months.
final class TimeBucket {
    private static final String OUT_OF_RANGE = "date or timestamp out of range";

    /// Monday, 2000-01-03.
    private static final long ORIGIN_DAY = 10_959;

    /// January 2000, in months since year 0.
    private static final long ORIGIN_MONTH = 24_000;

    private TimeBucket() {}

    static ScalarLoop bind(CallSite site) {
        Type type = site.argument(1);
        if (type instanceof Type.Int) {
            return ofNumbers(site);
        }
        boolean isDate = type instanceof Type.Date;
        long perDay = isDate ? 1 : 86_400 * TimeArithmetic.ticksPerSecond(type);
        boolean isMonths = ((Type.Interval) site.argument(0)).unit() == Type.Interval.Unit.MONTHS;
        boolean hasOrigin = site.arity() == 3;
        ZoneClock clock = new ZoneClock(site.context().zone());
        long perSecond = TimeArithmetic.ticksPerSecond(type);
        boolean isInstant = type instanceof Type.TimestampTz;
        LongRows.Ternary row =
                (width, point, origin) -> {
                    checkPositive(width);
                    if (isMonths) {
                        long local = isInstant ? clock.toLocal(point, perSecond) : point;
                        long first = hasOrigin ? monthOf(origin, perDay) : ORIGIN_MONTH;
                        long start = month(local, width, first, perDay);
                        return isInstant ? clock.toInstant(start, perSecond) : start;
                    }
                    long from = hasOrigin ? origin : ORIGIN_DAY * perDay;
                    return isDate
                            ? days(width, point, from)
                            : cut(Math.multiplyExact(width, perSecond / 1_000_000), point, from);
                };
        return LongRows.ternary(site.result(), ErrorCode.DATETIME_OVERFLOW, OUT_OF_RANGE, row);
    }

    private static ScalarLoop ofNumbers(CallSite site) {
        boolean hasOrigin = site.arity() == 3;
        int unused = Long.SIZE - ((Type.Int) site.result()).bits();
        return LongRows.ternary(
                site.result(),
                ErrorCode.NUMERIC_OUT_OF_RANGE,
                "a time bucket is out of range",
                (width, number, origin) -> {
                    checkPositive(width);
                    long start = cut(width, number, hasOrigin ? origin : 0);
                    if (start << unused >> unused != start) {
                        throw new ArithmeticException("wider than the type");
                    }
                    return start;
                });
    }

    private static void checkPositive(long width) {
        if (width <= 0) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT, "the width of a time bucket must be positive");
        }
    }

    private static long cut(long width, long point, long origin) {
        return Math.subtractExact(point, Math.floorMod(Math.subtractExact(point, origin), width));
    }

    private static long days(long micros, long day, long origin) {
        long start =
                cut(
                        micros,
                        Math.multiplyExact(day, TimeArithmetic.MICROS_PER_DAY),
                        origin * TimeArithmetic.MICROS_PER_DAY);
        return Math.floorDiv(start, TimeArithmetic.MICROS_PER_DAY);
    }

    private static long monthOf(long point, long perDay) {
        long civil = Calendar.civil(Math.floorDiv(point, perDay));
        return Calendar.year(civil) * 12 + Calendar.month(civil) - 1;
    }

    private static long month(long point, long width, long origin, long perDay) {
        long index = cut(width, monthOf(point, perDay), origin);
        long year = Math.floorDiv(index, 12L);
        return Math.multiplyExact(Calendar.days(year, index - year * 12 + 1, 1), perDay);
    }
}
