package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.INTEGER;
import static io.basaltdb.query.function.Accepts.NUMBER;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Mathematics: rounding, roots, logarithms, trigonometry, whole numbers.
final class MathFunctions {
    private MathFunctions() {}

    static List<Definition> all() {
        List<Definition> functions = new ArrayList<>();
        functions.add(
                define(
                        "floor",
                        "greatest whole number not above x",
                        MathFunctions::whole,
                        Pending::bind));
        functions.add(
                define(
                                "ceil",
                                "smallest whole number not below x",
                                MathFunctions::whole,
                                Pending::bind)
                        .alias("ceiling"));
        functions.add(
                define(
                                "round",
                                "x rounded half away from zero, to n digits after the point",
                                MathFunctions::rounded,
                                Pending::bind)
                        .fallible((arguments, result) -> Numbers.isExact(result)));
        functions.add(
                define(
                                "trunc",
                                "x cut towards zero, to n digits after the point",
                                MathFunctions::rounded,
                                Pending::bind)
                        .alias("truncate"));
        functions.add(define("sign", "-1, 0 or 1", MathFunctions::sign, Pending::bind));
        functions.add(unary("sqrt", "square root").fallible());
        functions.add(unary("cbrt", "cube root"));
        functions.add(unary("exp", "e to the power of x"));
        functions.add(unary("ln", "natural logarithm").fallible());
        functions.add(unary("log10", "logarithm to base 10").fallible());
        functions.add(unary("log2", "logarithm to base 2").fallible());
        functions.add(
                define(
                                "log",
                                "logarithm to base 10, or of the second argument to the base of the first",
                                takes(1, Type.DOUBLE, NUMBER, NUMBER),
                                Pending::bind)
                        .fallible());
        functions.add(binary("power", "x to the power of y").alias("pow", "**", "^").fallible());
        functions.add(unary("sin", "sine of x in radians").fallible());
        functions.add(unary("cos", "cosine of x in radians").fallible());
        functions.add(unary("tan", "tangent of x in radians").fallible());
        functions.add(unary("cot", "cotangent of x in radians").fallible());
        functions.add(unary("asin", "angle whose sine is x").fallible());
        functions.add(unary("acos", "angle whose cosine is x").fallible());
        functions.add(unary("atan", "angle whose tangent is x"));
        functions.add(binary("atan2", "angle of the point (x, y) given as y, x"));
        functions.add(unary("sinh", "hyperbolic sine"));
        functions.add(unary("cosh", "hyperbolic cosine"));
        functions.add(unary("tanh", "hyperbolic tangent"));
        functions.add(unary("degrees", "radians to degrees"));
        functions.add(unary("radians", "degrees to radians"));
        functions.add(define("pi", "3.141592653589793", takes(Type.DOUBLE), Pending::bind));
        functions.add(
                define(
                                "gcd",
                                "greatest common divisor",
                                MathFunctions::commonInteger,
                                Pending::bind)
                        .fallible());
        functions.add(
                define("lcm", "least common multiple", MathFunctions::commonInteger, Pending::bind)
                        .fallible());
        functions.add(
                define(
                        "isnan",
                        "whether x is not a number",
                        takes(Type.BOOLEAN, NUMBER),
                        Pending::bind));
        functions.add(
                define(
                        "isinf",
                        "whether x is infinite",
                        takes(Type.BOOLEAN, NUMBER),
                        Pending::bind));
        functions.add(
                define(
                        "isfinite",
                        "whether x is neither infinite nor NaN",
                        takes(Type.BOOLEAN, NUMBER),
                        Pending::bind));
        functions.add(
                define("bit_and", "bits set in both", MathFunctions::commonInteger, Pending::bind)
                        .alias("&", "bitand"));
        functions.add(
                define(
                                "bit_or",
                                "bits set in one or both",
                                MathFunctions::commonInteger,
                                Pending::bind)
                        .alias("|", "bitor"));
        functions.add(
                define(
                                "bit_xor",
                                "bits set in one alone",
                                MathFunctions::commonInteger,
                                Pending::bind)
                        .alias("#", "xor", "bitxor"));
        functions.add(
                define(
                                "bit_not",
                                "every bit turned",
                                Accepts.takesAndGivesFirst(1, INTEGER),
                                Pending::bind)
                        .alias("bitnot"));
        functions.add(
                define(
                                "shift_left",
                                "bits moved up by n",
                                Accepts.takesAndGivesFirst(2, INTEGER, INTEGER),
                                Pending::bind)
                        .alias("<<", "bitshiftleft")
                        .fallible());
        functions.add(
                define(
                                "shift_right",
                                "bits moved down by n, keeping the sign",
                                Accepts.takesAndGivesFirst(2, INTEGER, INTEGER),
                                Pending::bind)
                        .alias(">>", "bitshiftright")
                        .fallible());
        functions.add(
                define(
                                "bit_count",
                                "number of bits set",
                                takes(Type.INTEGER, INTEGER),
                                Pending::bind)
                        .alias("bitcount"));
        return functions;
    }

    private static Definition unary(String name, String summary) {
        return define(name, summary, takes(Type.DOUBLE, NUMBER), Pending::bind);
    }

    private static Definition binary(String name, String summary) {
        return define(name, summary, takes(Type.DOUBLE, NUMBER, NUMBER), Pending::bind);
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

    private static @Nullable Type commonInteger(List<Type> arguments) {
        return arguments.size() == 2 && Accepts.all(arguments, INTEGER)
                ? Numbers.common(arguments.get(0), arguments.get(1))
                : null;
    }
}
