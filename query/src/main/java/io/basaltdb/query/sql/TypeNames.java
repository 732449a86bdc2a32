package io.basaltdb.query.sql;

import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names of types that SQL text may use, PostgreSQL's first, then DuckDB's, then ClickHouse's where they are not taken.
final class TypeNames {
    /// Names that take no arguments.
    private static final Map<String, Type> PLAIN =
            Map.ofEntries(
                    Map.entry("boolean", Type.BOOLEAN),
                    Map.entry("bool", Type.BOOLEAN),
                    Map.entry("tinyint", Type.TINYINT),
                    Map.entry("int1", Type.TINYINT),
                    Map.entry("smallint", Type.SMALLINT),
                    Map.entry("int2", Type.SMALLINT),
                    Map.entry("short", Type.SMALLINT),
                    Map.entry("int16", Type.SMALLINT),
                    Map.entry("integer", Type.INTEGER),
                    Map.entry("int", Type.INTEGER),
                    Map.entry("int4", Type.INTEGER),
                    Map.entry("int32", Type.INTEGER),
                    Map.entry("signed", Type.INTEGER),
                    Map.entry("bigint", Type.BIGINT),
                    Map.entry("int8", Type.BIGINT),
                    Map.entry("int64", Type.BIGINT),
                    Map.entry("long", Type.BIGINT),
                    Map.entry("hugeint", new Type.Decimal(38, 0)),
                    Map.entry("int128", new Type.Decimal(38, 0)),
                    Map.entry("real", Type.REAL),
                    Map.entry("float4", Type.REAL),
                    Map.entry("float32", Type.REAL),
                    Map.entry("double", Type.DOUBLE),
                    Map.entry("float8", Type.DOUBLE),
                    Map.entry("float64", Type.DOUBLE),
                    Map.entry("date", Type.DATE),
                    Map.entry("date32", Type.DATE),
                    Map.entry("text", Type.TEXT),
                    Map.entry("string", Type.TEXT),
                    Map.entry("time", Type.TIME),
                    Map.entry("uuid", Type.UUID),
                    Map.entry("json", Type.JSON),
                    Map.entry("jsonb", Type.JSON),
                    Map.entry("interval", Type.INTERVAL),
                    Map.entry("inet", Type.INET),
                    Map.entry("bytea", Type.VARBINARY),
                    Map.entry("blob", Type.VARBINARY),
                    Map.entry("bytes", Type.VARBINARY),
                    Map.entry("datetime", Type.TIMESTAMP),
                    Map.entry("timestamptz", Type.TIMESTAMPTZ));

    /// Names that take arguments, or belong to types of other databases that are refused in words of their own.
    private static final Set<String> OTHERS =
            Set.of(
                    "decimal",
                    "numeric",
                    "dec",
                    "number",
                    "varchar",
                    "char",
                    "character",
                    "bpchar",
                    "nvarchar",
                    "nchar",
                    "fixedstring",
                    "varbinary",
                    "binary",
                    "float",
                    "timestamp",
                    "datetime64",
                    "enum",
                    "enum8",
                    "enum16",
                    "array",
                    "list",
                    "struct",
                    "row",
                    "tuple",
                    "map",
                    "nullable",
                    "lowcardinality",
                    "null",
                    "uint8",
                    "uint16",
                    "uint32",
                    "uint64",
                    "utinyint",
                    "usmallint",
                    "uinteger",
                    "ubigint",
                    "serial",
                    "bigserial",
                    "cidr",
                    "ipv4",
                    "ipv6");

    private TypeNames() {}

    /// The aliases that the grammar of queries does not know by itself.
    static Map<String, Type> plain() {
        return PLAIN;
    }

    /// Whether a type that a user creates cannot have that name.
    static boolean isTaken(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return PLAIN.containsKey(lower) || OTHERS.contains(lower);
    }

    /// The type of that name with those arguments, or null where there is none of that name.
    static @Nullable Type find(String name, List<Integer> arguments, SqlPosition position) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "decimal", "numeric", "dec", "number" -> decimal(arguments, position);
            case "varchar", "char", "character", "bpchar", "nvarchar", "nchar", "fixedstring" -> {
                limit(name, arguments, 1, position);
                yield Type.TEXT;
            }
            case "varbinary", "binary" -> {
                limit(name, arguments, 1, position);
                yield Type.VARBINARY;
            }
            case "float" -> {
                limit(name, arguments, 1, position);
                yield !arguments.isEmpty() && arguments.getFirst() <= 24 ? Type.REAL : Type.DOUBLE;
            }
            case "timestamp" -> new Type.Timestamp(fraction(name, arguments, position));
            case "timestamptz" -> new Type.TimestampTz(fraction(name, arguments, position));
            case "datetime" -> new Type.Timestamp(fraction(name, arguments, position));
            case "datetime64" -> new Type.Timestamp(fraction(name, arguments, position));
            default -> {
                Type type = PLAIN.get(lower);
                if (type != null) {
                    limit(name, arguments, 0, position);
                }
                yield type;
            }
        };
    }

    private static Type decimal(List<Integer> arguments, SqlPosition position) {
        limit("DECIMAL", arguments, 2, position);
        if (arguments.isEmpty()) {
            return new Type.Decimal(18, 3);
        }
        int precision = arguments.getFirst();
        int scale = arguments.size() > 1 ? arguments.get(1) : 0;
        if (precision < 1 || precision > Type.Decimal.MAX_PRECISION) {
            throw position.error(
                    ErrorCode.INVALID_PARAMETER,
                    "DECIMAL precision "
                            + precision
                            + " must be between 1 and "
                            + Type.Decimal.MAX_PRECISION);
        }
        if (scale < 0 || scale > precision) {
            throw position.error(
                    ErrorCode.INVALID_PARAMETER,
                    "DECIMAL scale " + scale + " must be between 0 and precision " + precision);
        }
        return new Type.Decimal(precision, scale);
    }

    private static int fraction(String name, List<Integer> arguments, SqlPosition position) {
        limit(name, arguments, 1, position);
        int precision = arguments.isEmpty() ? 6 : arguments.getFirst();
        if (precision > 9) {
            throw position.error(
                    ErrorCode.INVALID_PARAMETER,
                    name.toUpperCase(Locale.ROOT)
                            + " precision "
                            + precision
                            + " must be between 0 and 9");
        }
        return precision;
    }

    private static void limit(
            String name, List<Integer> arguments, int most, SqlPosition position) {
        if (arguments.size() > most) {
            throw position.error(
                    ErrorCode.SYNTAX_ERROR,
                    "Type "
                            + name.toUpperCase(Locale.ROOT)
                            + " takes "
                            + (most == 0 ? "no arguments" : "at most " + most)
                            + ", found "
                            + arguments.size());
        }
    }
}
