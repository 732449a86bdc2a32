package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.ANY_INTERVAL;
import static io.basaltdb.query.function.Accepts.CLOCK;
import static io.basaltdb.query.function.Accepts.DATE;
import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.INTERVAL;
import static io.basaltdb.query.function.Accepts.NUMBER;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.TIME_POINT;
import static io.basaltdb.query.function.Accepts.either;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Accepts.takesAndGivesFirst;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Calendar and clock: parts of a point in time, truncation, differences, epochs. Stable, not immutable, because the session's zone acts on TIMESTAMP WITH TIME
/// ZONE.
final class CalendarFunctions {
    private CalendarFunctions() {}

    static List<Definition> all() {
        List<Definition> functions = new ArrayList<>();
        functions.add(
                define(
                                "date_part",
                                "the named part of a point in time, or of an interval",
                                either(
                                        takes(Type.BIGINT, TEXT, CLOCK),
                                        takes(Type.BIGINT, TEXT, ANY_INTERVAL)),
                                CalendarFunctions::datePart)
                        .alias("datepart", "extract")
                        .fallible());
        functions.add(
                define(
                                "date_trunc",
                                "the beginning of the unit that the point in time lies in",
                                CalendarFunctions::truncated,
                                site -> new TruncationLoop(site, unit(site), 1))
                        .alias("datetrunc")
                        .fallible());
        functions.add(
                define(
                                "date_add",
                                "a point in time moved by an interval, a date also by days",
                                CalendarFunctions::moved,
                                site -> movedBy(site, false))
                        .fallible());
        functions.add(
                define(
                                "date_sub",
                                "a point in time moved back by an interval, a date also by days",
                                CalendarFunctions::moved,
                                site -> movedBy(site, true))
                        .fallible());
        functions.add(
                define(
                                "date_diff",
                                "how many borders of the unit lie between two points in time",
                                takes(Type.BIGINT, TEXT, TIME_POINT, TIME_POINT),
                                site -> new DateDiffLoop(site, unit(site)))
                        .alias("datediff")
                        .fallible());
        functions.add(
                define(
                                "time_bucket",
                                "the beginning of the bucket of that width, counted from Monday 2000-01-03, months from 2000-01-01, numbers from 0, or from an origin",
                                CalendarFunctions::bucket,
                                TimeBucket::bind)
                        .fallible());
        functions.add(
                define(
                                "timezone",
                                "the instant that a local time of the zone means, or the local time there of an instant: t AT TIME ZONE zone",
                                TimeZoneLoop::resultType,
                                TimeZoneLoop::new)
                        .fallible());
        functions.add(
                define(
                                "make_date",
                                "the date of year, month, day",
                                takes(Type.DATE, INTEGER, INTEGER, INTEGER),
                                CalendarFunctions::makeDate)
                        .alias("makedate")
                        .fallible());
        functions.add(
                define(
                        "last_day",
                        "the last date of the month",
                        takes(Type.DATE, TIME_POINT),
                        DayRows.number(CalendarFunctions::lastDay)));
        functions.add(
                define(
                                "to_date",
                                "the date of a point in time, or of a text after a template such as YYYY-MM-DD",
                                either(takes(Type.DATE, TIME_POINT), takes(Type.DATE, TEXT, TEXT)),
                                site ->
                                        site.arity() == 2
                                                ? TimeTextFunctions.readTemplate(site)
                                                : DayRows.number(days -> days).bind(site))
                        .alias("todate")
                        .fallible());
        functions.add(
                define(
                                "to_timestamp",
                                "the instant so many seconds after 1970-01-01 UTC, or that a text names after a template such as YYYY-MM-DD HH24:MI:SS",
                                either(
                                        takes(Type.TIMESTAMPTZ, NUMBER),
                                        takes(Type.TIMESTAMPTZ, TEXT, TEXT)),
                                site ->
                                        site.arity() == 2
                                                ? TimeTextFunctions.readTemplate(site)
                                                : new EpochLoop(site))
                        .fallible());
        functions.add(
                define(
                                "from_unixtime",
                                "the timestamp that lies so many seconds after 1970-01-01",
                                takes(Type.TIMESTAMP, NUMBER),
                                EpochLoop::new)
                        .alias("fromunixtimestamp")
                        .fallible());
        functions.add(
                define(
                                "epoch_ms",
                                "milliseconds since 1970-01-01, or the timestamp of them",
                                CalendarFunctions::epochMillis,
                                site -> epoch(site, 1000))
                        .alias("tounixtimestamp64milli")
                        .fallible());
        functions.add(
                define(
                                "epoch_us",
                                "microseconds since 1970-01-01",
                                takes(Type.BIGINT, TIME_POINT),
                                site -> epoch(site, 1_000_000))
                        .fallible());
        functions.add(
                define(
                                "epoch_ns",
                                "nanoseconds since 1970-01-01",
                                takes(Type.BIGINT, TIME_POINT),
                                site -> epoch(site, 1_000_000_000))
                        .fallible());
        functions.add(
                define(
                        "dayname",
                        "English name of the day of the week",
                        takes(Type.TEXT, TIME_POINT),
                        DayRows.name(false)));
        functions.add(
                define(
                        "monthname",
                        "English name of the month",
                        takes(Type.TEXT, TIME_POINT),
                        DayRows.name(true)));
        for (DatePart part : DatePart.values()) {
            functions.add(
                    define(
                                    part.functionName(),
                                    part.summary(),
                                    takes(Type.BIGINT, part.isOfClock() ? CLOCK : TIME_POINT),
                                    site -> new DatePartLoop(site, part))
                            .alias(part.aliases()));
        }
        for (CalendarUnit unit : CalendarUnit.values()) {
            if (unit.startName() != null) {
                functions.add(
                        start(
                                unit.startName(),
                                unit,
                                1,
                                unit.isDays() ? Type.DATE : Type.TIMESTAMP));
            }
        }
        functions.add(start("tostartofday", CalendarUnit.DAY, 1, Type.TIMESTAMP));
        functions.add(start("tomonday", CalendarUnit.WEEK, 1, Type.DATE));
        functions.add(
                start("tostartoffiveminutes", CalendarUnit.MINUTE, 5, Type.TIMESTAMP)
                        .alias("tostartoffiveminute"));
        functions.add(start("tostartoftenminutes", CalendarUnit.MINUTE, 10, Type.TIMESTAMP));
        functions.add(start("tostartoffifteenminutes", CalendarUnit.MINUTE, 15, Type.TIMESTAMP));
        functions.add(
                define(
                        "toyyyymm",
                        "year and month as one number",
                        takes(Type.INTEGER, TIME_POINT),
                        DayRows.number(CalendarFunctions::yearAndMonth)));
        functions.add(
                define(
                        "toyyyymmdd",
                        "year, month and day as one number",
                        takes(Type.INTEGER, TIME_POINT),
                        DayRows.number(days ->
                                yearAndMonth(days) * 100 + Calendar.day(Calendar.civil(days)))));
        return functions.stream().map(function -> function.volatility(Volatility.STABLE)).toList();
    }

