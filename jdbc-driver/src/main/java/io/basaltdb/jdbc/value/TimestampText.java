package io.basaltdb.jdbc.value;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;

/// Timestamps as text, as PostgreSQL writes them: no zeros at the end of the second.
final class TimestampText {
    private TimestampText() {}

    static String of(LocalDateTime value) {
        StringBuilder text = new StringBuilder(32);
        text.append(value.toLocalDate()).append(' ');
        twoDigits(text, value.getHour()).append(':');
        twoDigits(text, value.getMinute()).append(':');
        twoDigits(text, value.getSecond());
        int nanos = value.get(ChronoField.NANO_OF_SECOND);
        if (nanos != 0) {
            fraction(text, nanos);
        }
        return text.toString();
    }

    static String of(LocalDateTime value, ZoneOffset offset) {
        String sign = offset.getTotalSeconds() == 0 ? "+00" : offset.getId();
        return of(value) + (sign.endsWith(":00") ? sign.substring(0, 3) : sign);
    }

    private static StringBuilder twoDigits(StringBuilder text, int value) {
        return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }

    private static void fraction(StringBuilder text, int nanos) {
        String digits = Integer.toString(1_000_000_000 + nanos);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        text.append('.').append(digits, 1, end);
    }
}
