package io.basaltdb.storage.table;

import io.basaltdb.storage.type.InetBytes;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.UuidBits;
import io.basaltdb.storage.type.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;

/// Values of keys for messages; instants in UTC, long texts cut.
final class KeyText {
    private static final int MAX_CHARACTERS = 100;

    private KeyText() {}

    static String of(Value value, Type type) {
        return switch (value) {
            case Value.Null _ -> "NULL";
            case Value.Bool(boolean bool) -> Boolean.toString(bool);
            case Value.Floating(double real) -> Double.toString(real);
            case Value.Whole(long whole) -> whole(whole, value, type);
            case Value.Wide _ -> number(value, type);
            case Value.Bytes(byte[] bytes) when type instanceof Type.Inet -> InetBytes.shown(bytes);
            case Value.Bytes(byte[] bytes) ->
                    type instanceof Type.Binary || type instanceof Type.Nested
                            ? hex(bytes)
                            : text(bytes);
        };
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
    }

    private static String hex(byte[] bytes) {
        String digits = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MAX_CHARACTERS));
        return "\\x" + digits + (bytes.length <= MAX_CHARACTERS ? "" : "…");
    }

    private static String whole(long whole, Value value, Type type) {
        try {
            return switch (type) {
                case Type.Date _ -> LocalDate.ofEpochDay(whole).toString();
                case Type.Timestamp(int precision) -> time(whole, precision).toString();
                case Type.TimestampTz(int precision) -> time(whole, precision) + "Z";
                case Type.Time _ -> LocalTime.ofNanoOfDay(whole * 1000).toString();
                case Type.Enumeration labels -> labels.label(whole);
                default -> number(value, type);
            };
        } catch (DateTimeException outOfRange) {
            return Long.toString(whole);
        }
    }

    private static LocalDateTime time(long units, int precision) {
        long perSecond = precision <= 6 ? 1_000_000 : 1_000_000_000;
        return LocalDateTime.ofInstant(
                Instant.ofEpochSecond(
                        Math.floorDiv(units, perSecond),
                        Math.floorMod(units, perSecond) * (1_000_000_000 / perSecond)),
                ZoneOffset.UTC);
    }

    private static String number(Value value, Type type) {
        if (type instanceof Type.Uuid) {
            return UuidBits.uuid(value).toString();
        }
        int scale = type instanceof Type.Decimal(_, int digits) ? digits : 0;
        return new BigDecimal(Value.unscaled(value), scale).toPlainString();
    }
}
