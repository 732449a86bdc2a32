package io.basaltdb.query.function;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A number that can be read off a point in time: what EXTRACT names.
public enum DatePart {
    MILLENNIUM("the thousand years, from 1", "millennia"),
    CENTURY("the hundred years, from 1", "centuries"),
    DECADE("the year divided by ten", "decades"),
    YEAR("the year", "years", "toyear"),
    ISOYEAR("the year that the ISO week belongs to"),
    QUARTER("the quarter, 1 to 4", "quarters", "toquarter"),
    MONTH("the month, 1 to 12", "months", "mon", "tomonth"),
    WEEK("the ISO week, 1 to 53", "weeks", "weekofyear", "toisoweek"),
    DAY("the day of the month, 1 to 31", "days", "dayofmonth", "todayofmonth"),
    DOY("the day of the year, 1 to 366", "dayofyear", "todayofyear"),
    DOW("the day of the week, Sunday 0 to Saturday 6", "dayofweek", "weekday"),
    ISODOW("the day of the week, Monday 1 to Sunday 7", "todayofweek"),
    HOUR("the hour, 0 to 23", "hours", "tohour"),
    MINUTE("the minute, 0 to 59", "minutes", "tominute"),
    SECOND("the second, 0 to 59", "seconds", "tosecond"),
    MILLISECOND("the second with three further digits", "milliseconds", "ms"),
    MICROSECOND("the second with six further digits", "microseconds", "us"),
    NANOSECOND("the second with nine further digits", "nanoseconds", "ns"),
    EPOCH("whole seconds since 1970-01-01", "unix_timestamp", "unix_seconds", "epoch");

    private final String summary;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> aliases;

    DatePart(String summary, String... aliases) {
        this.summary = summary;
        this.aliases = List.of(aliases);
    }

    /// Whether a time without a day has it.
    boolean isOfClock() {
        return switch (this) {
            case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND, EPOCH -> true;
            case MILLENNIUM, CENTURY, DECADE, YEAR, ISOYEAR, QUARTER, MONTH, WEEK -> false;
            case DAY, DOY, DOW, ISODOW -> false;
        };
    }

    String summary() {
        return summary;
    }

    /// The function of `epoch` gives the fraction as well, and is another one.
    String functionName() {
        return this == EPOCH ? "tounixtimestamp" : name().toLowerCase(Locale.ROOT);
    }

    String[] aliases() {
        return aliases.stream().filter(alias -> !alias.equals("epoch")).toArray(String[]::new);
    }

    /// The part of that name or alias, ignoring case; null where there is none.
    public static @Nullable DatePart find(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (DatePart part : values()) {
            if (part.functionName().equals(lower) || part.aliases.contains(lower)) {
                return part;
            }
        }
        return null;
    }
}
