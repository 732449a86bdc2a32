package io.basaltdb.query.operator.aggregate;

import java.math.BigInteger;
import java.util.Arrays;

/// A sum of doubles, or of products of two, without any error: one fixed-point number wide enough for every double (Neal, "Fast exact summation using small and
/// large superaccumulators", 2015). The sum is the same whatever the order of its terms. Holds finite terms only.
final class ExactSum {
    /// Words for a sum of doubles: 2^−1074 … 2^1023 and 2^63 terms.
    static final int SUM_WORDS = 34;

    /// Words for a sum of squares or other products.
    static final int SQUARE_WORDS = 68;

    /// Exponents of the lowest bit.
    static final int SUM_EXPONENT = -1074;

    static final int SQUARE_EXPONENT = 2 * SUM_EXPONENT;

    private final long[] words;
    private final int exponent;

    private ExactSum(int wordCount, int exponent) {
        this.words = new long[wordCount];
        this.exponent = exponent;
    }

    static ExactSum ofTerms() {
        return new ExactSum(SUM_WORDS, SUM_EXPONENT);
    }

    static ExactSum ofSquares() {
        return new ExactSum(SQUARE_WORDS, SQUARE_EXPONENT);
    }

    /// Bytes that a sum of that many words takes.
    static long bytes(int wordCount) {
        return 8L * wordCount + 48;
    }

    void add(double term) {
        long bits = Double.doubleToRawLongBits(term);
        int raw = (int) (bits >>> 52) & 0x7FF;
        long mantissa = mantissa(bits, raw);
        add(mantissa >> 63, mantissa, Math.max(raw, 1) - 1);
    }

    void addSquare(double term) {
        long bits = Double.doubleToRawLongBits(term);
        int raw = (int) (bits >>> 52) & 0x7FF;
        long mantissa = mantissa(bits & Long.MAX_VALUE, raw);
        add(Math.multiplyHigh(mantissa, mantissa), mantissa * mantissa, 2 * (Math.max(raw, 1) - 1));
    }

    /// Adds −term².
    void subtractSquare(double term) {
        long bits = Double.doubleToRawLongBits(term);
        int raw = (int) (bits >>> 52) & 0x7FF;
        long mantissa = mantissa(bits & Long.MAX_VALUE, raw);
        long low = -(mantissa * mantissa);
        long high = ~Math.multiplyHigh(mantissa, mantissa) + (low == 0 ? 1 : 0);
        add(high, low, 2 * (Math.max(raw, 1) - 1));
    }

    void clear() {
        Arrays.fill(words, 0);
    }

    void addProduct(double left, double right) {
        long leftBits = Double.doubleToRawLongBits(left);
        long rightBits = Double.doubleToRawLongBits(right);
        int leftRaw = (int) (leftBits >>> 52) & 0x7FF;
        int rightRaw = (int) (rightBits >>> 52) & 0x7FF;
        long a = mantissa(leftBits, leftRaw);
        long b = mantissa(rightBits, rightRaw);
        add(Math.multiplyHigh(a, b), a * b, Math.max(leftRaw, 1) - 1 + Math.max(rightRaw, 1) - 1);
    }

    static long mantissa(long bits, int rawExponent) {
        long mantissa =
                (bits & 0xF_FFFF_FFFF_FFFFL) | (rawExponent == 0 ? 0 : 0x10_0000_0000_0000L);
        long sign = bits >> 63;
        return (mantissa ^ sign) - sign;
    }

    /// Adds (high, low) · 2^shift, in units of the lowest bit.
    void add(long high, long low, int shift) {
        int at = shift >> 6;
        int bits = shift & 63;
        long first = low << bits;
        long second = bits == 0 ? high : high << bits | low >>> (64 - bits);
        long third = bits == 0 ? high >> 63 : high >> (64 - bits);
        long carry = addAt(at, first, 0);
        carry = addAt(at + 1, second, carry);
        carry = addAt(at + 2, third, carry);
        long sign = third >> 63;
        for (int i = at + 3; i < words.length && sign + carry != 0; i++) {
            carry = addAt(i, sign, carry);
        }
    }

    /// Adds to one word and returns the carry.
    private long addAt(int at, long term, long carry) {
        if (at >= words.length) {
            return 0;
        }
        long before = words[at];
        long sum = before + term;
        long out = Long.compareUnsigned(sum, before) < 0 ? 1 : 0;
        long total = sum + carry;
        words[at] = total;
        return out + (Long.compareUnsigned(total, sum) < 0 ? 1 : 0);
    }

    void add(ExactSum other) {
        long carry = 0;
        for (int i = 0; i < words.length; i++) {
            carry = addAt(i, other.words[i], carry);
        }
    }

    /// The sum ÷ divisor, rounded once.
    double quotient(long divisor) {
        return Rounding.quotient(value(), BigInteger.valueOf(divisor), exponent);
    }

    /// The sum in units of 2^exponent.
    BigInteger value() {
        byte[] bytes = new byte[words.length * 8];
        for (int i = 0; i < words.length; i++) {
            long word = words[words.length - 1 - i];
            for (int b = 0; b < 8; b++) {
                bytes[i * 8 + b] = (byte) (word >>> (56 - 8 * b));
            }
        }
        return new BigInteger(bytes);
    }
}
