package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Arithmetic;
import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.UuidBits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;

/// Reads values from text: the forms of [TextFormat] and the usual relatives. Blanks around are ignored. A method answers whether the text was good; the value is
/// then in a field. For one thread.
public final class TextScanner {
    /// How reading ended.
    public enum Outcome {
        GOOD,
        /// Not the form of the type.
        MALFORMED,
        /// The right form, but no value of the type.
        OUT_OF_RANGE
    }

    private byte[] bytes = new byte[0];
    private int at;
    private int end;

    private long whole;
    private long wholeHigh;
    private BigInteger unscaled = BigInteger.ZERO;
    private double number;
    private boolean bool;

    /// What [#whole], [#date] and [#timestamp] read.
    public long wholeValue() {
        return whole;
    }

    /// The high half of what [#uuid] read; the low one is [#wholeValue].
    public long wholeHighValue() {
        return wholeHigh;
    }

    /// What [#decimal] read.
    public BigInteger unscaledValue() {
        return unscaled;
    }

    /// What [#floating] read.
    public double floatingValue() {
        return number;
    }

    /// What [#bool] read.
    public boolean boolValue() {
        return bool;
    }

    private void begin(byte[] text, int start, int length) {
        bytes = text;
        at = start;
        end = start + length;
        while (at < end && isBlank(bytes[at])) {
            at++;
        }
        while (end > at && isBlank(bytes[end - 1])) {
            end--;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private String rest() {
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }

    /// A whole number that fits so many bits.
    public Outcome whole(byte[] text, int start, int length, int bits) {
        begin(text, start, length);
        boolean negative = sign();
        if (at == end) {
            return Outcome.MALFORMED;
        }
        long value = 0;
        boolean isTooLarge = false;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return Outcome.MALFORMED;
            }
            // Counted downwards, so that the smallest number needs no exception.
            isTooLarge |= value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit;
            value = value * 10 - digit;
        }
        if (isTooLarge || (!negative && value == Long.MIN_VALUE)) {
            return Outcome.OUT_OF_RANGE;
        }
        whole = negative ? value : -value;
        return bits == 64 || (whole >= -1L << (bits - 1) && whole < 1L << (bits - 1))
                ? Outcome.GOOD
                : Outcome.OUT_OF_RANGE;
    }

