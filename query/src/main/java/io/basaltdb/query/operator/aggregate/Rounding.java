package io.basaltdb.query.operator.aggregate;

import java.math.BigInteger;

/// Exact numbers to the nearest double, ties to even: rounded once, whatever they were made of.
final class Rounding {
    private Rounding() {}

    /// (high, middle, low) · 2^exponent ÷ divisor, where the three words are one two's-complement number.
    ///
    /// @param divisor at least 1
    static double quotient(long high, long middle, long low, int exponent, long divisor) {
        boolean negative = high < 0;
        long h = high;
        long m = middle;
        long l = low;
        if (negative) {
            l = -l;
            m = ~m + (l == 0 ? 1 : 0);
            h = ~h + (l == 0 && m == 0 ? 1 : 0);
        }
        double magnitude = magnitudeQuotient(h, m, l, exponent, divisor, false);
        return negative ? -magnitude : magnitude;
    }

    /// As [#quotient] of an unsigned number.
    ///
    /// @param sticky whether the number is really a little larger, by less than its last bit
    static double magnitudeQuotient(
            long high, long middle, long low, int exponent, long divisor, boolean sticky) {
        long h = high;
        long m = middle;
        long l = low;
        int scale = exponent;
        if (h == 0) {
            h = m;
            m = l;
            l = 0;
            scale -= 64;
        }
        if (h == 0) {
            h = m;
            m = 0;
            scale -= 64;
        }
        if (h == 0) {
            return 0.0;
        }
        int up = Long.numberOfLeadingZeros(h);
        if (up > 0) {
            h = h << up | m >>> (64 - up);
            m = m << up | l >>> (64 - up);
            l <<= up;
            scale -= up;
        }
        boolean rest = l != 0 || (m & 1) != 0 || sticky;
        // Half of the upper two words, so that the quotient by a divisor whose top bit is set fits
        // one word.
        long u1 = h >>> 1;
        long u0 = h << 63 | m >>> 1;
        int divisorUp = Long.numberOfLeadingZeros(divisor);
        long d = divisor << divisorUp;
        long quotient = divide(u1, u0, d);
        long remainder = u0 - quotient * d;
        // The number is (u1, u0) · 2^(scale + 65); the divisor d · 2^−divisorUp.
        return round(quotient, rest || remainder != 0, scale + 65 + divisorUp);
    }

    /// (u1, u0) ÷ d for u1 < d and the top bit of d set: Knuth's algorithm D with two digits of 32 bits.
    private static long divide(long u1, long u0, long d) {
        long dHigh = d >>> 32;
        long dLow = d & 0xFFFF_FFFFL;
        long uMiddle = u0 >>> 32;
        long q1 = digit(u1, uMiddle, dHigh, dLow);
        long rest = (u1 << 32 | uMiddle) - q1 * d;
        long q0 = digit(rest, u0 & 0xFFFF_FFFFL, dHigh, dLow);
        return (q1 << 32) + q0;
    }

    /// (u, next) ÷ (dHigh, dLow) as one digit.
    private static long digit(long u, long next, long dHigh, long dLow) {
        long q = Long.divideUnsigned(u, dHigh);
        long r = u - q * dHigh;
        while (q >>> 32 != 0 || Long.compareUnsigned(q * dLow, r << 32 | next) > 0) {
            q--;
            r += dHigh;
            if (r >>> 32 != 0) {
                break;
            }
        }
        return q;
    }

    /// value · 2^exponent, where the value is really a little larger if `sticky`.
    private static double round(long value, boolean sticky, int exponent) {
        int bits = 64 - Long.numberOfLeadingZeros(value);
        // The exponent of the last bit that a double of this size has.
        int last = Math.max(bits + exponent - 53, -1074);
        int drop = last - exponent;
        if (drop <= 0) {
            return Math.scalb((double) (value << -drop), last);
        }
        if (drop > 64) {
            return 0.0;
        }
        long kept = drop == 64 ? 0 : value >>> drop;
        long half = 1L << (drop - 1);
        long lost = drop == 64 ? value : value & ((half << 1) - 1);
        int order = Long.compareUnsigned(lost, half);
        boolean up = order > 0 || (order == 0 && (sticky || (kept & 1) != 0));
        return Math.scalb((double) (up ? kept + 1 : kept), last);
    }

    /// numerator ÷ denominator · 2^exponent for a positive denominator.
    static double quotient(BigInteger numerator, BigInteger denominator, int exponent) {
        BigInteger n = numerator.abs();
        if (n.signum() == 0) {
            return 0.0;
        }
        int shift = Math.max(0, denominator.bitLength() - n.bitLength() + 66);
        BigInteger[] parts = n.shiftLeft(shift).divideAndRemainder(denominator);
        int drop = Math.max(0, parts[0].bitLength() - 63);
        BigInteger top = parts[0].shiftRight(drop);
        boolean sticky = parts[1].signum() != 0 || (drop > 0 && parts[0].getLowestSetBit() < drop);
        double magnitude = round(top.longValueExact(), sticky, exponent - shift + drop);
        return numerator.signum() < 0 ? -magnitude : magnitude;
    }
}
