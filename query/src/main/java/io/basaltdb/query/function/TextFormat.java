package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.type.InetBytes;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.UuidBits;
import io.basaltdb.storage.type.Value;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Values as text, in PostgreSQL's forms: shortest doubles, `2024-02-29 12:30:00.5`, offsets like `+02`, intervals like `1 day 02:00:00`.
public final class TextFormat {
    private TextFormat() {}

    public static void number(TextOutput out, long value) {
        if (value == Long.MIN_VALUE) {
            out.append("-9223372036854775808");
            return;
        }
        if (value < 0) {
            out.append('-');
        }
        digits(out, Math.abs(value), 1);
    }

    /// At least so many digits.
    private static void digits(TextOutput out, long value, int least) {
        long power = 1;
        int count = 1;
        while (value / power >= 10) {
            power *= 10;
            count++;
        }
        for (int i = count; i < least; i++) {
            out.append('0');
        }
        long rest = value;
        for (; power > 0; power /= 10) {
            out.append((int) ('0' + rest / power));
            rest %= power;
        }
    }

    public static void decimal(TextOutput out, long unscaled, int scale) {
        if (scale == 0 || unscaled == Long.MIN_VALUE) {
            decimal(out, BigInteger.valueOf(unscaled), scale);
            return;
        }
        if (unscaled < 0) {
            out.append('-');
        }
        long size = Math.abs(unscaled);
        if (scale > 18) {
            out.append("0.");
            digits(out, size, scale);
            return;
        }
        long power = io.basaltdb.query.kernel.Arithmetic.powerOfTen(scale);
        digits(out, size / power, 1);
        out.append('.');
        digits(out, size % power, scale);
    }

    public static void decimal(TextOutput out, BigInteger unscaled, int scale) {
        out.append(new BigDecimal(unscaled, scale).toPlainString());
    }

    public static void floating(TextOutput out, double value, boolean isReal) {
        if (Double.isNaN(value)) {
            out.append("NaN");
        } else if (Double.isInfinite(value)) {
            out.append(value > 0 ? "Infinity" : "-Infinity");
        } else if (value == 0) {
            out.append(1 / value < 0 ? "-0" : "0");
        } else {
            shortest(out, isReal ? Float.toString((float) value) : Double.toString(value), isReal);
        }
    }

    /// From Java's shortest digits to PostgreSQL's notation: an exponent below 10^-4 and from 10^15 (REAL: 10^6) on.
    private static void shortest(TextOutput out, String java, boolean isReal) {
        BigDecimal number = new BigDecimal(java).stripTrailingZeros();
        String digits = number.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - number.scale();
        if (number.signum() < 0) {
            out.append('-');
        }
        if (exponent < -4 || exponent >= (isReal ? 6 : 15)) {
            out.append(digits.charAt(0));
            if (digits.length() > 1) {
                out.append('.');
                out.append(digits.substring(1));
            }
            out.append('e');
            out.append(exponent < 0 ? '-' : '+');
            digits(out, Math.abs(exponent), 2);
        } else {
            out.append(number.abs().toPlainString());
        }
    }

    public static void bool(TextOutput out, boolean value) {
        out.append(value ? "true" : "false");
    }

    public static void date(TextOutput out, long days) {
        long civil = Calendar.civil(days);
        long year = Calendar.year(civil);
        digits(out, year > 0 ? year : 1 - year, 4);
        out.append('-');
        digits(out, Calendar.month(civil), 2);
        out.append('-');
        digits(out, Calendar.day(civil), 2);
        if (year <= 0) {
            out.append(" BC");
        }
    }

    public static void timestamp(TextOutput out, long ticks, long perSecond) {
        timestamp(out, ticks, perSecond, Long.MIN_VALUE);
    }

    /// @param offset seconds ahead of UTC to be written behind; the smallest `long` for none
    private static void timestamp(TextOutput out, long ticks, long perSecond, long offset) {
        long days = Math.floorDiv(ticks, 86_400 * perSecond);
        long rest = ticks - days * 86_400 * perSecond;
        boolean isBeforeChrist = Calendar.year(Calendar.civil(days)) <= 0;
        if (isBeforeChrist) {
            long civil = Calendar.civil(days);
            digits(out, 1 - Calendar.year(civil), 4);
            out.append('-');
            digits(out, Calendar.month(civil), 2);
            out.append('-');
            digits(out, Calendar.day(civil), 2);
        } else {
            date(out, days);
        }
        out.append(' ');
        time(out, rest, perSecond);
        if (offset != Long.MIN_VALUE) {
            offset(out, offset);
        }
        if (isBeforeChrist) {
            out.append(" BC");
        }
    }

    private static void time(TextOutput out, long ticks, long perSecond) {
        long seconds = ticks / perSecond;
        digits(out, seconds / 3600, 2);
        out.append(':');
        digits(out, seconds / 60 % 60, 2);
        out.append(':');
        digits(out, seconds % 60, 2);
        long fraction = ticks % perSecond;
        if (fraction != 0) {
            int width = perSecond == 1_000_000 ? 6 : 9;
            while (fraction % 10 == 0) {
                fraction /= 10;
                width--;
            }
            out.append('.');
            digits(out, fraction, width);
        }
    }

    /// An instant in local time with the zone's offset.
    public static void instant(TextOutput out, long ticks, long perSecond, ZoneClock clock) {
        long offset = clock.offsetSeconds(Math.floorDiv(ticks, perSecond));
        timestamp(out, ticks + offset * perSecond, perSecond, offset);
    }

