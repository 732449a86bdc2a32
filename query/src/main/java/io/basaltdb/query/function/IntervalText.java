package io.basaltdb.query.function;

import io.basaltdb.query.function.TextScanner.Outcome;
import io.basaltdb.storage.type.IntervalBits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Intervals from text and as text, in PostgreSQL's forms: `1 year 2 mons 3 days 04:05:06.789`, `P1Y2M3DT4H5M6.789S`, `1-2`, `-1.5 hours`, `2 days ago`. What is not whole
/// goes on to the next smaller part: half a month is 15 days, half a day 12 hours. Keeps what it read last; for one thread.
public final class IntervalText {
    private static final int MAX_LENGTH = 200;
    private static final BigDecimal MICROS_PER_DAY =
            BigDecimal.valueOf(IntervalBits.MICROS_PER_DAY);
    private static final BigDecimal DAYS_PER_MONTH =
            BigDecimal.valueOf(IntervalBits.DAYS_PER_MONTH);
    private static final BigDecimal MICROS_PER_SECOND = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MICROS_PER_MINUTE = BigDecimal.valueOf(60_000_000);
    private static final BigDecimal MICROS_PER_HOUR = BigDecimal.valueOf(3_600_000_000L);

    private String text = "";
    private int at;
    private BigDecimal months = BigDecimal.ZERO;
    private BigDecimal days = BigDecimal.ZERO;
    private BigDecimal micros = BigDecimal.ZERO;

    /// Reads a text; where that is [Outcome#GOOD] it is [#months()], [#days()] and [#micros()].
    public Outcome read(byte[] bytes, int start, int length) {
        months = BigDecimal.ZERO;
        days = BigDecimal.ZERO;
        micros = BigDecimal.ZERO;
        text =
                new String(bytes, start, Math.min(length, MAX_LENGTH), StandardCharsets.UTF_8)
                        .trim();
        at = 0;
        if (length > MAX_LENGTH || text.isEmpty()) {
            return Outcome.MALFORMED;
        }
        boolean isGood = (text.charAt(0) == 'P' || text.charAt(0) == 'p') ? iso() : verbose();
        if (!isGood) {
            return Outcome.MALFORMED;
        }
        return fits() ? Outcome.GOOD : Outcome.OUT_OF_RANGE;
    }

    private boolean fits() {
        BigDecimal whole = micros.setScale(0, RoundingMode.HALF_EVEN);
        micros = whole;
        return whole.unscaledValue().bitLength() <= 63
                && months.abs().compareTo(BigDecimal.valueOf(IntervalBits.MAX_MONTHS)) <= 0
                && days.abs().compareTo(BigDecimal.valueOf(IntervalBits.MAX_DAYS)) <= 0;
    }

    public long months() {
        return months.longValueExact();
    }

    public long days() {
        return days.longValueExact();
    }

    public long micros() {
        return micros.longValueExact();
    }

    private boolean verbose() {
        boolean isAgo = text.toLowerCase(Locale.ROOT).endsWith(" ago");
        if (isAgo) {
            text = text.substring(0, text.length() - 4);
        }
        if (text.startsWith("@")) {
            at = 1;
        }
        skipBlanks();
        if (at == text.length()) {
            return false;
        }
        while (at < text.length()) {
            if (!part()) {
                return false;
            }
            skipBlanks();
        }
        if (isAgo) {
            months = months.negate();
            days = days.negate();
            micros = micros.negate();
        }
        return true;
    }

    /// A number with its unit, a time of day, `years-months`, days in front of a time, or seconds.
    private boolean part() {
        int from = at;
        int sign = sign();
        int digits = at;
        BigDecimal number = number();
        if (number == null) {
            return false;
        }
        if (isAt(':')) {
            at = digits;
            return clock(sign) && isAtEndOfWord();
        }
        BigDecimal signed = sign < 0 ? number.negate() : number;
        if (isAt('-') && text.indexOf('.', from) < 0) {
            at++;
            BigDecimal more = number();
            if (more == null
                    || more.scale() > 0
                    || more.compareTo(BigDecimal.TEN.add(BigDecimal.ONE)) > 0) {
                return false;
            }
            addMonths(signed.multiply(BigDecimal.valueOf(12)));
            addMonths(sign < 0 ? more.negate() : more);
            return isAtEndOfWord();
        }
        boolean hasBlank = skipBlanks();
        int begin = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        String unit = text.substring(begin, at).toLowerCase(Locale.ROOT);
        if (!unit.isEmpty()) {
            return add(signed, unit);
        }
        if (at == text.length()) {
            addMicros(signed.multiply(MICROS_PER_SECOND));
            return true;
        }
        addDays(signed);
        return hasBlank && signed.scale() <= 0 && text.indexOf(':', at) > 0;
    }

    private boolean isAtEndOfWord() {
        return at == text.length() || Character.isWhitespace(text.charAt(at));
    }

