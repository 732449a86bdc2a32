package io.basaltdb.storage.type;

/// Values of type INTERVAL: months, days and microseconds kept apart, in 128 bits whose signed order is that of the lengths, a month counted as 30 days and a day as 24
/// hours. The highest 70 bits are the length in microseconds; behind them stand the months (28 bits) and the days (30 bits), each moved up to be no negative number, so
/// that intervals of one length are told apart. The microseconds are what is left of the length.
public final class IntervalBits {
    /// Most months, and fewest with a minus: about 11 million years.
    public static final long MAX_MONTHS = (1L << 27) - 1;

    /// Most days, and fewest with a minus: about 1.4 million years.
    public static final long MAX_DAYS = (1L << 29) - 1;

    public static final long DAYS_PER_MONTH = 30;
    public static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final int DAY_BITS = 30;
    private static final int PART_BITS = 58;
    private static final long PART_MASK = (1L << PART_BITS) - 1;
    private static final long ZERO_MONTHS = 1L << 27;
    private static final long ZERO_DAYS = 1L << 29;

    private IntervalBits() {}

    /// Whether such an interval can be kept; any microseconds can.
    public static boolean fits(long months, long days) {
        return months >= -MAX_MONTHS
                && months <= MAX_MONTHS
                && days >= -MAX_DAYS
                && days <= MAX_DAYS;
    }

    /// @param months and the days fit
    public static Value of(long months, long days, long micros) {
        return Value.of(high(months, days, micros), low(months, days, micros));
    }

    public static long high(long months, long days, long micros) {
        return lengthHigh(months, days, micros) << PART_BITS
                | lengthLow(months, days, micros) >>> (64 - PART_BITS);
    }

    public static long low(long months, long days, long micros) {
        return lengthLow(months, days, micros) << PART_BITS
                | (months + ZERO_MONTHS) << DAY_BITS
                | (days + ZERO_DAYS);
    }

    private static long allDays(long months, long days) {
        return months * DAYS_PER_MONTH + days;
    }

    private static long lengthLow(long months, long days, long micros) {
        return allDays(months, days) * MICROS_PER_DAY + micros;
    }

    private static long lengthHigh(long months, long days, long micros) {
        long product = allDays(months, days) * MICROS_PER_DAY;
        long carry = Long.compareUnsigned(product + micros, product) < 0 ? 1 : 0;
        return Math.multiplyHigh(allDays(months, days), MICROS_PER_DAY) + (micros >> 63) + carry;
    }

    /// The length in microseconds as a 128-bit number: the half above.
    public static long lengthHigh(long high) {
        return high >> PART_BITS;
    }

    /// The half below.
    public static long lengthLow(long high, long low) {
        return high << (64 - PART_BITS) | low >>> PART_BITS;
    }

    /// The least value of that length, or the greatest; the halves of the length come from [#lengthHigh(long)] and [#lengthLow(long, long)].
    public static Value bound(long lengthHigh, long lengthLow, boolean greatest) {
        return Value.of(
                lengthHigh << PART_BITS | lengthLow >>> (64 - PART_BITS),
                lengthLow << PART_BITS | (greatest ? PART_MASK : 0));
    }

    /// Whether some interval has that length.
    public static boolean isLength(long lengthHigh) {
        return lengthHigh >= -(1L << 5) && lengthHigh < 1L << 5;
    }

    public static long months(long low) {
        return ((low & PART_MASK) >>> DAY_BITS) - ZERO_MONTHS;
    }

    public static long days(long low) {
        return (low & ((1L << DAY_BITS) - 1)) - ZERO_DAYS;
    }

    public static long micros(long high, long low) {
        return lengthLow(high, low) - allDays(months(low), days(low)) * MICROS_PER_DAY;
    }
}
