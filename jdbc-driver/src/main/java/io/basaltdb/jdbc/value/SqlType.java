package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.FieldKey;
import io.basaltdb.protocol.ipc.WireField;
import io.basaltdb.protocol.ipc.WireType;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What JDBC wants to know of a type.
public final class SqlType {
    private static final int TEXT_BYTES = 16 << 20;

    /// An IPv6 address whose last group is dotted has 45, and `/128` follows.
    private static final int INET_CHARACTERS = 49;

    private static final Set<String> TEXTS = Set.of("TEXT", "NULL");

    private final String name;
    private final int code;
    private final Class<?> javaClass;
    private final int precision;
    private final int scale;
    private final int displaySize;
    private final boolean isSigned;

    private SqlType(
            String name,
            int code,
            Class<?> javaClass,
            int precision,
            int scale,
            int displaySize,
            boolean isSigned) {
        this.name = name;
        this.code = code;
        this.javaClass = javaClass;
        this.precision = precision;
        this.scale = scale;
        this.displaySize = displaySize;
        this.isSigned = isSigned;
    }

    /// The type of a column from the wire.
    static SqlType of(WireField field) {
        WireType type = field.type();
        String exact = field.metadata().get(FieldKey.SQL_TYPE);
        return type.kind() == WireType.Kind.UTF8 && exact != null
                ? named(exact)
                : plain(type, exact);
    }

    private static SqlType plain(WireType type, @Nullable String exact) {
        switch (type.kind()) {
            case NULL:
                return new SqlType("NULL", Types.NULL, Object.class, 0, 0, 4, false);
            case BOOLEAN:
                return new SqlType("BOOLEAN", Types.BOOLEAN, Boolean.class, 1, 0, 5, false);
            case INT8:
                return number("TINYINT", Types.TINYINT, Integer.class, 3);
            case INT16:
                return number("SMALLINT", Types.SMALLINT, Integer.class, 5);
            case INT32:
                return number("INTEGER", Types.INTEGER, Integer.class, 10);
            case INT64:
                return number("BIGINT", Types.BIGINT, Long.class, 19);
            case FLOAT32:
                return new SqlType("REAL", Types.REAL, Float.class, 7, 0, 15, true);
            case FLOAT64:
                return new SqlType("DOUBLE", Types.DOUBLE, Double.class, 15, 0, 25, true);
            case DECIMAL128:
                return decimal(type.precision(), type.scale());
            case DATE32:
                return new SqlType("DATE", Types.DATE, Date.class, 10, 0, 10, false);
            case TIMESTAMP:
                return timestamp(type, exact);
            case UTF8:
                return text(exact);
            case BINARY:
                return new SqlType(
                        "VARBINARY",
                        Types.VARBINARY,
                        byte[].class,
                        TEXT_BYTES,
                        0,
                        2 * TEXT_BYTES + 2,
                        false);
        }
        throw new AssertionError(type);
    }

    private static SqlType number(String name, int code, Class<?> javaClass, int digits) {
        return new SqlType(name, code, javaClass, digits, 0, digits + 1, true);
    }

    private static SqlType decimal(int precision, int scale) {
        int displaySize = precision + (scale > 0 ? 2 : 1) + (scale == precision ? 1 : 0);
        return new SqlType(
                "DECIMAL", Types.DECIMAL, BigDecimal.class, precision, scale, displaySize, true);
    }

    private static SqlType timestamp(WireType type, @Nullable String exact) {
        int digits = digits(type, exact);
        int size = 19 + (digits > 0 ? digits + 1 : 0);
        if (type.zone() == null) {
            return new SqlType(
                    "TIMESTAMP", Types.TIMESTAMP, Timestamp.class, size, digits, size, false);
        }
        return new SqlType(
                "TIMESTAMP WITH TIME ZONE",
                Types.TIMESTAMP_WITH_TIMEZONE,
                OffsetDateTime.class,
                size + 6,
                digits,
                size + 6,
                false);
    }

    /// Digits of the second: written in the exact type, else what the unit has.
    private static int digits(WireType type, @Nullable String exact) {
        int open = exact == null ? -1 : exact.indexOf('(');
        if (exact != null && open > 0 && Character.isDigit(exact.charAt(open + 1))) {
            return exact.charAt(open + 1) - '0';
        }
        switch (type.unit()) {
            case SECOND:
                return 0;
            case MILLI:
                return 3;
            case MICRO:
                return 6;
            default:
                return 9;
        }
    }

