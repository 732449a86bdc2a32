package io.basaltdb.query.function.jvm;

import io.basaltdb.query.function.ArgumentColumn;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A parameter or result: a SQL type and the class that stands for it in Java.
///
/// | SQL | Java |
/// |---|---|
/// | BOOLEAN | `boolean` |
/// | TINYINT … BIGINT | `byte`, `short`, `int`, `long`, of which it must hold every value |
/// | REAL, DOUBLE | `float` (REAL alone), `double` |
/// | DECIMAL | `BigDecimal` |
/// | TEXT | `String` |
/// | VARBINARY | `byte[]` |
/// | DATE, TIME, TIMESTAMP | `LocalDate`, `LocalTime`, `LocalDateTime` |
/// | TIMESTAMP WITH TIME ZONE | `Instant` |
/// | UUID | `UUID` |
///
/// Primitive classes cannot be NULL, their boxes can.
record JavaSlot(Type type, Class<?> javaClass) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MAX_SHOWN = 60;

    /// The classes that can stand for values of the type; empty where none can.
    static List<Class<?>> classes(Type type) {
        return switch (type) {
            case Type.Bool _ -> List.of(boolean.class, Boolean.class);
            case Type.Int(int bits) -> whole(bits);
            case Type.Real _ -> List.of(float.class, Float.class, double.class, Double.class);
            case Type.DoublePrecision _ -> List.of(double.class, Double.class);
            case Type.Decimal _ -> List.of(BigDecimal.class);
            case Type.Text _ -> List.of(String.class);
            case Type.Binary _ -> List.of(byte[].class);
            case Type.Date _ -> List.of(LocalDate.class);
            case Type.Time _ -> List.of(LocalTime.class);
            case Type.Timestamp _ -> List.of(LocalDateTime.class);
            case Type.TimestampTz _ -> List.of(Instant.class);
            case Type.Uuid _ -> List.of(UUID.class);
            case Type.Json _,
                    Type.CalendarInterval _,
                    Type.Enumeration _,
                    Type.Inet _,
                    Type.Nested _,
                    Type.Interval _,
                    Type.Null _ ->
                    List.of();
        };
    }

    private static List<Class<?>> whole(int bits) {
        List<Class<?>> all =
                List.of(
                        byte.class,
                        Byte.class,
                        short.class,
                        Short.class,
                        int.class,
                        Integer.class,
                        long.class,
                        Long.class);
        return all.subList(2 * Integer.numberOfTrailingZeros(bits / 8), all.size());
    }

    boolean canBeNull() {
        return !javaClass.isPrimitive();
    }

    /// The value of a row that is not NULL.
    Object value(ArgumentColumn column, int row) {
        return switch (type) {
            case Type.Bool _ -> column.whole(row) != 0;
            case Type.Int _ -> whole(column.whole(row));
            case Type.Real _, Type.DoublePrecision _ -> {
                double value = column.floating(row);
                if (javaClass == float.class || javaClass == Float.class) {
                    yield (float) value;
                }
                yield value;
            }
            case Type.Decimal(_, int scale) -> new BigDecimal(column.number(row), scale);
            case Type.Text _ ->
                    new String(
                            column.heap(),
                            column.start(row),
                            column.length(row),
                            StandardCharsets.UTF_8);
            case Type.Binary _ ->
                    Arrays.copyOfRange(
                            column.heap(),
                            column.start(row),
                            column.start(row) + column.length(row));
            case Type.Date _ -> LocalDate.ofEpochDay(column.whole(row));
            case Type.Time _ -> LocalTime.ofNanoOfDay(1000 * column.whole(row));
            case Type.Timestamp point -> dateTime(column.whole(row), point.unitsPerSecond());
            case Type.TimestampTz point ->
                    dateTime(column.whole(row), point.unitsPerSecond()).toInstant(ZoneOffset.UTC);
            case Type.Uuid _ -> {
                BigInteger bits = column.number(row);
                yield new UUID(bits.shiftRight(64).longValue() ^ Long.MIN_VALUE, bits.longValue());
            }
            case Type.Json _,
                    Type.CalendarInterval _,
                    Type.Enumeration _,
                    Type.Inet _,
                    Type.Nested _,
                    Type.Interval _,
                    Type.Null _ ->
                    throw new AssertionError("no class stands for " + type.sql());
        };
    }

    private Object whole(long value) {
        if (javaClass == long.class || javaClass == Long.class) {
            return value;
        }
        if (javaClass == int.class || javaClass == Integer.class) {
            return (int) value;
        }
        if (javaClass == short.class || javaClass == Short.class) {
            return (short) value;
        }
        return (byte) value;
    }

    private static LocalDateTime dateTime(long value, long unitsPerSecond) {
        long second = Math.floorDiv(value, unitsPerSecond);
        long rest = Math.floorMod(value, unitsPerSecond);
        return LocalDateTime.ofEpochSecond(
                second, (int) (rest * (NANOS_PER_SECOND / unitsPerSecond)), ZoneOffset.UTC);
    }

    /// Puts what a method gave; null is NULL.
    void put(JavaRoutine routine, @Nullable Object value, ResultColumn out, int row) {
        if (value == null) {
            out.setNull(row);
            return;
        }
        switch (type) {
            case Type.Bool _ -> out.setBit(row, (Boolean) value);
            case Type.Int _ -> putWhole(routine, ((Number) value).longValue(), out, row);
            case Type.Real _ -> out.setDouble(row, real(routine, ((Number) value).doubleValue()));
            case Type.DoublePrecision _ -> out.setDouble(row, ((Number) value).doubleValue());
            case Type.Decimal decimal ->
                    out.setNumber(row, unscaled(routine, (BigDecimal) value, decimal));
            case Type.Text _ ->
                    out.setBytes(row, ((String) value).getBytes(StandardCharsets.UTF_8));
            case Type.Binary _ -> out.setBytes(row, (byte[]) value);
            case Type.Date _ -> out.setWhole(row, days(routine, (LocalDate) value));
            case Type.Time _ -> out.setWhole(row, ((LocalTime) value).toNanoOfDay() / 1000);
            case Type.Timestamp point ->
                    out.setWhole(
                            row,
                            units(
                                    routine,
                                    value,
                                    ((LocalDateTime) value).toInstant(ZoneOffset.UTC),
                                    point));
            case Type.TimestampTz(int precision) ->
                    out.setWhole(
                            row,
                            units(routine, value, (Instant) value, new Type.Timestamp(precision)));
            case Type.Uuid _ -> {
                UUID id = (UUID) value;
                out.setWide(
                        row,
                        id.getMostSignificantBits() ^ Long.MIN_VALUE,
                        id.getLeastSignificantBits());
            }
            case Type.Json _,
                    Type.CalendarInterval _,
                    Type.Enumeration _,
                    Type.Inet _,
                    Type.Nested _,
                    Type.Interval _,
                    Type.Null _ ->
                    throw new AssertionError("no class stands for " + type.sql());
        }
    }

    /// Puts a whole number; one that the type does not hold is an error.
    void putWhole(JavaRoutine routine, long value, ResultColumn out, int row) {
        int unused = Long.SIZE - ((Type.Int) type).bits();
        if (value << unused >> unused != value) {
            throw outOfRange(routine, ErrorCode.NUMERIC_OUT_OF_RANGE, value);
        }
        out.setWhole(row, value);
    }

    private double real(JavaRoutine routine, double value) {
        float narrow = (float) value;
        if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
            throw outOfRange(routine, ErrorCode.NUMERIC_OUT_OF_RANGE, value);
        }
        return narrow;
    }

    /// Looks at the number of digits first: a value of few digits with a huge exponent is never written out.
    private BigInteger unscaled(JavaRoutine routine, BigDecimal value, Type.Decimal decimal) {
        long digitsBeforePoint = (long) value.precision() - value.scale();
        if (value.signum() == 0 || digitsBeforePoint < -decimal.scale()) {
            return BigInteger.ZERO;
        }
        if (digitsBeforePoint > decimal.precision() - decimal.scale()) {
            throw outOfRange(routine, ErrorCode.NUMERIC_OUT_OF_RANGE, value);
        }
        BigDecimal rounded = value.setScale(decimal.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() > decimal.precision()) {
            throw outOfRange(routine, ErrorCode.NUMERIC_OUT_OF_RANGE, value);
        }
        return rounded.unscaledValue();
    }

    private long days(JavaRoutine routine, LocalDate value) {
        long days = value.toEpochDay();
        if (days != (int) days) {
            throw outOfRange(routine, ErrorCode.DATETIME_OVERFLOW, value);
        }
        return days;
    }

    /// @param instant the value, or what it is in UTC
    private long units(
            JavaRoutine routine, Object value, Instant instant, Type.Timestamp timestamp) {
        long units = timestamp.unitsPerSecond();
        long step = NANOS_PER_SECOND;
        for (int digits = 0; digits < timestamp.precision(); digits++) {
            step /= 10;
        }
        long nanos = Math.floorDiv(instant.getNano() + step / 2, step) * step;
        try {
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), units),
                    nanos / (NANOS_PER_SECOND / units));
        } catch (ArithmeticException e) {
            throw outOfRange(routine, ErrorCode.DATETIME_OVERFLOW, value);
        }
    }

    private BasaltException outOfRange(JavaRoutine routine, ErrorCode code, Object value) {
        String text = value.toString();
        String shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
        return new BasaltException(
                code,
                "function "
                        + routine.name()
                        + " gave "
                        + shown
                        + ", which does not fit "
                        + type.sql()
                        + ", its declared result");
    }
}
