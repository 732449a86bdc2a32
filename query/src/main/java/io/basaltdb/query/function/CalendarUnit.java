package io.basaltdb.query.function;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A stretch of time that points in time are cut to and counted by.
enum CalendarUnit {
    MILLENNIUM("millennia", null),
    CENTURY("centuries", null),
    DECADE("decades", null),
    YEAR("years", "tostartofyear"),
    QUARTER("quarters", "tostartofquarter"),
    MONTH("months", "tostartofmonth"),
    WEEK("weeks", "tostartofweek"),
    DAY("days", null),
    HOUR("hours", "tostartofhour"),
    MINUTE("minutes", "tostartofminute"),
    SECOND("seconds", "tostartofsecond"),
    MILLISECOND("milliseconds", null),
    MICROSECOND("microseconds", null),
    NANOSECOND("nanoseconds", null);

    private final String plural;
    private final @Nullable String startName;

    CalendarUnit(String plural, @Nullable String startName) {
        this.plural = plural;
        this.startName = startName;
    }

    /// ClickHouse's function for the beginning of the unit; null where there is none of that form.
    @Nullable String startName() {
        return startName;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether the unit begins at midnight.
    boolean isDays() {
        return compareTo(DAY) <= 0;
    }

    /// The unit of that name, singular or plural, ignoring case; null where there is none.
    static @Nullable CalendarUnit find(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (CalendarUnit unit : values()) {
            if (unit.word().equals(lower) || unit.plural.equals(lower)) {
                return unit;
            }
        }
        return null;
    }
}