    private static SqlType text(@Nullable String written) {
        String exact = written == null ? "TEXT" : written.toUpperCase(Locale.ROOT).trim();
        if (exact.equals("INTERVAL") || exact.startsWith("INTERVAL ")) {
            int width = exact.equals("INTERVAL") ? 64 : 40;
            return new SqlType(exact, Types.OTHER, String.class, 0, 0, width, false);
        }
        if ("UUID".equals(exact)) {
            return new SqlType("UUID", Types.OTHER, UUID.class, 36, 0, 36, false);
        }
        if ("JSON".equals(exact)) {
            return new SqlType("JSON", Types.OTHER, String.class, TEXT_BYTES, 0, TEXT_BYTES, false);
        }
        if ("INET".equals(exact)) {
            return new SqlType("INET", Types.OTHER, String.class, 0, 0, INET_CHARACTERS, false);
        }
        if ("TIME".equals(exact)) {
            return new SqlType("TIME", Types.TIME, Time.class, 15, 6, 15, false);
        }
        // Any other name is that of an ENUM, or of a type that a user created.
        String name = written == null || TEXTS.contains(exact) ? "TEXT" : written.trim();
        return new SqlType(name, Types.VARCHAR, String.class, TEXT_BYTES, 0, TEXT_BYTES, false);
    }

    /// The type that a name as SQL writes it stands for, for example `DECIMAL(12, 2)`.
    public static SqlType named(String sql) {
        if (NestedType.isNested(sql)) {
            return nested(sql);
        }
        String upper = sql.toUpperCase(Locale.ROOT).trim();
        int open = upper.indexOf('(');
        int close = upper.indexOf(')');
        String base = open < 0 ? upper : upper.substring(0, open).trim();
        switch (base) {
            case "BOOLEAN":
                return plain(WireType.BOOLEAN, upper);
            case "TINYINT":
                return plain(WireType.INT8, upper);
            case "SMALLINT":
                return plain(WireType.INT16, upper);
            case "INTEGER":
                return plain(WireType.INT32, upper);
            case "BIGINT":
                return plain(WireType.INT64, upper);
            case "REAL":
                return plain(WireType.FLOAT32, upper);
            case "DOUBLE":
            case "DOUBLE PRECISION":
                return plain(WireType.FLOAT64, upper);
            case "DATE":
                return plain(WireType.DATE32, upper);
            case "VARBINARY":
                return plain(WireType.BINARY, upper);
            case "DECIMAL":
                return namedDecimal(upper, open, close);
            case "TIMESTAMP":
            case "TIMESTAMP WITH TIME ZONE":
            case "TIMESTAMP WITHOUT TIME ZONE":
                return namedTimestamp(upper);
            default:
                return text(sql);
        }
    }

    private static SqlType nested(String sql) {
        switch (NestedType.of(sql).kind()) {
            case LIST:
                return new SqlType(sql, Types.ARRAY, Array.class, 0, 0, TEXT_BYTES, false);
            case STRUCT:
                return new SqlType(sql, Types.STRUCT, Struct.class, 0, 0, TEXT_BYTES, false);
            default:
                return new SqlType(sql, Types.OTHER, Map.class, 0, 0, TEXT_BYTES, false);
        }
    }

    private static SqlType namedDecimal(String upper, int open, int close) {
        if (open < 0 || close < open) {
            return decimal(WireType.DECIMAL_DIGITS, 0);
        }
        String[] parts = upper.substring(open + 1, close).split(",", -1);
        int precision = Integer.parseInt(parts[0].trim());
        int scale = parts.length > 1 ? Integer.parseInt(parts[1].trim()) : 0;
        return decimal(precision, scale);
    }

    private static SqlType namedTimestamp(String upper) {
        String zone = upper.contains("WITH TIME ZONE") ? "UTC" : null;
        return timestamp(WireType.timestamp(WireType.Unit.MICRO, zone), upper);
    }

    /// The name without digits, for example `DECIMAL`.
    public String name() {
        return name;
    }

    /// One of `java.sql.Types`.
    public int code() {
        return code;
    }

    /// What `getObject` gives.
    public Class<?> javaClass() {
        return javaClass;
    }

    public int precision() {
        return precision;
    }

    public int scale() {
        return scale;
    }

    /// Most characters of a value as text.
    public int displaySize() {
        return displaySize;
    }

    public boolean isSigned() {
        return isSigned;
    }
}
