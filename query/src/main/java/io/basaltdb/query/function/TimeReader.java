package io.basaltdb.query.function;

import io.basaltdb.query.function.TimePattern.Field;
import io.basaltdb.query.function.TimePattern.Kind;
import io.basaltdb.query.function.TimePattern.Literal;
import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Locale;

/// Reads points in time after a [TimePattern]: the whole text, numbers with as many digits as their field has at most, names in any case, blanks in the pattern
/// for any number of blanks. Fields that the pattern leaves out are those of 1970-01-01 00:00:00.
final class TimeReader {
    private final String text;
    private final TimePattern pattern;
    private int at;
    private long year = 1970;
    private long month = 1;
    private long day = 1;
    private long dayOfYear;
    private long hour;
    private long halfDayHour = -1;
    private boolean isAfternoon;
    private long minute;
    private long second;
    private long nanos;
    private long epochSecond = Long.MIN_VALUE;

    private TimeReader(String text, TimePattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /// Microseconds since 1970-01-01 00:00.
    ///
    /// @throws BasaltException INVALID_DATETIME where the text is not of that form or names no point in time
    static long micros(String text, TimePattern pattern) {
        TimeReader reader = new TimeReader(text, pattern);
        reader.read();
        return reader.micros();
    }

    private void read() {
        for (TimePattern.Part part : pattern.parts()) {
            switch (part) {
                case Literal(String literal) -> skip(literal);
                case Field field when field.kind().isName() -> name(field.kind());
                case Field field -> number(field.kind());
            }
        }
        skipBlanks();
        if (at < text.length()) {
            throw wrong("nothing behind character " + at);
        }
    }

    private void skip(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c == ' ') {
                skipBlanks();
            } else if (at < text.length() && text.charAt(at) == c) {
                at++;
            } else {
                throw wrong("\"" + c + "\" at character " + (at + 1));
            }
        }
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private void number(Kind kind) {
        skipBlanks();
        boolean isNegative = at < text.length() && text.charAt(at) == '-' && kind == Kind.EPOCH;
        at += isNegative ? 1 : 0;
        int start = at;
        int most =
                kind == Kind.EPOCH
                        ? 18
                        : kind == Kind.SECOND_OF_DAY ? 5 : Math.max(2, kind.width());
        if (kind.width() == 1 && kind != Kind.EPOCH && kind != Kind.SECOND_OF_DAY) {
            most = 1;
        }
        long number = 0;
        while (at < text.length()
                && at - start < most
                && Character.digit(text.charAt(at), 10) >= 0) {
            number = number * 10 + Character.digit(text.charAt(at++), 10);
        }
        if (at == start) {
            throw wrong("a number at character " + (at + 1));
        }
        set(kind, isNegative ? -number : number, at - start);
    }

    private void set(Kind kind, long number, int digits) {
        switch (kind) {
            case YEAR -> year = number;
            case YEAR_OF_CENTURY -> year = number < 69 ? 2000 + number : 1900 + number;
            case MONTH -> month = between(1, number, 12, "a month");
            case DAY -> day = between(1, number, 31, "a day");
            case DAY_OF_YEAR -> dayOfYear = between(1, number, 366, "a day of the year");
            case HOUR -> hour = between(0, number, 23, "an hour");
            case HOUR_OF_HALF_DAY -> halfDayHour = between(1, number, 12, "an hour") % 12;
            case MINUTE -> minute = between(0, number, 59, "a minute");
            case SECOND -> second = between(0, number, 59, "a second");
            case MILLISECOND, MICROSECOND, NANOSECOND -> {
                nanos = number;
                for (int i = digits; i < 9; i++) {
                    nanos *= 10;
                }
            }
            case SECOND_OF_DAY -> {
                between(0, number, 86_399, "a second of the day");
                hour = number / 3600;
                minute = number / 60 % 60;
                second = number % 60;
            }
            case EPOCH -> epochSecond = number;
            case QUARTER, DAY_OF_WEEK, ISO_DAY_OF_WEEK, DAY_OF_WEEK_FROM_ONE -> {}
            case ISO_YEAR, ISO_WEEK ->
                    throw new BasaltException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "years and weeks of ISO cannot be read; use year, month and day");
            case MONTH_NAME, MONTH_SHORT, DAY_NAME, DAY_SHORT, HALF_DAY ->
                    throw new AssertionError(kind);
        }
    }

    private void name(Kind kind) {
        skipBlanks();
        switch (kind) {
            case MONTH_NAME, MONTH_SHORT -> {
                for (Month candidate : Month.values()) {
                    if (takes(candidate.getDisplayName(style(kind), Locale.ENGLISH))) {
                        month = candidate.getValue();
                        return;
                    }
                }
                throw wrong("a month at character " + (at + 1));
            }
            case DAY_NAME, DAY_SHORT -> {
                for (DayOfWeek candidate : DayOfWeek.values()) {
                    if (takes(candidate.getDisplayName(style(kind), Locale.ENGLISH))) {
                        return;
                    }
                }
                throw wrong("a day of the week at character " + (at + 1));
            }
            default -> {
                isAfternoon = takes("PM");
                if (!isAfternoon && !takes("AM")) {
                    throw wrong("AM or PM at character " + (at + 1));
                }
            }
        }
    }

    private static TextStyle style(Kind kind) {
        return kind == Kind.MONTH_NAME || kind == Kind.DAY_NAME ? TextStyle.FULL : TextStyle.SHORT;
    }

    private boolean takes(String name) {
        boolean isThere = text.regionMatches(true, at, name, 0, name.length());
        at += isThere ? name.length() : 0;
        return isThere;
    }

    private long between(long least, long number, long most, String what) {
        if (number < least || number > most) {
            throw wrong(what + " from " + least + " to " + most + " instead of " + number);
        }
        return number;
    }

    private long micros() {
        if (epochSecond != Long.MIN_VALUE) {
            return epochSecond * 1_000_000 + nanos / 1000;
        }
        if (day > Calendar.lengthOfMonth(year, month)) {
            throw wrong("a day that " + year + "-" + month + " has instead of " + day);
        }
        long days =
                dayOfYear > 0
                        ? Calendar.days(year, 1, 1) + dayOfYear - 1
                        : Calendar.days(year, month, day);
        long hours = halfDayHour < 0 ? hour : halfDayHour + (isAfternoon ? 12 : 0);
        long seconds = days * 86_400 + hours * 3600 + minute * 60 + second;
        return seconds * 1_000_000 + nanos / 1000;
    }

    private BasaltException wrong(String expected) {
        return new BasaltException(
                ErrorCode.INVALID_DATETIME,
                "the text \""
                        + text
                        + "\" is not of the form that the pattern asks for: expected "
                        + expected);
    }
}
