package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.ValueText;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.IntervalBits;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Conversions of single values that lose nothing. Whatever would round, overflow or read an unusual text is left to the cast kernel.
final class ExactCast {
    private static final long SECONDS_PER_DAY = 86_400L;

    /// Years of four digits, at most six digits behind the second: exact in every precision of ours that is not cut.
    private static final Pattern MOMENT =
            Pattern.compile(
                    "(1[6-9]|2[0-1])\\d\\d-\\d\\d-\\d\\d([ T]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?)?");

    private ExactCast() {}

    /// The same value in the other type; null where it does not have it exactly.
    static @Nullable Value of(Value value, Type from, Type to) {
        if (from.equals(to) || value.isNull()) {
            return value;
        }
        if (from instanceof Type.Nested || to instanceof Type.Nested) {
            return null;
        }
        if (from instanceof Type.Text && to instanceof Type.Opaque) {
            return spelled(value, to);
        }
        if (from instanceof Type.Interval(Type.Interval.Unit unit)
                && to instanceof Type.CalendarInterval
                && value instanceof Value.Whole(long number)) {
            return interval(unit, number);
        }
        if (from instanceof Type.Text && value instanceof Value.Bytes(byte[] bytes)) {
            return moment(new String(bytes, StandardCharsets.UTF_8), to);
        }
        @Nullable BigDecimal number = number(value, from);
        return switch (to) {
            case Type.Int whole -> number == null ? null : whole(number, whole);
            case Type.Decimal(int precision, int scale) ->
                    number == null ? null : decimal(number, precision, scale);
            case Type.DoublePrecision _ when value instanceof Value.Floating -> value;
            case Type.DoublePrecision _ -> number == null ? null : Value.of(number.doubleValue());
            case Type.Date _ -> date(value, from);
            case Type.Timestamp timestamp -> timestamp(value, from, timestamp);
            case Type.Bool _,
                    Type.Real _,
                    Type.TimestampTz _,
                    Type.Text _,
                    Type.Opaque _,
                    Type.Interval _,
                    Type.Null _ ->
                    null;
        };
    }

    /// The value that a text spells, which depends on nothing else; null where it spells none.
    private static @Nullable Value spelled(Value text, Type to) {
        try {
            return ValueText.convert(text, Type.TEXT, to, ZoneOffset.UTC);
        } catch (BasaltException malformed) {
            return null;
        }
    }

    /// A text of the plainest forms, `2025-12-31` and `2025-12-31 23:59:59.5`, as a date or timestamp.
    private static @Nullable Value moment(String text, Type to) {
        if (!MOMENT.matcher(text).matches()) {
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(text.substring(0, 10));
            LocalTime time =
                    text.length() == 10 ? LocalTime.MIDNIGHT : LocalTime.parse(text.substring(11));
            return switch (to) {
                case Type.Date _ -> text.length() == 10 ? Value.of(date.toEpochDay()) : null;
                case Type.Timestamp timestamp ->
                        Value.of(
                                (date.toEpochDay() * SECONDS_PER_DAY + time.toSecondOfDay())
                                                * timestamp.unitsPerSecond()
                                        + time.get(ChronoField.NANO_OF_SECOND)
                                                / (1_000_000_000L / timestamp.unitsPerSecond()));
                default -> null;
            };
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable BigDecimal number(Value value, Type from) {
        return switch (from) {
            case Type.Int _ -> new BigDecimal(Value.unscaled(value));
            case Type.Decimal(int _, int scale) -> new BigDecimal(Value.unscaled(value), scale);
            case Type.DoublePrecision _ ->
                    value instanceof Value.Floating(double number) && Double.isFinite(number)
                            ? new BigDecimal(number)
                            : null;
            default -> null;
        };
    }

    private static @Nullable Value whole(BigDecimal number, Type.Int type) {
        if (number.stripTrailingZeros().scale() > 0) {
            return null;
        }
        BigInteger whole = number.toBigInteger();
        return whole.bitLength() < type.bits() ? Value.of(whole.longValue()) : null;
    }

    private static @Nullable Value decimal(BigDecimal number, int precision, int scale) {
        if (number.stripTrailingZeros().scale() > scale) {
            return null;
        }
        BigDecimal scaled = number.setScale(scale);
        return scaled.precision() <= precision ? Value.of(scaled.unscaledValue()) : null;
    }

    private static @Nullable Value date(Value value, Type from) {
        if (from instanceof Type.Timestamp timestamp && value instanceof Value.Whole(long units)) {
            long unitsPerDay = SECONDS_PER_DAY * timestamp.unitsPerSecond();
            return units % unitsPerDay == 0 ? Value.of(units / unitsPerDay) : null;
        }
        return null;
    }

    private static @Nullable Value timestamp(Value value, Type from, Type.Timestamp to) {
        if (!(value instanceof Value.Whole(long number))) {
            return null;
        }
        if (from instanceof Type.Date) {
            long unitsPerDay = SECONDS_PER_DAY * to.unitsPerSecond();
            return Math.abs(number) < Long.MAX_VALUE / unitsPerDay
                    ? Value.of(number * unitsPerDay)
                    : null;
        }
        if (from instanceof Type.Timestamp timestamp
                && timestamp.unitsPerSecond() == to.unitsPerSecond()) {
            return timestamp.precision() <= to.precision() ? value : null;
        }
        return null;
    }

    private static @Nullable Value interval(Type.Interval.Unit unit, long number) {
        boolean isMonths = unit == Type.Interval.Unit.MONTHS;
        if (isMonths && !IntervalBits.fits(number, 0)) {
            return null;
        }
        return isMonths
                ? IntervalBits.of(number, 0, 0)
                : IntervalBits.of(
                        0,
                        number / IntervalBits.MICROS_PER_DAY,
                        number % IntervalBits.MICROS_PER_DAY);
    }
}