    private static Definition start(String name, CalendarUnit unit, int units, Type result) {
        String what = units == 1 ? unit.word() : units + " " + unit.word() + "s";
        return define(
                name,
                "the beginning of the " + what,
                takes(result, TIME_POINT),
                site -> new TruncationLoop(site, unit, units));
    }

    private static @Nullable Type truncated(List<Type> arguments) {
        return takes(Type.NULL, TEXT, TIME_POINT).resultType(arguments) == null
                ? null
                : arguments.get(1);
    }

    private static @Nullable Type moved(List<Type> arguments) {
        if (takes(Type.NULL, DATE, INTEGER).resultType(arguments) != null) {
            return Type.DATE;
        }
        if (takes(Type.NULL, TIME_POINT, ANY_INTERVAL).resultType(arguments) == null) {
            return null;
        }
        return arguments.get(0) instanceof Type.Date ? Type.TIMESTAMP : arguments.get(0);
    }

    private static ScalarLoop movedBy(CallSite site, boolean isBack) {
        return IntervalArithmetic.concerns(site.arguments())
                ? IntervalArithmetic.bindSum(site, isBack)
                : TimeArithmetic.bindSum(site, isBack);
    }

    private static @Nullable Type bucket(List<Type> arguments) {
        Type whole = takes(2, Type.BIGINT, INTEGER, INTEGER, INTEGER).resultType(arguments);
        if (whole != null) {
            return arguments.get(1);
        }
        if (takes(2, Type.NULL, INTERVAL, TIME_POINT, TIME_POINT).resultType(arguments) == null) {
            return null;
        }
        return arguments.size() == 3 && !arguments.get(2).equals(arguments.get(1))
                ? null
                : arguments.get(1);
    }