    private boolean add(BigDecimal number, String unit) {
        switch (unit) {
            case "microsecond", "microseconds", "us", "usec", "usecs", "usecond", "useconds" ->
                    addMicros(number);
            case "millisecond", "milliseconds", "ms", "msec", "msecs", "msecond", "mseconds" ->
                    addMicros(number.multiply(BigDecimal.valueOf(1000)));
            case "second", "seconds", "s", "sec", "secs" ->
                    addMicros(number.multiply(MICROS_PER_SECOND));
            case "minute", "minutes", "m", "min", "mins" ->
                    addMicros(number.multiply(MICROS_PER_MINUTE));
            case "hour", "hours", "h", "hr", "hrs" -> addMicros(number.multiply(MICROS_PER_HOUR));
            case "day", "days", "d" -> addDays(number);
            case "week", "weeks", "w" -> addDays(number.multiply(BigDecimal.valueOf(7)));
            case "month", "months", "mon", "mons" -> addMonths(number);
            case "quarter", "quarters" -> addYears(number, 3);
            case "year", "years", "y", "yr", "yrs" -> addYears(number, 12);
            case "decade", "decades", "dec", "decs" -> addYears(number, 120);
            case "century", "centuries", "c", "cent" -> addYears(number, 1200);
            case "millennium", "millennia", "mil", "mils" -> addYears(number, 12_000);
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Of years only whole months count.
    private void addYears(BigDecimal number, int monthsEach) {
        addMonths(
                number.multiply(BigDecimal.valueOf(monthsEach))
                        .setScale(0, RoundingMode.HALF_EVEN));
    }

    private void addMonths(BigDecimal number) {
        BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
        months = months.add(whole);
        addDays(number.subtract(whole).multiply(DAYS_PER_MONTH));
    }

    private void addDays(BigDecimal number) {
        BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
        days = days.add(whole);
        addMicros(number.subtract(whole).multiply(MICROS_PER_DAY));
    }

    private void addMicros(BigDecimal number) {
        micros = micros.add(number);
    }

    /// `4:05`, `4:05:06.789`, `05:06.789` (minutes and seconds, told by the fraction).
    private boolean clock(int sign) {
        BigDecimal first = number();
        at++;
        BigDecimal second = number();
        if (first == null || second == null || first.scale() > 0) {
            return false;
        }
        BigDecimal time;
        if (isAt(':')) {
            at++;
            BigDecimal third = number();
            if (third == null || second.scale() > 0 || isSixty(second) || isSixty(third)) {
                return false;
            }
            time =
                    first.multiply(MICROS_PER_HOUR)
                            .add(second.multiply(MICROS_PER_MINUTE))
                            .add(third.multiply(MICROS_PER_SECOND));
        } else if (second.scale() > 0) {
            time = first.multiply(MICROS_PER_MINUTE).add(second.multiply(MICROS_PER_SECOND));
        } else {
            time = first.multiply(MICROS_PER_HOUR).add(second.multiply(MICROS_PER_MINUTE));
        }
        if (isSixty(second)) {
            return false;
        }
        addMicros(sign < 0 ? time.negate() : time);
        return true;
    }

    private static boolean isSixty(BigDecimal number) {
        return number.compareTo(BigDecimal.valueOf(60)) >= 0;
    }

    private boolean iso() {
        at = 1;
        boolean isTime = false;
        if (at == text.length()) {
            return false;
        }
        while (at < text.length()) {
            if (!isTime && (isAt('T') || isAt('t'))) {
                isTime = true;
                at++;
            }
            int sign = sign();
            BigDecimal number = number();
            if (number == null || at == text.length()) {
                return false;
            }
            BigDecimal signed = sign < 0 ? number.negate() : number;
            char unit = Character.toUpperCase(text.charAt(at++));
            switch (unit) {
                case 'Y' -> addYears(signed, 12);
                case 'W' -> addDays(signed.multiply(BigDecimal.valueOf(7)));
                case 'D' -> addDays(signed);
                case 'H' -> addMicros(signed.multiply(MICROS_PER_HOUR));
                case 'S' -> addMicros(signed.multiply(MICROS_PER_SECOND));
                case 'M' -> {
                    if (isTime) {
                        addMicros(signed.multiply(MICROS_PER_MINUTE));
                    } else {
                        addMonths(signed);
                    }
                }
                default -> {
                    return false;
                }
            }
            if (isTime != (unit == 'H' || unit == 'S' || (unit == 'M' && isTime))) {
                return false;
            }
        }
        return true;
    }

    private int sign() {
        if (isAt('-') || isAt('+')) {
            return text.charAt(at++) == '-' ? -1 : 1;
        }
        return 1;
    }

    private @Nullable BigDecimal number() {
        int from = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        int whole = at - from;
        if (isAt('.')) {
            at++;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
        }
        int length = at - from;
        return length == 0 || (whole == 0 && length == 1)
                ? null
                : new BigDecimal(
                        text.substring(from, at).endsWith(".")
                                ? text.substring(from, at - 1)
                                : text.substring(from, at));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean isAt(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean skipBlanks() {
        int from = at;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at > from;
    }

    /// `1 year 2 mons -3 days +04:05:06.789`: a part behind a negative one says that it is not.
    public static void write(TextOutput out, long high, long low) {
        long months = IntervalBits.months(low);
        long days = IntervalBits.days(low);
        long micros = IntervalBits.micros(high, low);
        boolean isFirst = true;
        boolean isBehindNegative = false;
        long[] parts = {months / 12, months % 12, days};
        String[] units = {" year", " mon", " day"};
        for (int i = 0; i < parts.length; i++) {
            long part = parts[i];
            if (part == 0) {
                continue;
            }
            out.append((isFirst ? "" : " ") + (isBehindNegative && part > 0 ? "+" : ""));
            TextFormat.number(out, part);
            out.append(units[i] + (part == 1 ? "" : "s"));
            isFirst = false;
            isBehindNegative = part < 0;
        }
        if (isFirst || micros != 0) {
            out.append((isFirst ? "" : " ") + (micros < 0 ? "-" : isBehindNegative ? "+" : ""));
            TextFormat.clock(out, micros);
        }
    }
}
