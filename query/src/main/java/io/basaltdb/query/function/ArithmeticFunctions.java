package io.basaltdb.query.function;

import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.query.function.ExactArithmetic.Operation;
import io.basaltdb.storage.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The arithmetic of operators: on numbers, and of dates, timestamps and intervals.
final class ArithmeticFunctions {
    private static final Type MICROSECONDS = new Type.Interval(Type.Interval.Unit.MICROSECONDS);

    private ArithmeticFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "add",
                                "a + b: numbers, date + days, date + time of day, time + interval, address + number",
                                ArithmeticFunctions::sum,
                                site -> bindSum(site, false))
                        .alias("plus", "+")
                        .fallible(ArithmeticFallibility::ofSum),
                define(
                                "subtract",
                                "a - b: numbers, date - days, date - date in days, time - interval, time - time, address - number, address - address",
                                ArithmeticFunctions::difference,
                                site -> bindSum(site, true))
                        .alias("minus", "-")
                        .fallible(ArithmeticFallibility::ofSum),
                define(
                                "multiply",
                                "a * b: numbers, interval times number",
                                ArithmeticFunctions::product,
                                ArithmeticFunctions::bindProduct)
                        .alias("*")
                        .fallible(ArithmeticFallibility::ofProduct),
                define(
                                "divide",
                                "a / b: integers truncate towards zero",
                                ArithmeticFunctions::quotient,
                                ArithmeticFunctions::bindQuotient)
                        .alias("/")
                        .fallible(ArithmeticFallibility::ofQuotient),
                define(
                                "integer_divide",
                                "a / b without the fraction, towards zero",
                                ArithmeticFunctions::wholeQuotient,
                                site -> ExactArithmetic.bind(Operation.DIVIDE, site))
                        .alias("div", "intdiv", "//")
                        .fallible(),
                define(
                                "modulo",
                                "remainder of a / b, with the sign of a",
                                ArithmeticFunctions::remainder,
                                site -> bindNumbers(Operation.REMAINDER, site))
                        .alias("mod", "%")
                        .fallible(ArithmeticFallibility::ofQuotient),
                define("negate", "-a", ArithmeticFunctions::same, ArithmeticFunctions::bindNegation)
                        .fallible(ArithmeticFallibility::ofNegation),
                define(
                                "abs",
                                "a without its sign",
                                ArithmeticFunctions::sameNumber,
                                site -> new SignLoop(site.result(), true))
                        .fallible(ArithmeticFallibility::ofNegation));
    }

    private static ScalarLoop bindNumbers(Operation operation, CallSite site) {
        return Numbers.isApproximate(site.result())
                ? new FloatArithmetic(operation, site.result())
                : ExactArithmetic.bind(operation, site);
    }

    private static ScalarLoop bindSum(CallSite site, boolean isDifference) {
        if (InetFunctions.concerns(site.arguments())) {
            return InetFunctions.bindSum(site, isDifference);
        }
        if (IntervalArithmetic.concerns(site.arguments())) {
            return IntervalArithmetic.bindSum(site, isDifference);
        }
        return Accepts.all(site.arguments(), Accepts.NUMBER)
                ? bindNumbers(isDifference ? Operation.SUBTRACT : Operation.ADD, site)
                : TimeArithmetic.bindSum(site, isDifference);
    }

    private static ScalarLoop bindProduct(CallSite site) {
        if (IntervalArithmetic.concerns(site.arguments())) {
            return IntervalArithmetic.bindScaling(site, false);
        }
        return Accepts.all(site.arguments(), Accepts.NUMBER)
                ? bindNumbers(Operation.MULTIPLY, site)
                : TimeArithmetic.bindScaling(site, false);
    }

    private static ScalarLoop bindNegation(CallSite site) {
        return site.result() instanceof Type.CalendarInterval
                ? IntervalArithmetic.bindNegation(site.result())
                : new SignLoop(site.result(), false);
    }

    private static ScalarLoop bindQuotient(CallSite site) {
        if (IntervalArithmetic.concerns(site.arguments())) {
            return IntervalArithmetic.bindScaling(site, true);
        }
        return Accepts.all(site.arguments(), Accepts.NUMBER)
                ? bindNumbers(Operation.DIVIDE, site)
                : TimeArithmetic.bindScaling(site, true);
    }

    private static @Nullable Type sum(List<Type> arguments) {
        if (arguments.size() != 2) {
            return null;
        }
        if (InetFunctions.concerns(arguments)) {
            return InetFunctions.sum(arguments, false);
        }
        if (IntervalArithmetic.concerns(arguments)) {
            return IntervalArithmetic.sum(arguments, false);
        }
        Type left = arguments.get(0);
        Type right = arguments.get(1);
        Type time = shifted(left, right);
        if (time == null) {
            time = shifted(right, left);
        }
        if (time != null) {
            return time;
        }
        Type common = Numbers.common(left, right);
        return common instanceof Type.Decimal
                ? Numbers.sum(Numbers.decimal(left), Numbers.decimal(right))
                : common;
    }

    private static @Nullable Type difference(List<Type> arguments) {
        if (arguments.size() != 2) {
            return null;
        }
        if (InetFunctions.concerns(arguments)) {
            return InetFunctions.sum(arguments, true);
        }
        if (IntervalArithmetic.concerns(arguments)) {
            return IntervalArithmetic.sum(arguments, true);
        }
        Type left = arguments.get(0);
        Type right = arguments.get(1);
        if (left instanceof Type.Date && right instanceof Type.Date) {
            return Type.INTEGER;
        }
        if ((Accepts.TIME_POINT.accepts(left) && Accepts.TIME_POINT.accepts(right))
                || (left instanceof Type.Time && right instanceof Type.Time)) {
            return MICROSECONDS;
        }
        if (right instanceof Type.Time) {
            return null;
        }
        Type time = shifted(left, right);
        return time != null ? time : Accepts.INTERVAL.accepts(right) ? null : sum(arguments);
    }

    /// Type of a point in time (or an interval) moved by days or an interval; null where the two do not fit.
    private static @Nullable Type shifted(Type moved, Type by) {
        return switch (moved) {
            case Type.Date _ ->
                    by instanceof Type.Int
                            ? moved
                            : by instanceof Type.Interval || by instanceof Type.Time
                                    ? Type.TIMESTAMP
                                    : null;
            case Type.Time _ -> by.equals(MICROSECONDS) ? moved : null;
            case Type.Timestamp _, Type.TimestampTz _ -> by instanceof Type.Interval ? moved : null;
            case Type.Interval _ -> moved.equals(by) ? moved : null;
            case Type.Bool _, Type.Int _, Type.Real _, Type.DoublePrecision _ -> null;
            case Type.Decimal _, Type.Text _, Type.Null _ -> null;
            case Type.Uuid _,
                    Type.Binary _,
                    Type.Json _,
                    Type.CalendarInterval _,
                    Type.Nested _,
                    Type.Inet _,
                    Type.Enumeration _ ->
                    null;
        };
    }

    private static @Nullable Type product(List<Type> arguments) {
        if (IntervalArithmetic.concerns(arguments)) {
            return IntervalArithmetic.scaled(arguments, false);
        }
        if (arguments.size() != 2) {
            return null;
        }
        Type left = arguments.get(0);
        Type right = arguments.get(1);
        if (left instanceof Type.Interval) {
            return Numbers.isNumber(right) ? left : null;
        }
        if (right instanceof Type.Interval) {
            return Numbers.isNumber(left) ? right : null;
        }
        Type common = Numbers.common(left, right);
        return common instanceof Type.Decimal
                ? Numbers.product(Numbers.decimal(left), Numbers.decimal(right))
                : common;
    }

    private static @Nullable Type quotient(List<Type> arguments) {
        if (IntervalArithmetic.concerns(arguments)) {
            return IntervalArithmetic.scaled(arguments, true);
        }
        if (arguments.size() != 2) {
            return null;
        }
        Type left = arguments.get(0);
        Type right = arguments.get(1);
        if (left instanceof Type.Interval) {
            return Numbers.isNumber(right) ? left : null;
        }
        Type common = Numbers.common(left, right);
        return common instanceof Type.Decimal
                ? Numbers.quotient(Numbers.decimal(left), Numbers.decimal(right))
                : common;
    }

    private static @Nullable Type wholeQuotient(List<Type> arguments) {
        return Accepts.all(arguments, Accepts.INTEGER) ? quotient(arguments) : null;
    }

    private static @Nullable Type remainder(List<Type> arguments) {
        if (arguments.size() != 2) {
            return null;
        }
        Type common = Numbers.common(arguments.get(0), arguments.get(1));
        return common instanceof Type.Decimal
                ? Numbers.remainder(
                        Numbers.decimal(arguments.get(0)), Numbers.decimal(arguments.get(1)))
                : common;
    }

    private static @Nullable Type same(List<Type> arguments) {
        return arguments.size() == 1
                        && (Numbers.isNumber(arguments.getFirst())
                                || IntervalLanes.reads(arguments.getFirst()))
                ? arguments.getFirst()
                : null;
    }

    private static @Nullable Type sameNumber(List<Type> arguments) {
        return arguments.size() == 1 && Numbers.isNumber(arguments.getFirst())
                ? arguments.getFirst()
                : null;
    }
}
