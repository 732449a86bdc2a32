package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.NUMBER;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.ConstantVector;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Mathematics: rounding, roots, logarithms, angles. What is undefined is an error; what is too large is infinite.
final class MathFunctions {
    private MathFunctions() {}

    static List<Definition> all() {
        return Stream.of(rounding(), roots(), angles(), tests()).flatMap(List::stream).toList();
    }

    private static List<Definition> rounding() {
        return List.of(
                define(
                        "floor",
                        "greatest whole number not above x",
                        MathFunctions::whole,
                        site -> new Rounding(site, Rounding.Direction.FLOOR)),
                define(
                                "ceil",
                                "smallest whole number not below x",
                                MathFunctions::whole,
                                site -> new Rounding(site, Rounding.Direction.CEIL))
                        .alias("ceiling"),
                define(
                                "round",
                                "x rounded half away from zero, to n digits after the point",
                                MathFunctions::rounded,
                                site -> new Rounding(site, Rounding.Direction.ROUND))
                        .fallible((arguments, result) -> Numbers.isExact(result)),
                define(
                                "trunc",
                                "x cut towards zero, to n digits after the point",
                                MathFunctions::rounded,
                                site -> new Rounding(site, Rounding.Direction.TRUNC))
                        .alias("truncate"),
                define("sign", "-1, 0 or 1", MathFunctions::sign, SignumLoop::new));
    }

    private static List<Definition> roots() {
        return List.of(
                unary("sqrt", "square root", x -> Math.sqrt(checked(x, !(x < 0), "square root")))
                        .fallible(),
                unary("cbrt", "cube root", Math::cbrt),
                unary(
                        "even",
                        "the next even whole number away from zero",
                        x -> Math.copySign(2 * Math.ceil(Math.abs(x) / 2), x)),
                unary("exp", "e to the power of x", Math::exp),
                unary("ln", "natural logarithm", x -> Math.log(positive(x))).fallible(),
                unary("log10", "logarithm to base 10", x -> Math.log10(positive(x))).fallible(),
                unary("log2", "logarithm to base 2", MathFunctions::log2).fallible(),
                define(
                                "log",
                                "logarithm to base 10, or of the second argument to the base of the first",
                                takes(1, Type.DOUBLE, NUMBER, NUMBER),
                                MathFunctions::log)
                        .fallible(),
                define(
                                "power",
                                "x to the power of y",
                                takes(Type.DOUBLE, NUMBER, NUMBER),
                                DoubleRows.binary(MathFunctions::power))
                        .alias("pow", "**", "^")
                        .fallible(),
                define(
                        "pi",
                        "3.141592653589793",
                        takes(Type.DOUBLE),
                        site ->
                                (arguments, size, selection) ->
                                        new ConstantVector(Type.DOUBLE, size, Value.of(Math.PI))));
    }

    private static List<Definition> angles() {
        return List.of(
                unary("sin", "sine of x in radians", x -> Math.sin(finite(x))).fallible(),
                unary("cos", "cosine of x in radians", x -> Math.cos(finite(x))).fallible(),
                unary("tan", "tangent of x in radians", x -> Math.tan(finite(x))).fallible(),
                unary("cot", "cotangent of x in radians", x -> 1 / Math.tan(finite(x))).fallible(),
                unary("asin", "angle whose sine is x", x -> Math.asin(unit(x))).fallible(),
                unary("acos", "angle whose cosine is x", x -> Math.acos(unit(x))).fallible(),
                unary("atan", "angle whose tangent is x", Math::atan),
                define(
                        "atan2",
                        "angle of the point (x, y) given as y, x",
                        takes(Type.DOUBLE, NUMBER, NUMBER),
                        DoubleRows.binary(Math::atan2)),
                unary("sinh", "hyperbolic sine", Math::sinh),
                unary("cosh", "hyperbolic cosine", Math::cosh),
                unary("tanh", "hyperbolic tangent", Math::tanh),
                unary("degrees", "radians to degrees", Math::toDegrees),
                unary("radians", "degrees to radians", Math::toRadians));
    }

    private static List<Definition> tests() {
        return List.of(
                define(
                        "isnan",
                        "whether x is not a number",
                        takes(Type.BOOLEAN, NUMBER),
                        site -> new DoubleTest(Double::isNaN)),
                define(
                        "isinf",
                        "whether x is infinite",
                        takes(Type.BOOLEAN, NUMBER),
                        site -> new DoubleTest(Double::isInfinite)),
                define(
                        "isfinite",
                        "whether x is neither infinite nor NaN",
                        takes(Type.BOOLEAN, NUMBER),
                        site -> new DoubleTest(Double::isFinite)));
    }

    private static Definition unary(String name, String summary, DoubleRows.Unary row) {
        return define(name, summary, takes(Type.DOUBLE, NUMBER), DoubleRows.unary(row));
    }

    private static double checked(double x, boolean isGood, String what) {
        if (!isGood) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT, "there is no " + what + " of " + x);
        }
        return x;
    }

    private static double positive(double x) {
        return checked(x, !(x <= 0), "logarithm");
    }

    private static double finite(double x) {
        if (Double.isInfinite(x)) {
            throw new BasaltException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE, "an angle must be finite, but is " + x);
        }
        return x;
    }

    private static double unit(double x) {
        if (Math.abs(x) > 1) {
            throw new BasaltException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    "sine and cosine lie between -1 and 1, but the argument is " + x);
        }
        return x;
    }

    /// Exact for powers of two.
    private static double log2(double x) {
        double power = positive(x);
        int exponent = Math.getExponent(power);
        return power == Math.scalb(1.0, exponent) ? exponent : Math.log(power) / Math.log(2);
    }

    private static ScalarLoop log(CallSite site) {
        return site.arity() == 1
                ? DoubleRows.unary(x -> Math.log10(positive(x))).bind(site)
                : DoubleRows.binary((base, x) -> Math.log(positive(x)) / Math.log(positive(base)))
                        .bind(site);
    }

    private static double power(double x, double y) {
        if (x == 0 && y < 0) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT, "zero has no negative power, such as " + y);
        }
        if (x < 0 && Double.isFinite(x) && Double.isFinite(y) && y != Math.rint(y)) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a negative number has no fractional power: " + x + " to the power of " + y);
        }
        return x == 1 ? 1 : Math.pow(x, y);
    }

    private static @Nullable Type whole(List<Type> arguments) {
        return arguments.size() == 1 && Numbers.isNumber(arguments.getFirst())
                ? Numbers.whole(arguments.getFirst())
                : null;
    }

    private static @Nullable Type rounded(List<Type> arguments) {
        if (takes(1, Type.NULL, NUMBER, INTEGER).resultType(arguments) == null) {
            return null;
        }
        return arguments.size() == 1
                ? Numbers.whole(arguments.getFirst())
                : Numbers.rounded(arguments.getFirst());
    }

    private static @Nullable Type sign(List<Type> arguments) {
        if (arguments.size() != 1 || !Numbers.isNumber(arguments.getFirst())) {
            return null;
        }
        return Numbers.isApproximate(arguments.getFirst()) ? Type.DOUBLE : Type.INTEGER;
    }
}
