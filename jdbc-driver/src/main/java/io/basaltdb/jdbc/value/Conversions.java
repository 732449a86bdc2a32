package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.WireColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Values as the classes that programs ask for.
public final class Conversions {
    private interface Getter {
        Object get(ColumnReader reader, WireColumn column, int row);
    }

    private static final Map<Class<?>, Getter> GETTERS = new HashMap<>();

    static {
        GETTERS.put(Object.class, ColumnReader::object);
        GETTERS.put(String.class, ColumnReader::string);
        GETTERS.put(Boolean.class, ColumnReader::truth);
        GETTERS.put(
                Byte.class, (r, c, row) -> (byte) whole(r, c, row, Byte.MIN_VALUE, Byte.MAX_VALUE));
        GETTERS.put(
                Short.class,
                (r, c, row) -> (short) whole(r, c, row, Short.MIN_VALUE, Short.MAX_VALUE));
        GETTERS.put(
                Integer.class,
                (r, c, row) -> (int) whole(r, c, row, Integer.MIN_VALUE, Integer.MAX_VALUE));
        GETTERS.put(Long.class, ColumnReader::whole);
        GETTERS.put(Float.class, (r, c, row) -> (float) r.floating(c, row));
        GETTERS.put(Double.class, ColumnReader::floating);
        GETTERS.put(BigDecimal.class, ColumnReader::decimal);
        GETTERS.put(BigInteger.class, (r, c, row) -> r.decimal(c, row).toBigInteger());
        GETTERS.put(Number.class, ColumnReader::decimal);
        GETTERS.put(byte[].class, ColumnReader::bytes);
        GETTERS.put(UUID.class, (r, c, row) -> uuid(r.string(c, row)));
        GETTERS.put(InetAddress.class, (r, c, row) -> Addresses.host(r.string(c, row)));
        GETTERS.put(LocalDate.class, (r, c, row) -> r.date(c, row, jvm()));
        GETTERS.put(LocalTime.class, (r, c, row) -> r.time(c, row, jvm()));
        GETTERS.put(LocalDateTime.class, (r, c, row) -> r.dateTime(c, row, jvm()));
        GETTERS.put(Instant.class, (r, c, row) -> r.instant(c, row, jvm()));
        GETTERS.put(OffsetDateTime.class, Conversions::offsetDateTime);
        GETTERS.put(ZonedDateTime.class, (r, c, row) -> r.instant(c, row, jvm()).atZone(jvm()));
        GETTERS.put(Date.class, (r, c, row) -> date(r, c, row, jvm()));
        GETTERS.put(Time.class, (r, c, row) -> time(r, c, row, jvm()));
        GETTERS.put(Timestamp.class, (r, c, row) -> timestamp(r, c, row, jvm()));
        GETTERS.put(
                java.util.Date.class, (r, c, row) -> java.util.Date.from(r.instant(c, row, jvm())));
    }

    private Conversions() {}

    private static ZoneId jvm() {
        return ZoneId.systemDefault();
    }

    /// A value as an object of `wanted`.
    public static Object as(Class<?> wanted, ColumnReader reader, WireColumn column, int row) {
        Getter getter = GETTERS.get(wanted);
        if (getter == null) {
            throw new ConversionException(
                    "07006",
                    "a value of type "
                            + reader.type().name()
                            + " cannot be had as "
                            + wanted.getSimpleName());
        }
        return getter.get(reader, column, row);
    }

    /// A whole number between two limits.
    public static long whole(ColumnReader reader, WireColumn column, int row, long min, long max) {
        long value = reader.whole(column, row);
        if (value < min || value > max) {
            throw ConversionException.outOfRange(value, "between " + min + " and " + max);
        }
        return value;
    }

    /// The day, at its beginning in `zone`.
    public static Date date(ColumnReader reader, WireColumn column, int row, ZoneId zone) {
        LocalDate date = reader.date(column, row, zone);
        return new Date(date.atStartOfDay(zone).toInstant().toEpochMilli());
    }

    /// The time of day, on the first day of 1970 in `zone`.
    public static Time time(ColumnReader reader, WireColumn column, int row, ZoneId zone) {
        LocalTime time = reader.time(column, row, zone);
        LocalDateTime onFirstDay = time.atDate(LocalDate.ofEpochDay(0));
        return new Time(WallClock.place(onFirstDay, zone).toEpochMilli());
    }

    /// The instant, or the reading of the wall clock placed in `zone`.
    public static Timestamp timestamp(
            ColumnReader reader, WireColumn column, int row, ZoneId zone) {
        return Timestamp.from(reader.instant(column, row, zone));
    }

    private static OffsetDateTime offsetDateTime(ColumnReader reader, WireColumn column, int row) {
        Instant instant = reader.instant(column, row, jvm());
        boolean isInstant = reader instanceof InstantReader;
        return OffsetDateTime.ofInstant(instant, isInstant ? ZoneOffset.UTC : jvm());
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ConversionException.unreadable(text, "UUID");
        }
    }
}
