package io.basaltdb.query.kernel;

/// Arithmetic on `long` and `double` columns. Methods that end in `Checked` (or return a `long`) answer 0 where every lane was right, else a word that is not
/// zero; the others need a proof by the caller or cannot go wrong.
public final class Arithmetic {
    private static final long[] POWERS_OF_TEN = new long[19];

    static {
        long power = 1;
        for (int i = 0; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = power;
            power *= 10;
        }
    }

    private Arithmetic() {}

    /// 10^exponent for 0 … 18.
    public static long powerOfTen(int exponent) {
        return POWERS_OF_TEN[exponent];
    }

    /// Bits b such that each of the first `count` values lies in −2^b … 2^b − 1.
    public static int magnitudeBits(long[] values, int count) {
        long union = 0;
        for (int i = 0; i < count; i++) {
            long value = values[i];
            union |= value ^ (value >> 63);
        }
        return 64 - Long.numberOfLeadingZeros(union);
    }

    public static void add(long[] left, long[] right, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = left[i] + right[i];
        }
    }

    public static void addConstant(long[] left, long right, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = left[i] + right;
        }
    }

    public static long addChecked(long[] left, long[] right, long[] out, int count) {
        long bad = 0;
        for (int i = 0; i < count; i++) {
            long a = left[i];
            long b = right[i];
            long sum = a + b;
            out[i] = sum;
            bad |= (a ^ sum) & (b ^ sum);
        }
        return bad & Long.MIN_VALUE;
    }

    public static void subtract(long[] left, long[] right, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = left[i] - right[i];
        }
    }

    public static void subtractFromConstant(long left, long[] right, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = left - right[i];
        }
    }

    public static long subtractChecked(long[] left, long[] right, long[] out, int count) {
        long bad = 0;
        for (int i = 0; i < count; i++) {
            long a = left[i];
            long b = right[i];
            long difference = a - b;
            out[i] = difference;
            bad |= (a ^ b) & (a ^ difference);
        }
        return bad & Long.MIN_VALUE;
    }

    public static void multiply(long[] left, long[] right, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = left[i] * right[i];
        }
    }

    public static void multiplyConstant(long[] left, long right, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = left[i] * right;
        }
    }

    public static long multiplyChecked(long[] left, long[] right, long[] out, int count) {
        long bad = 0;
        for (int i = 0; i < count; i++) {
            long a = left[i];
            long b = right[i];
            long product = a * b;
            out[i] = product;
            bad |= Math.multiplyHigh(a, b) ^ (product >> 63);
        }
        return bad;
    }

    /// Quotient cut towards zero. Bad where a divisor is 0 (the lane gets the dividend) or the quotient is 2^63.
    public static long divideChecked(long[] left, long[] right, long[] out, int count) {
        long bad = 0;
        for (int i = 0; i < count; i++) {
            long a = left[i];
            long b = right[i];
            long zero = isZero(b);
            out[i] = a / (b + zero);
            bad |= zero | (isZero(a ^ Long.MIN_VALUE) & isZero(~b));
        }
        return bad;
    }

    /// Quotient rounded half away from zero; the caller has proved that no quotient is 2^63 and no divisor −2^63. Bad where a divisor is 0.
    public static long divideRounded(long[] left, long[] right, long[] out, int count) {
        long bad = 0;
        for (int i = 0; i < count; i++) {
            long a = left[i];
            long b = right[i];
            long zero = isZero(b);
            long divisor = b + zero;
            long quotient = a / divisor;
            long remainder = Math.abs(a - quotient * divisor);
            long size = Math.abs(divisor);
            // Half or more: remainder >= size - remainder, without the overflow of 2 * remainder.
            long up = ((size - remainder - 1 - remainder) >>> 63);
            out[i] = quotient + (((a ^ divisor) >> 63) | 1) * up;
            bad |= zero;
        }
        return bad;
    }

    /// Quotient by one positive divisor, rounded half away from zero.
    public static void divideRounded(long[] left, long divisor, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            long a = left[i];
            long quotient = a / divisor;
            long remainder = Math.abs(a - quotient * divisor);
            long up = ((divisor - remainder - 1 - remainder) >>> 63);
            out[i] = quotient + ((a >> 63) | 1) * up;
        }
    }

    /// Remainder with the sign of the dividend. Bad where a divisor is 0.
    public static long remainderChecked(long[] left, long[] right, long[] out, int count) {
        long bad = 0;
        for (int i = 0; i < count; i++) {
            long b = right[i];
            long zero = isZero(b);
            out[i] = left[i] % (b + zero);
            bad |= zero;
        }
        return bad;
    }

    public static void negate(long[] in, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = -in[i];
        }
    }

    public static void abs(long[] in, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = Math.abs(in[i]);
        }
    }

    /// Not zero where a value lies outside `min` … `max`.
    public static long outside(long[] values, long min, long max, int count) {
        long bad = 0;
        for (int i = 0; i < count; i++) {
            long value = values[i];
            bad |= less(value, min) | less(max, value);
        }
        return bad & Long.MIN_VALUE;
    }

    /// Its sign bit is set where a < b, for every pair of longs.
    private static long less(long a, long b) {
        long difference = a - b;
        return difference ^ ((a ^ b) & (difference ^ a));
    }

    /// 1 for zero, else 0.
    private static long isZero(long value) {
        return ((value | -value) >>> 63) ^ 1;
    }

    public static void add(double[] left, double[] right, double[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = left[i] + right[i];
        }
    }

    public static void subtract(double[] left, double[] right, double[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = left[i] - right[i];
        }
    }

    public static void multiply(double[] left, double[] right, double[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = left[i] * right[i];
        }
    }

    /// Bad where a divisor is 0; the lane then holds what IEEE says.
    public static long divideChecked(double[] left, double[] right, double[] out, int count) {
        long bad = 0;
        for (int i = 0; i < count; i++) {
            double b = right[i];
            out[i] = left[i] / b;
            bad |= b == 0 ? 1 : 0;
        }
        return bad;
    }

    public static long remainderChecked(double[] left, double[] right, double[] out, int count) {
        long bad = 0;
        for (int i = 0; i < count; i++) {
            double b = right[i];
            out[i] = left[i] % b;
            bad |= b == 0 ? 1 : 0;
        }
        return bad;
    }

    public static void negate(double[] in, double[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = -in[i];
        }
    }

    public static void abs(double[] in, double[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = Math.abs(in[i]);
        }
    }

    /// Rounds to what REAL can hold.
    public static void toReal(double[] in, double[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = (float) in[i];
        }
    }

    public static void toDouble(long[] in, double[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = (double) in[i];
        }
    }

    /// in / divisor: correctly rounded where |in| ≤ 2^53 and the divisor is a power of ten up to 10^22.
    public static void toDouble(long[] in, double divisor, double[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = (double) in[i] / divisor;
        }
    }

    public static void bitAnd(long[] left, long[] right, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = left[i] & right[i];
        }
    }

    public static void bitOr(long[] left, long[] right, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = left[i] | right[i];
        }
    }

    public static void bitXor(long[] left, long[] right, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = left[i] ^ right[i];
        }
    }

    public static void bitNot(long[] in, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = ~in[i];
        }
    }

    public static void bitCount(long[] in, long mask, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = Long.bitCount(in[i] & mask);
        }
    }
}