    private static void offset(TextOutput out, long seconds) {
        out.append(seconds < 0 ? '-' : '+');
        long size = Math.abs(seconds);
        digits(out, size / 3600, 2);
        if (size % 3600 != 0) {
            out.append(':');
            digits(out, size / 60 % 60, 2);
            if (size % 60 != 0) {
                out.append(':');
                digits(out, size % 60, 2);
            }
        }
    }

    /// Hours, minutes and seconds without their sign.
    static void clock(TextOutput out, long micros) {
        if (micros == Long.MIN_VALUE) {
            out.append("2562047788:00:54.775808");
            return;
        }
        time(out, Math.abs(micros), 1_000_000);
    }

    public static void interval(TextOutput out, long value, Type.Interval.Unit unit) {
        if (unit == Type.Interval.Unit.MONTHS) {
            months(out, value);
            return;
        }
        long days = value / TimeArithmetic.MICROS_PER_DAY;
        long rest = value % TimeArithmetic.MICROS_PER_DAY;
        if (days != 0) {
            number(out, days);
            out.append(Math.abs(days) == 1 ? " day" : " days");
        }
        if (rest != 0 || days == 0) {
            if (days != 0) {
                out.append(' ');
            }
            if (rest < 0) {
                out.append('-');
            }
            time(out, Math.abs(rest), 1_000_000);
        }
    }

    private static void months(TextOutput out, long value) {
        long years = value / 12;
        long months = value % 12;
        if (years != 0) {
            number(out, years);
            out.append(Math.abs(years) == 1 ? " year" : " years");
        }
        if (months != 0 || years == 0) {
            if (years != 0) {
                out.append(' ');
            }
            number(out, months);
            out.append(Math.abs(months) == 1 ? " mon" : " mons");
        }
    }

    /// `123e4567-e89b-12d3-a456-426614174000`, from the two halves as they are kept.
    public static void uuid(TextOutput out, long high, long low) {
        long first = UuidBits.flipped(high);
        hex(out, first >>> 32, 8);
        out.append('-');
        hex(out, first >>> 16, 4);
        out.append('-');
        hex(out, first, 4);
        out.append('-');
        hex(out, low >>> 48, 4);
        out.append('-');
        hex(out, low, 12);
    }

    /// The lowest `digits` hexadecimal digits.
    private static void hex(TextOutput out, long value, int digits) {
        for (int shift = 4 * digits - 4; shift >= 0; shift -= 4) {
            out.append(Character.forDigit((int) (value >>> shift) & 15, 16));
        }
    }

    /// Any value that is a run of bytes, but a nested one.
    public static void bytes(TextOutput out, byte[] heap, int start, int length, Type type) {
        if (type instanceof Type.Binary) {
            TextOutput.checkLength(2L * length + 2);
            out.append('\\');
            out.append('x');
            for (int i = start; i < start + length; i++) {
                hex(out, heap[i], 2);
            }
        } else if (type instanceof Type.Inet) {
            out.append(InetBytes.text(heap, start, length));
        } else {
            out.append(heap, start, length);
        }
    }

    /// As [#bytes(TextOutput, byte[], int, int, Type)], also a nested value.
    public static void bytes(
            TextOutput out, byte[] heap, int start, int length, Type type, ZoneClock clock) {
        if (type instanceof Type.Nested) {
            new NestedText(type, clock).value(out, heap, start);
        } else {
            bytes(out, heap, start, length, type);
        }
    }

    /// Any value that is a 128-bit number.
    public static void wide(TextOutput out, long high, long low, Type type) {
        if (type instanceof Type.Uuid) {
            uuid(out, high, low);
        } else if (type instanceof Type.CalendarInterval) {
            IntervalText.write(out, high, low);
        } else {
            decimal(out, Value.unscaled(new Value.Wide(high, low)), Numbers.scale(type));
        }
    }

    /// Any value that is not NULL.
    ///
    /// @param clock the session's zone
    public static void value(TextOutput out, Value value, Type type, ZoneClock clock) {
        switch (value) {
            case Value.Bool(boolean bit) -> bool(out, bit);
            case Value.Floating(double number) -> floating(out, number, type instanceof Type.Real);
            case Value.Wide(long high, long low) -> wide(out, high, low, type);
            case Value.Bytes(byte[] bytes) -> bytes(out, bytes, 0, bytes.length, type, clock);
            case Value.Whole(long number) -> whole(out, number, type, clock);
            case Value.Null _ -> throw new AssertionError("NULL has no text");
        }
    }

    /// Any value that is one `long`.
    public static void whole(TextOutput out, long number, Type type, ZoneClock clock) {
        switch (type) {
            case Type.Int _, Type.Null _ -> number(out, number);
            case Type.Decimal(int _, int scale) -> decimal(out, number, scale);
            case Type.Date _ -> date(out, number);
            case Type.Timestamp timestamp -> timestamp(out, number, timestamp.unitsPerSecond());
            case Type.TimestampTz instant -> instant(out, number, instant.unitsPerSecond(), clock);
            case Type.Interval(Type.Interval.Unit unit) -> interval(out, number, unit);
            case Type.Time _ -> time(out, number, 1_000_000);
            case Type.Enumeration labels -> out.append(labels.label(number));
            case Type.Uuid _ -> uuid(out, number >> 63, number);
            case Type.CalendarInterval _ -> IntervalText.write(out, number >> 63, number);
            case Type.Bool _,
                    Type.Real _,
                    Type.DoublePrecision _,
                    Type.Text _,
                    Type.Binary _,
                    Type.Json _,
                    Type.Inet _,
                    Type.Nested _ ->
                    throw new AssertionError(type.sql());
        }
    }
}
