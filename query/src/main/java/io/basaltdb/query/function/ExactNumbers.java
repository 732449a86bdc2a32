package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Arithmetic;
import io.basaltdb.storage.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// Exact numbers one at a time, of any size: the slow and sure way.
public final class ExactNumbers {
    private static final BigInteger[] POWERS_OF_TEN =
            new BigInteger[Type.Decimal.MAX_PRECISION + 1];

    static {
        for (int i = 0; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = BigInteger.TEN.pow(i);
        }
    }

    private ExactNumbers() {}

    /// The unscaled number at that scale, rounded half away from zero.
    public static BigInteger unscaled(BigDecimal number, int scale) {
        return number.setScale(scale, RoundingMode.HALF_UP).unscaledValue();
    }

    /// 10^exponent for 0 … 38.
    public static BigInteger powerOfTen(int exponent) {
        return POWERS_OF_TEN[exponent];
    }

    /// Whether the unscaled number lies in the range of the integer or DECIMAL type.
    public static boolean fits(BigInteger unscaled, Type exact) {
        return switch (exact) {
            case Type.Int(int bits) -> unscaled.bitLength() < bits;
            case Type.Decimal(int precision, int _) ->
                    unscaled.abs().compareTo(POWERS_OF_TEN[precision]) < 0;
            case Type.Bool _, Type.Real _, Type.DoublePrecision _, Type.Date _ ->
                    throw new AssertionError(exact.sql());
            case Type.Timestamp _,
                    Type.TimestampTz _,
                    Type.Text _,
                    Type.Opaque _,
                    Type.Interval _,
                    Type.Null _ ->
                    throw new AssertionError(exact.sql());
        };
    }

    /// As [#fits], of a number that is one `long`.
    public static boolean fits(long unscaled, Type exact) {
        return switch (exact) {
            case Type.Int whole -> unscaled >= whole.min() && unscaled <= whole.max();
            case Type.Decimal(int precision, int _) ->
                    precision > 18
                            || (Math.abs(unscaled) < Arithmetic.powerOfTen(precision)
                                    && unscaled != Long.MIN_VALUE);
            case Type.Bool _, Type.Real _, Type.DoublePrecision _, Type.Date _ ->
                    throw new AssertionError(exact.sql());
            case Type.Timestamp _,
                    Type.TimestampTz _,
                    Type.Text _,
                    Type.Opaque _,
                    Type.Interval _,
                    Type.Null _ ->
                    throw new AssertionError(exact.sql());
        };
    }
}
