package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import java.util.List;

/// Whether arithmetic can leave its result type, judged by the types alone. Approximate numbers never fail but by division.
final class ArithmeticFallibility {
    private ArithmeticFallibility() {}

    static boolean ofSum(List<Type> arguments, Type result) {
        if (!isExact(arguments)) {
            return !Numbers.isApproximate(result);
        }
        int scale = Numbers.scale(result);
        int bits = Math.max(bits(arguments.get(0), scale), bits(arguments.get(1), scale)) + 1;
        return bits > room(result);
    }

    static boolean ofProduct(List<Type> arguments, Type result) {
        if (!isExact(arguments)) {
            return !Numbers.isApproximate(result);
        }
        int shift =
                Numbers.scale(result)
                        - Numbers.scale(arguments.get(0))
                        - Numbers.scale(arguments.get(1));
        return shift < 0
                || digits(arguments.get(0)) + digits(arguments.get(1)) + shift > digits(result);
    }

    static boolean ofQuotient(List<Type> arguments, Type result) {
        return true;
    }

    static boolean ofNegation(List<Type> arguments, Type result) {
        return result instanceof Type.Int || IntervalLanes.reads(result);
    }

    static boolean isExact(List<Type> arguments) {
        return Numbers.isExact(arguments.get(0)) && Numbers.isExact(arguments.get(1));
    }

    private static int digits(Type exact) {
        return Numbers.decimal(exact).precision();
    }

    /// Bits of the type's values at a scale that is not smaller than its own.
    private static int bits(Type exact, int scale) {
        Type.Decimal decimal = Numbers.decimal(exact);
        if (scale == decimal.scale()) {
            return Numbers.magnitudeBits(exact);
        }
        int digits = decimal.precision() + scale - decimal.scale();
        return digits > Type.Decimal.MAX_PRECISION || scale < decimal.scale()
                ? 1000
                : Numbers.magnitudeBits(new Type.Decimal(digits, 0));
    }

    /// Bits that surely fit the result type.
    private static int room(Type result) {
        return switch (result) {
            case Type.Int(int bits) -> bits - 1;
            case Type.Decimal decimal -> Numbers.magnitudeBits(decimal) - 1;
            case Type.Bool _, Type.Real _, Type.DoublePrecision _, Type.Date _ -> 0;
            case Type.Timestamp _, Type.TimestampTz _, Type.Text _, Type.Opaque _ -> 0;
            case Type.Interval _, Type.Null _ -> 0;
        };
    }
}
