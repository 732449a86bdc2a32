package io.basaltdb.query.operator.aggregate;

/// Doubles as longs that compare as the values do: −0.0 is 0.0, NaN is greatest.
final class OrderedDouble {
    private OrderedDouble() {}

    static long toLong(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    static double toDouble(long ordered) {
        return Double.longBitsToDouble(ordered ^ (ordered >> 63 & Long.MAX_VALUE));
    }
}
