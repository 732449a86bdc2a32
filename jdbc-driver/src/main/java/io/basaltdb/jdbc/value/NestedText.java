package io.basaltdb.jdbc.value;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads and writes the text of a nested value as the database does: `[1, NULL]`, `{'a': 1, 'b': x}`, `{k=1}`; texts in it stand in single quotes where they would not
/// be read as they are, with a backslash before quotes and backslashes.
public final class NestedText {
    private final String text;
    private int at;

    private NestedText(String text) {
        this.text = text;
    }

    /// The value: a [NestedArray], [NestedStruct] or Map.
    static Object value(NestedType type, String text) {
        NestedText reader = new NestedText(text);
        Object value = reader.nested(type);
        if (reader.at != text.length()) {
            throw reader.unreadable(type);
        }
        return value;
    }

    private Object nested(NestedType type) {
        switch (type.kind()) {
            case LIST:
                return list(type);
            case MAP:
                return map(type);
            case STRUCT:
                return struct(type);
            default:
                throw unreadable(type);
        }
    }

    private NestedArray list(NestedType type) {
        NestedType element = type.parts().get(0);
        List<@Nullable Object> elements = new ArrayList<>();
        int start = at;
        expect("[", type);
        while (!takes("]")) {
            if (!elements.isEmpty()) {
                expect(", ", type);
            }
            elements.add(part(element));
        }
        return new NestedArray(element, elements.toArray(), text.substring(start, at));
    }

