package io.basaltdb.query.plan;

import io.basaltdb.query.function.IntervalText;
import io.basaltdb.query.function.NestedText;
import io.basaltdb.query.function.TextOutput;
import io.basaltdb.query.function.ZoneClock;
import io.basaltdb.storage.type.InetBytes;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.UuidBits;
import io.basaltdb.storage.type.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/// Single values as SQL writes them.
final class ValuePrinter {
    private ValuePrinter() {}

    static String print(Value value, Type type) {
        return switch (value) {
            case Value.Null _ -> "NULL";
            case Value.Bool(boolean truth) -> truth ? "TRUE" : "FALSE";
            case Value.Whole(long number) -> whole(number, type);
            case Value.Wide wide when type instanceof Type.Uuid -> uuid(wide);
            case Value.Wide(long high, long low) when type instanceof Type.CalendarInterval ->
                    interval(high, low);
            case Value.Wide wide ->
                    new BigDecimal(Value.unscaled(wide), scale(type)).toPlainString();
            case Value.Floating(double number) -> Double.toString(number);
            case Value.Bytes(byte[] bytes) when type instanceof Type.Nested -> nested(bytes, type);
            case Value.Bytes(byte[] bytes) when type instanceof Type.Inet ->
                    "INET '" + InetBytes.shown(bytes) + "'";
            case Value.Bytes(byte[] bytes) when type instanceof Type.Binary ->
                    "x'" + HexFormat.of().formatHex(bytes) + "'";
            case Value.Bytes(byte[] bytes) ->
                    "'" + new String(bytes, StandardCharsets.UTF_8).replace("'", "''") + "'";
        };
    }

    /// A bound of a range may lie outside of what its type can hold; it is written as a number.
    private static boolean isOutside(long number, Type type) {
        return switch (type) {
            case Type.Date _ ->
                    number < LocalDate.MIN.toEpochDay() || number > LocalDate.MAX.toEpochDay();
            case Type.Time _ -> number < 0 || number > LocalTime.MAX.toNanoOfDay() / 1000;
            case Type.Enumeration labels -> number < 0 || number >= labels.labels().size();
            default -> false;
        };
    }

    private static String whole(long number, Type type) {
        if (isOutside(number, type)) {
            return Long.toString(number);
        }
        return switch (type) {
            case Type.Decimal(int _, int scale) ->
                    BigDecimal.valueOf(number, scale).toPlainString();
            case Type.Date _ -> "DATE '" + LocalDate.ofEpochDay(number) + "'";
            case Type.Timestamp timestamp ->
                    "TIMESTAMP '" + instant(number, timestamp.unitsPerSecond()) + "'";
            case Type.TimestampTz timestamp ->
                    "TIMESTAMPTZ '" + instant(number, timestamp.unitsPerSecond()) + "Z'";
            case Type.Time _ -> "TIME '" + LocalTime.ofNanoOfDay(number * 1000) + "'";
            case Type.Uuid _ -> uuid(Value.of(number));
            case Type.Enumeration labels -> "'" + labels.label(number).replace("'", "''") + "'";
            case Type.CalendarInterval _ -> interval(number >> 63, number);
            case Type.Interval(Type.Interval.Unit unit) ->
                    switch (unit) {
                        case MONTHS -> "INTERVAL '" + number + "' MONTH";
                        case MICROSECONDS ->
                                "INTERVAL '"
                                        + BigDecimal.valueOf(number, 6).toPlainString()
                                        + "' SECOND";
                    };
            case Type.Bool _,
                    Type.Int _,
                    Type.Real _,
                    Type.DoublePrecision _,
                    Type.Text _,
                    Type.Binary _,
                    Type.Json _,
                    Type.Inet _,
                    Type.Nested _,
                    Type.Null _ ->
                    Long.toString(number);
        };
    }

    private static String interval(long high, long low) {
        TextOutput text = new TextOutput();
        text.begin(1);
        IntervalText.write(text, high, low);
        return "INTERVAL '" + text.pendingText() + "'";
    }

    private static String nested(byte[] bytes, Type type) {
        TextOutput text = new TextOutput();
        text.begin(1);
        new NestedText(type, new ZoneClock(ZoneOffset.UTC)).value(text, bytes, 0);
        return text.pendingText();
    }

    private static String uuid(Value value) {
        return "UUID '" + UuidBits.uuid(value) + "'";
    }

    private static String instant(long units, long unitsPerSecond) {
        long nanos = Math.floorMod(units, unitsPerSecond) * (1_000_000_000L / unitsPerSecond);
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(units, unitsPerSecond), (int) nanos, ZoneOffset.UTC);
        return time.toLocalDate() + " " + DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }

    private static int scale(Type type) {
        return type instanceof Type.Decimal(int _, int scale) ? scale : 0;
    }
}
