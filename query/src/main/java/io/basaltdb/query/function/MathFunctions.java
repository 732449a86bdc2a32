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
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
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
                                "width_bucket",
                                "which of so many equal stretches from low to high x is in, from 1 on; 0 below, one more than there are above",
                                takes(Type.INTEGER, NUMBER, NUMBER, NUMBER, INTEGER),
                                WidthBucketLoop::new)
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

    private static final class WidthBucketLoop extends StrictLoop {
        private final DoubleLanes values = new DoubleLanes();
        private final DoubleLanes lows = new DoubleLanes();
        private final DoubleLanes highs = new DoubleLanes();
        private final LongLanes counts = new LongLanes();
        private long[] out = new long[0];

        WidthBucketLoop(CallSite site) {
            super(site.result());
        }

        @Override
        Vector compute(
                List<Vector> arguments,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            double[] x = values.read(arguments.get(0), size);
            double[] low = lows.read(arguments.get(1), size);
            double[] high = highs.read(arguments.get(2), size);
            long[] count = counts.read(arguments.get(3), size);
            out = Scratch.longs(out, size);
            Selection live = live(size, selection, valid);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                out[row] = bucket(x[row], low[row], high[row], count[row]);
            }
            return new LongVector(type, size, out, valid);
        }

        private static long bucket(double x, double low, double high, long count) {
            boolean isGood =
                    count > 0
                            && count < Integer.MAX_VALUE
                            && low != high
                            && Double.isFinite(low)
                            && Double.isFinite(high)
                            && !Double.isNaN(x);
            if (!isGood) {
                throw new BasaltException(
                        ErrorCode.INVALID_ARGUMENT,
                        "width_bucket takes a number, two finite bounds that differ and a number of buckets above 0, found "
                                + x
                                + ", "
                                + low
                                + ", "
                                + high
                                + ", "
                                + count);
            }
            boolean isRising = low < high;
            if (isRising ? x < low : x > low) {
                return 0;
            }
            if (isRising ? x >= high : x <= high) {
                return count + 1;
            }
            return Math.min(count, (long) ((x - low) / (high - low) * count) + 1);
        }
    }
}
