package io.basaltdb.query.kernel;

/// Arithmetic on 128-bit two's-complement numbers that lie in two `long` columns, high (signed) and low (unsigned). Answers as in [Arithmetic].
@SuppressWarnings("ShortCircuitBoolean") // no branch on data
public final class Wide {
    private Wide() {}

    public static void extend(long[] in, long[] high, int count) {
        for (int i = 0; i < count; i++) {
            high[i] = in[i] >> 63;
        }
    }

    /// 0 where every number fits one `long`.
    public static long needsHigh(long[] high, long[] low, int count) {
        long bad = 0;
        for (int i = 0; i < count; i++) {
            bad |= high[i] ^ (low[i] >> 63);
        }
        return bad;
    }

    public static long addChecked(
            long[] leftHigh,
            long[] leftLow,
            long[] rightHigh,
            long[] rightLow,
            long[] high,
            long[] low,
            int count) {
        long bad = 0;
        for (int i = 0; i < count; i++) {
            long a = leftLow[i];
            long b = rightLow[i];
            long sum = a + b;
            long carry = ((a & b) | ((a | b) & ~sum)) >>> 63;
            long ah = leftHigh[i];
            long bh = rightHigh[i];
            long top = ah + bh + carry;
            low[i] = sum;
            high[i] = top;
            bad |= (ah ^ top) & (bh ^ top);
        }
        return bad & Long.MIN_VALUE;
    }

    public static long subtractChecked(
            long[] leftHigh,
            long[] leftLow,
            long[] rightHigh,
            long[] rightLow,
            long[] high,
            long[] low,
            int count) {
        long bad = 0;
        for (int i = 0; i < count; i++) {
            long a = leftLow[i];
            long b = rightLow[i];
            long difference = a - b;
            long borrow = ((~a & b) | ((~a | b) & difference)) >>> 63;
            long ah = leftHigh[i];
            long bh = rightHigh[i];
            long top = ah - bh - borrow;
            low[i] = difference;
            high[i] = top;
            bad |= (ah ^ bh) & (ah ^ top);
        }
        return bad & Long.MIN_VALUE;
    }

    /// The full product of two `long` columns: it always fits.
    public static void multiplyLongs(
            long[] left, long[] right, long[] high, long[] low, int count) {
        for (int i = 0; i < count; i++) {
            long a = left[i];
            long b = right[i];
            low[i] = a * b;
            high[i] = Math.multiplyHigh(a, b);
        }
    }

    /// Product with a factor that is not negative. Bad where it needs more than 128 bits.
    public static long multiplyChecked(
            long[] inHigh, long[] inLow, long factor, long[] high, long[] low, int count) {
        long bad = 0;
        for (int i = 0; i < count; i++) {
            long a = inLow[i];
            long ah = inHigh[i];
            long carry = Math.unsignedMultiplyHigh(a, factor);
            long middle = ah * factor;
            long top = middle + carry;
            bad |= Math.multiplyHigh(ah, factor) + carryOut(middle, carry) ^ (top >> 63);
            low[i] = a * factor;
            high[i] = top;
        }
        return bad;
    }

    /// Carry of the unsigned addition a + b.
    private static long carryOut(long a, long b) {
        long sum = a + b;
        return ((a & b) | ((a | b) & ~sum)) >>> 63;
    }

    /// Not zero where |number| is not below the limit.
    public static long outside(long[] high, long[] low, long limitHigh, long limitLow, int count) {
        long bad = 0;
        for (int i = 0; i < count; i++) {
            long sign = high[i] >> 63;
            long l = low[i] ^ sign;
            long h = high[i] ^ sign;
            // |x|: the bits turned, plus one, where x is negative.
            // others; both below mean |x| <= limit for negative ones.
            long lowPlus = l - sign;
            long highPlus = h + (lowPlus == 0 & sign != 0 ? 1 : 0);
            boolean below =
                    highPlus < limitHigh
                            | (highPlus == limitHigh
                                    & lowPlus + Long.MIN_VALUE < limitLow + Long.MIN_VALUE);
            bad |= below & highPlus >= 0 ? 0 : 1;
        }
        return bad;
    }
}