    private Map<@Nullable Object, @Nullable Object> map(NestedType type) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        expect("{", type);
        while (!takes("}")) {
            if (!map.isEmpty()) {
                expect(", ", type);
            }
            Object key = part(type.parts().get(0));
            expect("=", type);
            map.put(key, part(type.parts().get(1)));
        }
        return map;
    }

    private NestedStruct struct(NestedType type) {
        @Nullable Object[] members = new Object[type.parts().size()];
        int start = at;
        expect("{", type);
        for (int i = 0; i < members.length; i++) {
            if (i > 0) {
                expect(", ", type);
            }
            quoted(type);
            expect(": ", type);
            members[i] = part(type.parts().get(i));
        }
        expect("}", type);
        return new NestedStruct(type, members, text.substring(start, at));
    }

    private @Nullable Object part(NestedType type) {
        boolean isQuoted = text.startsWith("'", at);
        if (!isQuoted && type.kind() != NestedType.Kind.PLAIN && !takes("NULL")) {
            return nested(type);
        }
        if (type.kind() != NestedType.Kind.PLAIN) {
            return null;
        }
        String plain = isQuoted ? quoted(type) : unquoted();
        return !isQuoted && plain.equals("NULL") ? null : plain(type, plain);
    }

    private String quoted(NestedType type) {
        expect("'", type);
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\'') {
                return value.toString();
            }
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            value.append(c);
        }
        throw unreadable(type);
    }

    private String unquoted() {
        int start = at;
        while (at < text.length() && ",]}=".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /// A value that has none in it, as `getObject` gives it for a column of its type.
    private static Object plain(NestedType type, String value) {
        SqlType wanted = type.sqlType();
        try {
            switch (wanted.code()) {
                case Types.TINYINT:
                case Types.SMALLINT:
                case Types.INTEGER:
                    return Integer.valueOf(value);
                case Types.BIGINT:
                    return Long.valueOf(value);
                case Types.REAL:
                    return Float.valueOf(value);
                case Types.DOUBLE:
                    return Double.valueOf(value);
                case Types.DECIMAL:
                    return new BigDecimal(value);
                case Types.BOOLEAN:
                    return Boolean.valueOf(value);
                case Types.DATE:
                    return new Date(millis(LocalDate.parse(value).atStartOfDay()));
                case Types.TIME:
                    return new Time(millis(LocalTime.parse(value).atDate(LocalDate.ofEpochDay(0))));
                case Types.TIMESTAMP:
                    return Timestamp.from(WallClock.place(dateTime(value), ZoneId.systemDefault()));
                case Types.TIMESTAMP_WITH_TIMEZONE:
                    return instant(value);
                case Types.VARBINARY:
                    return bytes(value);
                default:
                    return wanted.javaClass() == UUID.class ? UUID.fromString(value) : value;
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            throw ConversionException.unreadable(value, wanted.name());
        }
    }

    private static long millis(LocalDateTime reading) {
        return WallClock.place(reading, ZoneId.systemDefault()).toEpochMilli();
    }

    private static LocalDateTime dateTime(String value) {
        return LocalDateTime.parse(value.replace(' ', 'T'));
    }

    /// `2025-12-31 10:00:00+01`: the offset may have no minutes.
    private static OffsetDateTime instant(String value) {
        int sign = Math.max(value.lastIndexOf('+'), value.lastIndexOf('-'));
        String offset = value.substring(sign);
        return dateTime(value.substring(0, sign))
                .atOffset(ZoneOffset.of(offset))
                .withOffsetSameInstant(ZoneOffset.UTC);
    }

    private static byte[] bytes(String value) {
        byte[] bytes = new byte[(value.length() - 2) / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(value.substring(2 * i + 2, 2 * i + 4), 16);
        }
        return bytes;
    }

    private boolean takes(String symbol) {
        boolean stands = text.startsWith(symbol, at);
        at += stands ? symbol.length() : 0;
        return stands;
    }

    private void expect(String symbol, NestedType type) {
        if (!takes(symbol)) {
            throw unreadable(type);
        }
    }

    private ConversionException unreadable(NestedType type) {
        return ConversionException.unreadable(text, type.sql());
    }

    // ---- the other way ----

    /// The text that the database reads as the value: of a collection, array, map or struct. Whatever is a text stands in quotes.
    public static String of(Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value);
        return out.toString();
    }

    /// The text of what stands in a nested value, or of such a value, without quotes around it.
    public static String plain(Object value) {
        return isNested(value) ? of(value) : spelled(value);
    }

    static boolean isNested(Object value) {
        return value instanceof Iterable
                || value instanceof Map
                || value instanceof Array
                || value instanceof Struct
                || (value.getClass().isArray() && !(value instanceof byte[]));
    }

    private static void write(StringBuilder out, @Nullable Object value) {
        try {
            if (value == null) {
                out.append("NULL");
            } else if (value instanceof Iterable) {
                writeAll(out, (Iterable<?>) value);
            } else if (value instanceof Array) {
                writeArray(out, ((Array) value).getArray());
            } else if (value instanceof Struct) {
                writeStruct(out, (Struct) value);
            } else if (value instanceof Map) {
                writeMap(out, (Map<?, ?>) value);
            } else if (isNested(value)) {
                writeArray(out, value);
            } else if (value instanceof Number || value instanceof Boolean) {
                out.append(value);
            } else {
                quote(out, spelled(value));
            }
        } catch (SQLException e) {
            throw new ConversionException("22023", String.valueOf(e.getMessage()));
        }
    }

    private static void writeAll(StringBuilder out, Iterable<?> elements) {
        String separator = "[";
        for (Object element : elements) {
            out.append(separator);
            write(out, element);
            separator = ", ";
        }
        out.append(separator.equals("[") ? "[]" : "]");
    }

    /// Of objects or of numbers.
    private static void writeArray(StringBuilder out, Object array) {
        out.append('[');
        for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
            out.append(i == 0 ? "" : ", ");
            write(out, java.lang.reflect.Array.get(array, i));
        }
        out.append(']');
    }

    private static void writeMap(StringBuilder out, Map<?, ?> map) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            write(out, entry.getKey());
            out.append('=');
            write(out, entry.getValue());
            separator = ", ";
        }
        out.append(separator.equals("{") ? "{}" : "}");
    }

    private static void writeStruct(StringBuilder out, Struct struct) throws SQLException {
        List<String> names = NestedType.of(struct.getSQLTypeName()).names();
        @Nullable Object[] members = struct.getAttributes();
        if (names.size() != members.length) {
            throw ConversionException.unreadable(struct.getSQLTypeName(), "type of the struct");
        }
        String separator = "{";
        for (int i = 0; i < members.length; i++) {
            out.append(separator);
            quote(out, names.get(i));
            out.append(": ");
            write(out, members[i]);
            separator = ", ";
        }
        out.append('}');
    }

    private static String spelled(Object value) {
        if (value instanceof byte[]) {
            return BinaryReader.hexadecimal((byte[]) value);
        }
        if (value instanceof LocalDateTime) {
            return value.toString().replace('T', ' ');
        }
        if (value instanceof Instant) {
            return spelled(LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC)) + "+00";
        }
        if (value instanceof OffsetDateTime) {
            return spelled(((OffsetDateTime) value).toInstant());
        }
        if (value instanceof ZonedDateTime) {
            return spelled(((ZonedDateTime) value).toInstant());
        }
        if (value instanceof Enum) {
            return ((Enum<?>) value).name();
        }
        if (value instanceof InetAddress) {
            return Addresses.text((InetAddress) value);
        }
        boolean spellsItself =
                value instanceof CharSequence
                        || value instanceof Character
                        || value instanceof Number
                        || value instanceof Boolean
                        || value instanceof UUID
                        || value instanceof LocalDate
                        || value instanceof LocalTime
                        || value instanceof java.util.Date;
        if (!spellsItself) {
            throw Parameter.unknown(value);
        }
        return value.toString();
    }

    private static void quote(StringBuilder out, String value) {
        out.append('\'');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\'' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('\'');
    }
}
