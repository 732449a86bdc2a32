package io.basaltdb.embedded.rows;

import io.basaltdb.storage.type.Type;

/// Intervals as text, in the words of PostgreSQL: `1 year 2 mons`, `3 days 04:05:06.5`.
final class IntervalText {
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

    private IntervalText() {}

    static String of(Type.Interval.Unit unit, long value) {
        return switch (unit) {
            case MONTHS -> months(value);
            case MICROSECONDS -> micros(value);
        };
    }

    private static String months(long value) {
        long years = value / 12;
        long months = value % 12;
        if (years == 0 && months == 0) {
            return "0 mons";
        }
        String yearText = years == 0 ? "" : years + (Math.abs(years) == 1 ? " year" : " years");
        String monthText = months == 0 ? "" : months + (Math.abs(months) == 1 ? " mon" : " mons");
        return (yearText + " " + monthText).strip();
    }

    private static String micros(long value) {
        long days = value / MICROS_PER_DAY;
        long rest = value % MICROS_PER_DAY;
        String dayText = days == 0 ? "" : days + (Math.abs(days) == 1 ? " day " : " days ");
        if (rest == 0 && days != 0) {
            return dayText.strip();
        }
        return dayText + (rest < 0 ? "-" : "") + time(Math.abs(rest));
    }

    private static String time(long micros) {
        long seconds = micros / MICROS_PER_SECOND;
        String time = "%02d:%02d:%02d".formatted(seconds / 3_600, seconds / 60 % 60, seconds % 60);
        long fraction = micros % MICROS_PER_SECOND;
        return fraction == 0 ? time : time + "." + "%06d".formatted(fraction).replaceAll("0+$", "");
    }
}
