package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.DATE;
import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.INTERVAL;
import static io.basaltdb.query.function.Accepts.NUMBER;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.TIME_POINT;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Accepts.takesAndGivesFirst;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calendar and clock: parts of a point in time, truncation, differences, epochs.
final class CalendarFunctions {
    private CalendarFunctions() {}

    static List<Definition> all() {
        List<Definition> functions = new ArrayList<>();
        functions.add(
                define(
                                "date_part",
                                "the named part of a point in time or interval",
                                takes(Type.BIGINT, TEXT, TIME_POINT),
                                Pending::bind)
                        .alias("datepart", "extract")
                        .volatility(Volatility.STABLE)
                        .fallible());
        functions.add(
                define(
                                "date_trunc",
                                "the beginning of the unit that the point in time lies in",
                                CalendarFunctions::truncated,
                                Pending::bind)
                        .alias("datetrunc")
                        .volatility(Volatility.STABLE)
                        .fallible());
        functions.add(
                define(
                                "date_add",
                                "a point in time moved by an interval, a date also by days",
                                CalendarFunctions::moved,
                                Pending::bind)
                        .volatility(Volatility.STABLE)
                        .fallible());
        functions.add(
                define(
                                "date_sub",
                                "a point in time moved back by an interval, a date also by days",
                                CalendarFunctions::moved,
                                Pending::bind)
                        .volatility(Volatility.STABLE)
                        .fallible());
        functions.add(
                define(
                                "date_diff",
                                "how many borders of the unit lie between two points in time",
                                takes(Type.BIGINT, TEXT, TIME_POINT, TIME_POINT),
                                Pending::bind)
                        .alias("datediff")
                        .volatility(Volatility.STABLE)
                        .fallible());
        functions.add(
                define(
                                "time_bucket",
                                "the beginning of the bucket of that width, counted from 2000-01-03 or an origin",
                                CalendarFunctions::bucket,
                                Pending::bind)
                        .fallible());
        functions.add(
                define(
                                "make_date",
                                "the date of year, month, day",
                                takes(Type.DATE, INTEGER, INTEGER, INTEGER),
                                Pending::bind)
                        .alias("makedate")
                        .fallible());
        functions.add(
                define(
                                "make_timestamp",
                                "the timestamp of year, month, day, hour, minute, second",
                                takes(
                                        Type.TIMESTAMP,
                                        INTEGER,
                                        INTEGER,
                                        INTEGER,
                                        INTEGER,
                                        INTEGER,
                                        NUMBER),
                                Pending::bind)
                        .fallible());
        functions.add(
                define(
                                "last_day",
                                "the last date of the month",
                                takes(Type.DATE, TIME_POINT),
                                Pending::bind)
                        .volatility(Volatility.STABLE));
        functions.add(
                define(
                                "to_date",
                                "the date of a point in time",
                                takes(Type.DATE, TIME_POINT),
                                Pending::bind)
                        .alias("todate")
                        .volatility(Volatility.STABLE));
        functions.add(
                define(
                                "to_timestamp",
                                "the instant that lies so many seconds after 1970-01-01 UTC",
                                takes(Type.TIMESTAMPTZ, NUMBER),
                                Pending::bind)
                        .fallible());
        functions.add(
                define(
                                "from_unixtime",
                                "the timestamp that lies so many seconds after 1970-01-01",
                                takes(Type.TIMESTAMP, NUMBER),
                                Pending::bind)
                        .alias("fromunixtimestamp")
                        .fallible());
        functions.add(
                define(
                                "epoch_ms",
                                "milliseconds since 1970-01-01, or the timestamp of them",
                                CalendarFunctions::epochMillis,
                                Pending::bind)
                        .alias("tounixtimestamp64milli")
                        .fallible());
        functions.add(
                define(
                                "epoch_us",
                                "microseconds since 1970-01-01",
                                takes(Type.BIGINT, TIME_POINT),
                                Pending::bind)
                        .fallible());
        functions.add(
                define(
                                "epoch_ns",
                                "nanoseconds since 1970-01-01",
                                takes(Type.BIGINT, TIME_POINT),
                                Pending::bind)
                        .fallible());
        functions.add(
                define(
                                "dayname",
                                "English name of the day of the week",
                                takes(Type.TEXT, TIME_POINT),
                                Pending::bind)
                        .volatility(Volatility.STABLE));
        functions.add(
                define(
                                "monthname",
                                "English name of the month",
                                takes(Type.TEXT, TIME_POINT),
                                Pending::bind)
                        .volatility(Volatility.STABLE));
        for (DatePart part : DatePart.values()) {
            functions.add(
                    define(
                                    part.functionName(),
                                    part.summary(),
                                    takes(Type.BIGINT, TIME_POINT),
                                    Pending::bind)
                            .alias(part.aliases())
                            .volatility(Volatility.STABLE));
        }
        for (CalendarUnit unit : CalendarUnit.values()) {
            if (unit.startName() != null) {
                functions.add(
                        define(
                                        unit.startName(),
                                        "the beginning of the " + unit.word(),
                                        takes(
                                                unit.isDays() ? Type.DATE : Type.TIMESTAMP,
                                                TIME_POINT),
                                        Pending::bind)
                                .volatility(Volatility.STABLE));
            }
        }
        functions.add(
                define(
                                "tostartofday",
                                "the beginning of the day, as a timestamp",
                                takes(Type.TIMESTAMP, TIME_POINT),
                                Pending::bind)
                        .volatility(Volatility.STABLE));
        functions.add(
                define(
                                "tomonday",
                                "the Monday of the week",
                                takes(Type.DATE, TIME_POINT),
                                Pending::bind)
                        .volatility(Volatility.STABLE));
        functions.add(
                define(
                                "tostartoffiveminutes",
                                "the beginning of the five minutes",
                                takes(Type.TIMESTAMP, TIME_POINT),
                                Pending::bind)
                        .alias("tostartoffiveminute")
                        .volatility(Volatility.STABLE));
        functions.add(
                define(
                                "tostartoftenminutes",
                                "the beginning of the ten minutes",
                                takes(Type.TIMESTAMP, TIME_POINT),
                                Pending::bind)
                        .volatility(Volatility.STABLE));
        functions.add(
                define(
                                "tostartoffifteenminutes",
                                "the beginning of the fifteen minutes",
                                takes(Type.TIMESTAMP, TIME_POINT),
                                Pending::bind)
                        .volatility(Volatility.STABLE));
        functions.add(
                define(
                                "toyyyymm",
                                "year and month as one number",
                                takes(Type.INTEGER, TIME_POINT),
                                Pending::bind)
                        .volatility(Volatility.STABLE));
        functions.add(
                define(
                                "toyyyymmdd",
                                "year, month and day as one number",
                                takes(Type.INTEGER, TIME_POINT),
                                Pending::bind)
                        .volatility(Volatility.STABLE));
        return functions;
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
        if (takes(Type.NULL, TIME_POINT, INTERVAL).resultType(arguments) == null) {
            return null;
        }
        return arguments.get(0) instanceof Type.Date ? Type.TIMESTAMP : arguments.get(0);
    }

    private static @Nullable Type bucket(List<Type> arguments) {
        return takes(2, Type.NULL, INTERVAL, TIME_POINT, TIME_POINT).resultType(arguments) == null
                ? null
                : arguments.get(1);
    }

    private static @Nullable Type epochMillis(List<Type> arguments) {
        Type ofNumber = takesAndGivesFirst(1, INTEGER).resultType(arguments);
        return ofNumber != null
                ? Type.TIMESTAMP
                : takes(Type.BIGINT, TIME_POINT).resultType(arguments);
    }
}