    private static @Nullable Type epochMillis(List<Type> arguments) {
        Type ofNumber = takesAndGivesFirst(1, INTEGER).resultType(arguments);
        return ofNumber != null
                ? Type.TIMESTAMP
                : takes(Type.BIGINT, TIME_POINT).resultType(arguments);
    }

    /// The name in the first argument, which has to be a constant: what the loop does depends on it.
    private static String name(CallSite site) {
        if (site.constant(0) instanceof Value.Bytes(byte[] name)) {
            return new String(name, StandardCharsets.UTF_8);
        }
        throw new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "the part or unit of a point in time must be a constant like 'month'");
    }

    private static ScalarLoop datePart(CallSite site) {
        DatePart part = part(site);
        if (IntervalLanes.reads(site.argument(1))) {
            @Nullable ScalarLoop ofInterval = IntervalFunctions.partOf(site.argument(1), part);
            if (ofInterval == null) {
                throw new BasaltException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "an interval has no " + part.functionName());
            }
            return ofInterval;
        }
        if (site.argument(1) instanceof Type.Time && !part.isOfClock()) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a TIME has no " + part.functionName() + ", only parts of the day");
        }
        return new DatePartLoop(site, part);
    }

    private static DatePart part(CallSite site) {
        if (site.constant(0) instanceof Value.Null) {
            return DatePart.YEAR;
        }
        String name = name(site);
        DatePart part = DatePart.find(name);
        if (part == null) {
            throw unknown(
                    "part",
                    name,
                    Arrays.stream(DatePart.values()).map(DatePart::functionName).toList());
        }
        return part;
    }

    private static CalendarUnit unit(CallSite site) {
        if (site.constant(0) instanceof Value.Null) {
            return CalendarUnit.YEAR;
        }
        String name = name(site);
        CalendarUnit unit = CalendarUnit.find(name);
        if (unit == null) {
            throw unknown(
                    "unit",
                    name,
                    Arrays.stream(CalendarUnit.values()).map(CalendarUnit::word).toList());
        }
        return unit;
    }

    private static BasaltException unknown(String what, String name, List<String> names) {
        return new BasaltException(
                ErrorCode.INVALID_ARGUMENT,
                names.stream()
                        .collect(
                                Collectors.joining(
                                        ", ",
                                        "there is no "
                                                + what
                                                + " of time called "
                                                + name
                                                + "; there are ",
                                        "")));
    }

    private static ScalarLoop makeDate(CallSite site) {
        return LongRows.ternary(
                site.result(),
                ErrorCode.DATETIME_OVERFLOW,
                "date out of range",
                (year, month, day) -> {
                    boolean isGood =
                            month >= 1
                                    && month <= 12
                                    && Math.abs(year) <= 5_000_000
                                    && day >= 1
                                    && day <= Calendar.lengthOfMonth(year, month);
                    if (!isGood) {
                        throw new BasaltException(
                                ErrorCode.DATETIME_OVERFLOW,
                                "there is no date " + year + "-" + month + "-" + day);
                    }
                    return Calendar.days(year, month, day);
                });
    }

    private static long lastDay(long days) {
        long civil = Calendar.civil(days);
        return days
                - Calendar.day(civil)
                + Calendar.lengthOfMonth(Calendar.year(civil), Calendar.month(civil));
    }

    private static long yearAndMonth(long days) {
        long civil = Calendar.civil(days);
        return Calendar.year(civil) * 100 + Calendar.month(civil);
    }

    /// Ticks of so many per second, from a point in time; or the timestamp of milliseconds.
    private static ScalarLoop epoch(CallSite site, long wanted) {
        Type type = site.argument(0);
        LongRows.Unary row;
        if (type instanceof Type.Int) {
            row = millis -> Math.multiplyExact(millis, 1000);
        } else if (type instanceof Type.Date) {
            row = days -> Math.multiplyExact(days, 86_400 * wanted);
        } else {
            long present = TimeArithmetic.ticksPerSecond(type);
            row =
                    present > wanted
                            ? ticks -> Math.floorDiv(ticks, present / wanted)
                            : ticks -> Math.multiplyExact(ticks, wanted / present);
        }
        return LongRows.unary(
                site.result(), ErrorCode.DATETIME_OVERFLOW, "date or timestamp out of range", row);
    }
}