    private boolean sign() {
        if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
            return bytes[at++] == '-';
        }
        return false;
    }

    /// A number rounded to that scale; whether it fits a precision is the caller's question.
    public Outcome decimal(byte[] text, int start, int length, int scale) {
        begin(text, start, length);
        int from = at;
        boolean negative = sign();
        long value = 0;
        int digits = 0;
        int fraction = 0;
        boolean isAfterPoint = false;
        for (; at < end && digits <= 18; at++) {
            byte b = bytes[at];
            if (isDigit(b)) {
                value = value * 10 + b - '0';
                digits += value == 0 ? 0 : 1;
                fraction += isAfterPoint ? 1 : 0;
            } else if (b == '.' && !isAfterPoint) {
                isAfterPoint = true;
            } else {
                break;
            }
        }
        boolean isPlain = at == end && digits <= 18 && fraction <= scale && fraction + digits > 0;
        if (isPlain) {
            BigInteger read = BigInteger.valueOf(negative ? -value : value);
            unscaled = read.multiply(ExactNumbers.powerOfTen(scale - fraction));
            return Outcome.GOOD;
        }
        at = from;
        return slowDecimal(scale);
    }

    private Outcome slowDecimal(int scale) {
        if (end - at > 1000) {
            return Outcome.MALFORMED;
        }
        String text = rest();
        if (!isNumber(text)) {
            return Outcome.MALFORMED;
        }
        try {
            BigDecimal value = new BigDecimal(text);
            if (value.signum() != 0 && (long) value.precision() - value.scale() > 60) {
                return Outcome.OUT_OF_RANGE;
            }
            unscaled =
                    value.signum() != 0 && (long) value.precision() - value.scale() < -60
                            ? BigInteger.ZERO
                            : ExactNumbers.unscaled(value, scale);
            return Outcome.GOOD;
        } catch (NumberFormatException e) {
            return Outcome.MALFORMED;
        }
    }

    /// Digits, a point, an exponent, a sign, and nothing else that Java would take.
    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && "+-.eE".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /// A DOUBLE: digits, or Infinity and NaN in any case.
    public Outcome floating(byte[] text, int start, int length) {
        begin(text, start, length);
        if (shortNumber()) {
            return Outcome.GOOD;
        }
        String rest = rest();
        if (!isNumber(rest)) {
            return word(rest.toLowerCase(Locale.ROOT));
        }
        try {
            number = Double.parseDouble(rest);
            return Double.isInfinite(number) ? Outcome.OUT_OF_RANGE : Outcome.GOOD;
        } catch (NumberFormatException e) {
            return Outcome.MALFORMED;
        }
    }

    /// Up to 15 digits with at most 22 behind the point: one division of two exact doubles, correctly rounded.
    private boolean shortNumber() {
        int from = at;
        boolean negative = sign();
        long value = 0;
        int digits = 0;
        int fraction = -1;
        for (; at < end && digits <= 15; at++) {
            byte b = bytes[at];
            if (isDigit(b)) {
                value = value * 10 + b - '0';
                digits++;
                fraction += fraction >= 0 ? 1 : 0;
            } else if (b == '.' && fraction < 0) {
                fraction = 0;
            } else {
                break;
            }
        }
        boolean isShort = at == end && digits > 0 && digits <= 15;
        if (isShort) {
            double size =
                    fraction > 0
                            ? (double) value / Arithmetic.powerOfTen(fraction)
                            : (double) value;
            number = negative ? -size : size;
        }
        at = from;
        return isShort;
    }

    private Outcome word(String word) {
        switch (word) {
            case "nan" -> number = Double.NaN;
            case "inf", "infinity", "+inf", "+infinity" -> number = Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> number = Double.NEGATIVE_INFINITY;
            default -> {
                return Outcome.MALFORMED;
            }
        }
        return Outcome.GOOD;
    }

    /// true, t, yes, y, on, 1 and their opposites.
    public Outcome bool(byte[] text, int start, int length) {
        begin(text, start, length);
        if (end - at > 5) {
            return Outcome.MALFORMED;
        }
        switch (rest().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> bool = true;
            case "false", "f", "no", "n", "off", "0" -> bool = false;
            default -> {
                return Outcome.MALFORMED;
            }
        }
        return Outcome.GOOD;
    }

    /// A date, also with a time behind it, which is dropped.
    public Outcome date(byte[] text, int start, int length) {
        Outcome outcome = point(text, start, length, 1_000_000, 6);
        if (outcome == Outcome.GOOD) {
            whole = days;
            return days == (int) days ? Outcome.GOOD : Outcome.OUT_OF_RANGE;
        }
        return outcome;
    }

    /// A timestamp in ticks, rounded to the precision; a zone behind it is read and ignored.
    public Outcome timestamp(byte[] text, int start, int length, long perSecond, int precision) {
        Outcome outcome = point(text, start, length, perSecond, precision);
        return outcome == Outcome.GOOD ? ticks(perSecond) : outcome;
    }

    /// An instant in ticks; without a zone the clock's is taken.
    public Outcome instant(
            byte[] text, int start, int length, long perSecond, int precision, ZoneClock session) {
        Outcome outcome = point(text, start, length, perSecond, precision);
        if (outcome != Outcome.GOOD) {
            return outcome;
        }
        outcome = ticks(perSecond);
        if (outcome != Outcome.GOOD) {
            return outcome;
        }
        if (hasOffset) {
            whole -= offsetSeconds * perSecond;
        } else if (!zone.isEmpty()) {
            try {
                whole = new ZoneClock(ZoneId.of(zone)).toInstant(whole, perSecond);
            } catch (DateTimeException e) {
                return Outcome.MALFORMED;
            }
        } else {
            whole = session.toInstant(whole, perSecond);
        }
        return Outcome.GOOD;
    }

    // Points in time

    private long days;
    private long timeTicks;
    private boolean hasOffset;
    private long offsetSeconds;
    private String zone = "";

    private Outcome ticks(long perSecond) {
        long perDay = 86_400 * perSecond;
        long high = Math.multiplyHigh(days, perDay);
        long low = days * perDay;
        long sum = low + timeTicks;
        if (high != low >> 63 || ((low ^ sum) & (timeTicks ^ sum)) < 0) {
            return Outcome.OUT_OF_RANGE;
        }
        whole = sum;
        return Outcome.GOOD;
    }

    private Outcome point(byte[] text, int start, int length, long perSecond, int precision) {
        begin(text, start, length);
        timeTicks = 0;
        hasOffset = false;
        zone = "";
        boolean isBeforeChrist =
                end - at > 3
                        && bytes[end - 1] == 'C'
                        && bytes[end - 2] == 'B'
                        && bytes[end - 3] == ' ';
        if (isBeforeChrist) {
            end -= 3;
        }
        long year = digits(4, 6);
        if (year < 0 || at >= end || (bytes[at] != '-' && bytes[at] != '/')) {
            return Outcome.MALFORMED;
        }
        byte separator = bytes[at++];
        long month = digits(1, 2);
        if (month < 0 || at >= end || bytes[at++] != separator) {
            return Outcome.MALFORMED;
        }
        long day = digits(1, 2);
        if (day < 0) {
            return Outcome.MALFORMED;
        }
        if (isBeforeChrist) {
            year = 1 - year;
        }
        if (month < 1 || month > 12 || day < 1 || day > Calendar.lengthOfMonth(year, month)) {
            return Outcome.OUT_OF_RANGE;
        }
        days = Calendar.days(year, month, day);
        return at == end ? Outcome.GOOD : time(perSecond, precision);
    }

    /// From `least` to `most` digits; -1 where there are fewer.
    private long digits(int least, int most) {
        int from = at;
        long value = 0;
        while (at < end && at - from < most && isDigit(bytes[at])) {
            value = value * 10 + bytes[at++] - '0';
        }
        return at - from < least ? -1 : value;
    }

    private Outcome time(long perSecond, int precision) {
        if (bytes[at] != ' ' && bytes[at] != 'T' && bytes[at] != 't') {
            return Outcome.MALFORMED;
        }
        at++;
        while (at < end && bytes[at] == ' ') {
            at++;
        }
        Outcome outcome = clock(perSecond, precision);
        return outcome == Outcome.GOOD ? zone() : outcome;
    }

    /// Microseconds since midnight, from `12:30` or `12:30:00.5`.
    public Outcome timeOfDay(byte[] text, int start, int length) {
        begin(text, start, length);
        Outcome outcome = clock(1_000_000, 6);
        if (outcome != Outcome.GOOD) {
            return outcome;
        }
        whole = timeTicks;
        return at < end
                ? Outcome.MALFORMED
                : whole < Type.Time.MICROSECONDS_PER_DAY ? Outcome.GOOD : Outcome.OUT_OF_RANGE;
    }

    /// 32 hexadecimal digits, between braces or not; a hyphen may stand behind every fourth digit.
    public Outcome uuid(byte[] text, int start, int length) {
        begin(text, start, length);
        if (end - at > 1 && bytes[at] == '{' && bytes[end - 1] == '}') {
            at++;
            end--;
        }
        long high = 0;
        long low = 0;
        int count = 0;
        for (; at < end; at++) {
            if (bytes[at] == '-'
                    && count > 0
                    && count < 32
                    && count % 4 == 0
                    && bytes[at - 1] != '-') {
                continue;
            }
            int digit = Character.digit(bytes[at], 16);
            if (digit < 0 || count == 32) {
                return Outcome.MALFORMED;
            }
            high = high << 4 | low >>> 60;
            low = low << 4 | digit;
            count++;
        }
        wholeHigh = UuidBits.flipped(high);
        whole = low;
        return count == 32 ? Outcome.GOOD : Outcome.MALFORMED;
    }

    /// Writes the bytes that the text stands for: hexadecimal digits behind `\x`; else the text's own bytes, where `\\` is a backslash and `\` with three
    /// octal digits a byte.
    public static Outcome binary(byte[] text, int start, int length, TextOutput out) {
        int end = start + length;
        if (length >= 2 && text[start] == '\\' && (text[start + 1] | 0x20) == 'x') {
            for (int i = start + 2; i < end; i += 2) {
                int high = Character.digit(text[i], 16);
                int low = i + 1 < end ? Character.digit(text[i + 1], 16) : -1;
                if (high < 0 || low < 0) {
                    return Outcome.MALFORMED;
                }
                out.append(high << 4 | low);
            }
            return Outcome.GOOD;
        }
        for (int i = start; i < end; i++) {
            if (text[i] != '\\') {
                out.append(text[i]);
            } else if (i + 1 < end && text[i + 1] == '\\') {
                out.append('\\');
                i++;
            } else {
                int value = octal(text, i + 1, end);
                if (value < 0) {
                    return Outcome.MALFORMED;
                }
                out.append(value);
                i += 3;
            }
        }
        return Outcome.GOOD;
    }

    private static int octal(byte[] text, int from, int end) {
        if (end - from < 3) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + 3; i++) {
            if (text[i] < '0' || text[i] > '7') {
                return -1;
            }
            value = value << 3 | text[i] - '0';
        }
        return value < 256 ? value : -1;
    }

    private Outcome clock(long perSecond, int precision) {
        long hour = digits(1, 2);
        if (hour < 0 || at >= end || bytes[at++] != ':') {
            return Outcome.MALFORMED;
        }
        long minute = digits(2, 2);
        if (minute < 0) {
            return Outcome.MALFORMED;
        }
        long second = 0;
        long fraction = 0;
        if (at < end && bytes[at] == ':') {
            at++;
            second = digits(2, 2);
            if (second < 0) {
                return Outcome.MALFORMED;
            }
            if (at < end && bytes[at] == '.') {
                at++;
                fraction = fraction(perSecond, precision);
                if (fraction < 0) {
                    return Outcome.MALFORMED;
                }
            }
        }
        boolean isMidnight = hour == 24 && minute == 0 && second == 0 && fraction == 0;
        if ((hour > 23 && !isMidnight) || minute > 59 || second > 59) {
            return Outcome.OUT_OF_RANGE;
        }
        timeTicks = (hour * 3600 + minute * 60 + second) * perSecond + fraction;
        return Outcome.GOOD;
    }

    /// Ticks of the digits behind the point, rounded half up to the precision; -1 where there is none.
    private long fraction(long perSecond, int precision) {
        int from = at;
        long nanos = 0;
        int count = 0;
        boolean roundsUp = false;
        for (; at < end && isDigit(bytes[at]); at++) {
            if (count < 9) {
                nanos = nanos * 10 + bytes[at] - '0';
                count++;
            } else if (at - from == 9) {
                roundsUp = bytes[at] >= '5';
            }
        }
        if (at == from) {
            return -1;
        }
        nanos = nanos * Arithmetic.powerOfTen(9 - count) + (roundsUp ? 1 : 0);
        long step = Arithmetic.powerOfTen(9 - precision);
        long rounded = (nanos + step / 2) / step * step;
        return rounded / (1_000_000_000 / perSecond);
    }

    private Outcome zone() {
        while (at < end && bytes[at] == ' ') {
            at++;
        }
        if (at == end) {
            return Outcome.GOOD;
        }
        if (bytes[at] == '+' || bytes[at] == '-') {
            boolean negative = bytes[at++] == '-';
            long hours = digits(2, 2);
            long minutes = optional();
            long seconds = optional();
            if (hours < 0 || hours > 18 || minutes < 0 || seconds < 0 || at != end) {
                return Outcome.MALFORMED;
            }
            hasOffset = true;
            offsetSeconds = hours * 3600 + minutes * 60 + seconds;
            offsetSeconds = negative ? -offsetSeconds : offsetSeconds;
            return Outcome.GOOD;
        }
        String name = rest();
        if (name.equalsIgnoreCase("z") || name.equalsIgnoreCase("utc")) {
            hasOffset = true;
            offsetSeconds = 0;
            return Outcome.GOOD;
        }
        if (name.length() < 3 || !Character.isLetter(name.charAt(0)) || !isZone(name)) {
            return Outcome.MALFORMED;
        }
        zone = name;
        return Outcome.GOOD;
    }

    private static boolean isZone(String name) {
        try {
            ZoneId.of(name);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /// Two digits with a colon before them, or without; 0 where nothing follows.
    private long optional() {
        if (at == end) {
            return 0;
        }
        if (bytes[at] == ':') {
            at++;
        }
        long value = digits(2, 2);
        return value > 59 ? -1 : value;
    }
}
