package io.basaltdb.query.kernel;

/// The proleptic Gregorian calendar on days and ticks since 1970-01-01, in loops and for single values. Total for days of ±2^40, which every TIMESTAMP and
/// DATE lies in.
public final class Calendar {
    private static final long ERA = 146_097;
    private static final long DAYS_TO_1970 = 719_468;

    private Calendar() {}

    /// Year, month and day packed as year · 512 + month · 32 + day. A year is counted from March, so that leap days come last.
    public static long civil(long days) {
        long shifted = days + DAYS_TO_1970;
        long era = Math.floorDiv(shifted, ERA);
        long dayOfEra = shifted - era * ERA;
        long yearOfEra =
                (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long marchMonth = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        long month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year * 512 + month * 32 + day;
    }

    public static long year(long civil) {
        return civil >> 9;
    }

    public static long month(long civil) {
        return civil >> 5 & 15;
    }

    public static long day(long civil) {
        return civil & 31;
    }

    /// Days since 1970-01-01 of a date; month 1 … 12, day may lie beyond the month.
    public static long days(long year, long month, long day) {
        long shifted = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(shifted, 400L);
        long yearOfEra = shifted - era * 400;
        long dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * ERA + dayOfEra - DAYS_TO_1970;
    }

    public static boolean isLeap(long year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    public static int lengthOfMonth(long year, long month) {
        return switch ((int) month) {
            case 2 -> isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /// The date moved by months; a day beyond the new month becomes its last.
    public static long plusMonths(long days, long months) {
        long civil = civil(days);
        long index = year(civil) * 12 + month(civil) - 1 + months;
        long year = Math.floorDiv(index, 12L);
        long month = index - year * 12 + 1;
        return days(year, month, Math.min(day(civil), lengthOfMonth(year, month)));
    }

    /// Monday 1 … Sunday 7.
    public static long isoDayOfWeek(long days) {
        return Math.floorMod(days + 3, 7L) + 1;
    }

    public static long dayOfYear(long days) {
        return days - days(year(civil(days)), 1, 1) + 1;
    }

    /// The year that the ISO week of the day belongs to.
    public static long isoYear(long days) {
        return year(civil(days + 4 - isoDayOfWeek(days)));
    }

    /// The ISO week, 1 … 53: the week with the year's first Thursday is 1.
    public static long isoWeek(long days) {
        long thursday = days + 4 - isoDayOfWeek(days);
        return (dayOfYear(thursday) - 1) / 7 + 1;
    }

    /// Days of ticks, towards the past.
    public static void daysOf(long[] ticks, long ticksPerDay, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = Math.floorDiv(ticks[i], ticksPerDay);
        }
    }

    public static void years(long[] days, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = year(civil(days[i]));
        }
    }

    public static void months(long[] days, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = month(civil(days[i]));
        }
    }

    public static void daysOfMonth(long[] days, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = day(civil(days[i]));
        }
    }

    /// (ticks mod cycle) / unit: hour of the day, minute of the hour and the like, for negative ticks too.
    public static void cyclic(long[] ticks, long cycle, long unit, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = Math.floorMod(ticks[i], cycle) / unit;
        }
    }

    public static void floor(long[] ticks, long unit, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = Math.floorDiv(ticks[i], unit);
        }
    }

    /// Ticks cut to a multiple of the unit, counted from the origin.
    public static void truncate(long[] ticks, long unit, long origin, long[] out, int count) {
        for (int i = 0; i < count; i++) {
            long tick = ticks[i] - origin;
            out[i] = tick - Math.floorMod(tick, unit) + origin;
        }
    }
}
