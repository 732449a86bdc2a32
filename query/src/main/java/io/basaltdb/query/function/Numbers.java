package io.basaltdb.query.function;

import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Type.Decimal;
import org.jspecify.annotations.Nullable;

/// Rules for the types of numbers: which are numbers, what they have in common, what arithmetic on them gives.
final class Numbers {
    private Numbers() {}

    static boolean isNumber(Type type) {
        return switch (type) {
            case Type.Int _, Type.Real _, Type.DoublePrecision _, Decimal _ -> true;
            case Type.Bool _, Type.Date _, Type.Timestamp _, Type.TimestampTz _ -> false;
            case Type.Text _, Type.Opaque _, Type.Interval _, Type.Null _ -> false;
        };
    }

    static boolean isExact(Type type) {
        return type instanceof Type.Int || type instanceof Decimal;
    }

    static boolean isApproximate(Type type) {
        return type instanceof Type.Real || type instanceof Type.DoublePrecision;
    }

    /// Decimal digits that every value of the integer type fits.
    static int digits(Type.Int type) {
        return switch (type.bits()) {
            case 8 -> 3;
            case 16 -> 5;
            case 32 -> 10;
            default -> 19;
        };
    }

    /// An exact number's type as a DECIMAL.
    static Decimal decimal(Type type) {
        return switch (type) {
            case Decimal decimal -> decimal;
            case Type.Int whole -> new Decimal(digits(whole), 0);
            case Type.Bool _, Type.Real _, Type.DoublePrecision _, Type.Date _ ->
                    throw notExact(type);
            case Type.Timestamp _, Type.TimestampTz _, Type.Text _, Type.Opaque _ ->
                    throw notExact(type);
            case Type.Interval _, Type.Null _ -> throw notExact(type);
        };
    }

    private static AssertionError notExact(Type type) {
        return new AssertionError("not an exact number: " + type.sql());
    }

    static int scale(Type exact) {
        return exact instanceof Decimal(int _, int scale) ? scale : 0;
    }

    /// The smallest type that holds both numbers; null where one is not a number.
    static @Nullable Type common(Type left, Type right) {
        if (!isNumber(left) || !isNumber(right)) {
            return null;
        }
        if (isApproximate(left) || isApproximate(right)) {
            return left instanceof Type.Real && right instanceof Type.Real
                    ? Type.REAL
                    : Type.DOUBLE;
        }
        if (left instanceof Type.Int(int a) && right instanceof Type.Int(int b)) {
            return a >= b ? left : right;
        }
        Decimal a = decimal(left);
        Decimal b = decimal(right);
        int scale = Math.max(a.scale(), b.scale());
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        return new Decimal(Math.min(whole + scale, Decimal.MAX_PRECISION), scale);
    }

    /// Type of a sum or difference: one digit more.
    static Decimal sum(Decimal left, Decimal right) {
        int scale = Math.max(left.scale(), right.scale());
        int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
        return new Decimal(Math.min(whole + scale + 1, Decimal.MAX_PRECISION), scale);
    }

    static Decimal product(Decimal left, Decimal right) {
        int precision = Math.min(left.precision() + right.precision(), Decimal.MAX_PRECISION);
        return new Decimal(precision, Math.min(left.scale() + right.scale(), precision));
    }

    static Decimal quotient(Decimal left, Decimal right) {
        int whole =
                Math.min(left.precision() - left.scale() + right.scale(), Decimal.MAX_PRECISION);
        int scale = Math.max(6, left.scale() + right.precision() + 1);
        scale = Math.min(scale, Decimal.MAX_PRECISION - whole);
        return new Decimal(Math.max(1, whole + scale), scale);
    }

    static Decimal remainder(Decimal left, Decimal right) {
        int scale = Math.max(left.scale(), right.scale());
        int whole = Math.min(left.precision() - left.scale(), right.precision() - right.scale());
        return new Decimal(Math.clamp(whole + scale, 1, Decimal.MAX_PRECISION), scale);
    }

    /// Type of a DECIMAL rounded to whole numbers: one digit more before the point, for the carry.
    static Type whole(Type number) {
        return number instanceof Decimal(int precision, int scale)
                ? new Decimal(Math.min(precision - scale + 1, Decimal.MAX_PRECISION), 0)
                : number;
    }

    /// Type of a DECIMAL rounded at some digit: the same scale, one digit more for the carry.
    static Type rounded(Type number) {
        return number instanceof Decimal(int precision, int scale)
                ? new Decimal(Math.min(precision + 1, Decimal.MAX_PRECISION), scale)
                : number;
    }

    /// Bits b such that every value of the type lies in −2^b … 2^b − 1, at most 127.
    static int magnitudeBits(Type exact) {
        return switch (exact) {
            case Type.Int(int bits) -> bits - 1;
            case Decimal(int precision, int _) -> DECIMAL_BITS[precision];
            case Type.Date _ -> 31;
            case Type.Bool _, Type.Real _, Type.DoublePrecision _, Type.Timestamp _ -> 63;
            case Type.TimestampTz _, Type.Text _, Type.Opaque _, Type.Interval _, Type.Null _ -> 63;
        };
    }

    /// ⌈log2(10^p)⌉ by number of digits p.
    private static final int[] DECIMAL_BITS = new int[Decimal.MAX_PRECISION + 1];

    static {
        java.math.BigInteger power = java.math.BigInteger.ONE;
        for (int digits = 1; digits <= Decimal.MAX_PRECISION; digits++) {
            power = power.multiply(java.math.BigInteger.TEN);
            DECIMAL_BITS[digits] = power.bitLength();
        }
    }
}
