package io.basaltdb.query.function;

import io.basaltdb.query.function.TimePattern.Field;
import io.basaltdb.query.function.TimePattern.Kind;
import io.basaltdb.query.function.TimePattern.Literal;
import io.basaltdb.query.kernel.Calendar;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Locale;

/// Writes points in time after a [TimePattern]. Names are English.
final class TimeWriter {
    private TimeWriter() {}

    /// @param days local days since 1970-01-01
    /// @param ofDay ticks since the local midnight
    /// @param epochSecond seconds since 1970-01-01 00:00 in UTC
    static void write(
            TextOutput out,
            TimePattern pattern,
            long days,
            long ofDay,
            long perSecond,
            long epochSecond) {
        for (TimePattern.Part part : pattern.parts()) {
            switch (part) {
                case Literal(String text) -> out.append(text);
                case Field field when field.kind().isName() ->
                        name(out, field, name(field.kind(), days, ofDay / perSecond));
                case Field field ->
                        number(
                                out,
                                field,
                                number(field.kind(), days, ofDay, perSecond, epochSecond));
            }
        }
    }

    private static void name(TextOutput out, Field field, String name) {
        byte[] letters = field.letters().of(name).getBytes(StandardCharsets.US_ASCII);
        out.append(letters);
        for (int i = letters.length; field.isPadded() && i < field.kind().width(); i++) {
            out.append(' ');
        }
    }

    private static void number(TextOutput out, Field field, long number) {
        String digits = Long.toString(Math.abs(number));
        if (number < 0) {
            out.append('-');
        }
        for (int i = digits.length(); field.isPadded() && i < field.kind().width(); i++) {
            out.append('0');
        }
        out.append(digits);
    }

    private static String name(Kind kind, long days, long secondOfDay) {
        TextStyle style =
                kind == Kind.MONTH_NAME || kind == Kind.DAY_NAME ? TextStyle.FULL : TextStyle.SHORT;
        return switch (kind) {
            case MONTH_NAME, MONTH_SHORT ->
                    Month.of((int) Calendar.month(Calendar.civil(days)))
                            .getDisplayName(style, Locale.ENGLISH);
            case DAY_NAME, DAY_SHORT ->
                    DayOfWeek.of((int) Calendar.isoDayOfWeek(days))
                            .getDisplayName(style, Locale.ENGLISH);
            default -> secondOfDay < 43_200 ? "AM" : "PM";
        };
    }

    private static long number(Kind kind, long days, long ofDay, long perSecond, long epochSecond) {
        long civil = Calendar.civil(days);
        long second = ofDay / perSecond;
        long nanos = ofDay % perSecond * (1_000_000_000 / perSecond);
        return switch (kind) {
            case YEAR -> Calendar.year(civil);
            case YEAR_OF_CENTURY -> Math.floorMod(Calendar.year(civil), 100);
            case ISO_YEAR -> Calendar.isoYear(days);
            case QUARTER -> (Calendar.month(civil) + 2) / 3;
            case MONTH -> Calendar.month(civil);
            case DAY -> Calendar.day(civil);
            case DAY_OF_YEAR -> Calendar.dayOfYear(days);
            case DAY_OF_WEEK -> Calendar.isoDayOfWeek(days) % 7;
            case ISO_DAY_OF_WEEK -> Calendar.isoDayOfWeek(days);
            case DAY_OF_WEEK_FROM_ONE -> Calendar.isoDayOfWeek(days) % 7 + 1;
            case ISO_WEEK -> Calendar.isoWeek(days);
            case HOUR -> second / 3600;
            case HOUR_OF_HALF_DAY -> (second / 3600 + 11) % 12 + 1;
            case MINUTE -> second / 60 % 60;
            case SECOND -> second % 60;
            case MILLISECOND -> nanos / 1_000_000;
            case MICROSECOND -> nanos / 1_000;
            case NANOSECOND -> nanos;
            case SECOND_OF_DAY -> second;
            case EPOCH -> epochSecond;
            case MONTH_NAME, MONTH_SHORT, DAY_NAME, DAY_SHORT, HALF_DAY ->
                    throw new AssertionError(kind);
        };
    }
}
