package io.basaltdb.formats.parquet;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import io.basaltdb.storage.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the values of a leaf lie in the file, and what they mean.
///
/// @param type what Basalt makes of them
record ParquetLayout(Kind kind, Type type) {
    /// What an INTERVAL of a file is: its three counts, which have no common unit.
    static final Type.Struct INTERVAL =
            new Type.Struct(
                    List.of(
                            new Type.Struct.Member("months", Type.BIGINT),
                            new Type.Struct.Member("days", Type.BIGINT),
                            new Type.Struct.Member("milliseconds", Type.BIGINT)));

    private static final long DAY_0001 = -719_162;
    private static final long DAY_9999 = 2_932_896;
    private static final long MICROS_PER_DAY = Type.Time.MICROSECONDS_PER_DAY;

    /// The ways to lay values out that we can read.
    enum Kind {
        BITS,
        INTS,
        UNSIGNED_INTS,
        LONGS,
        UNSIGNED_LONGS,
        /// Of a timestamp.
        MILLISECONDS,
        /// Of a time of day, in 32 bits.
        TIME_MILLISECONDS,
        /// Of a time of day.
        TIME_NANOSECONDS,
        /// Nanoseconds of the day and the Julian day, which early writers used.
        INT96,
        HALVES,
        FLOATS,
        DOUBLES,
        TEXT,
        JSON,
        BINARY,
        UUID,
        INTERVAL,
        /// Unscaled numbers, big-endian two's complement.
        BIG_ENDIAN
    }

    /// The least number that the type holds, of a type whose form is a `long`.
    long min() {
        return switch (type) {
            case Type.Int whole -> whole.min();
            case Type.Decimal decimal -> 1 - powerOfTen(decimal.precision());
            case Type.Date _ -> DAY_0001;
            case Type.Time _ -> 0;
            case Type.Timestamp(int precision) -> precision > 6 ? Long.MIN_VALUE : firstMicro();
            case Type.TimestampTz(int precision) -> precision > 6 ? Long.MIN_VALUE : firstMicro();
            default -> Long.MIN_VALUE;
        };
    }

    /// As [#min].
    long max() {
        return switch (type) {
            case Type.Int whole -> whole.max();
            case Type.Decimal decimal -> powerOfTen(decimal.precision()) - 1;
            case Type.Date _ -> DAY_9999;
            case Type.Time _ -> MICROS_PER_DAY - 1;
            case Type.Timestamp(int precision) -> precision > 6 ? Long.MAX_VALUE : lastMicro();
            case Type.TimestampTz(int precision) -> precision > 6 ? Long.MAX_VALUE : lastMicro();
            default -> Long.MAX_VALUE;
        };
    }

    private static long firstMicro() {
        return DAY_0001 * MICROS_PER_DAY;
    }

    private static long lastMicro() {
        return (DAY_9999 + 1) * MICROS_PER_DAY - 1;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    /// Null where we cannot read it.
    ///
    /// @param plainBytes what bytes are of which the file says nothing
    static @Nullable ParquetLayout of(
            PhysicalType physical, @Nullable LogicalType logical, Kind plainBytes) {
        return switch (physical) {
            case BOOLEAN -> new ParquetLayout(Kind.BITS, Type.BOOLEAN);
            case INT32 -> ints(logical);
            case INT64 -> longs(logical);
            case FLOAT -> new ParquetLayout(Kind.FLOATS, Type.REAL);
            case DOUBLE -> new ParquetLayout(Kind.DOUBLES, Type.DOUBLE);
            case BYTE_ARRAY -> bytes(logical, plainBytes);
            case FIXED_LEN_BYTE_ARRAY -> fixed(logical);
            case INT96 -> new ParquetLayout(Kind.INT96, Type.TIMESTAMP);
        };
    }

    private static @Nullable ParquetLayout ints(@Nullable LogicalType logical) {
        return switch (logical) {
            case null -> new ParquetLayout(Kind.INTS, Type.INTEGER);
            case LogicalType.IntType whole when whole.isSigned() ->
                    new ParquetLayout(Kind.INTS, new Type.Int(whole.bitWidth()));
            case LogicalType.IntType whole ->
                    new ParquetLayout(Kind.UNSIGNED_INTS, new Type.Int(2 * whole.bitWidth()));
            case LogicalType.DateType _ -> new ParquetLayout(Kind.INTS, Type.DATE);
            case LogicalType.TimeType _ -> new ParquetLayout(Kind.TIME_MILLISECONDS, Type.TIME);
            case LogicalType.DecimalType decimal -> decimal(Kind.INTS, decimal);
            case LogicalType.NullType _ -> new ParquetLayout(Kind.INTS, Type.INTEGER);
            default -> null;
        };
    }

    private static @Nullable ParquetLayout longs(@Nullable LogicalType logical) {
        return switch (logical) {
            case null -> new ParquetLayout(Kind.LONGS, Type.BIGINT);
            case LogicalType.IntType whole when whole.isSigned() ->
                    new ParquetLayout(Kind.LONGS, Type.BIGINT);
            case LogicalType.IntType _ ->
                    new ParquetLayout(Kind.UNSIGNED_LONGS, new Type.Decimal(20, 0));
            case LogicalType.DecimalType decimal -> decimal(Kind.LONGS, decimal);
            case LogicalType.TimestampType timestamp -> timestamp(timestamp);
            case LogicalType.TimeType time ->
                    new ParquetLayout(
                            time.unit() == LogicalType.TimeUnit.NANOS
                                    ? Kind.TIME_NANOSECONDS
                                    : Kind.LONGS,
                            Type.TIME);
            default -> null;
        };
    }

    private static ParquetLayout timestamp(LogicalType.TimestampType timestamp) {
        int precision =
                switch (timestamp.unit()) {
                    case MILLIS -> 3;
                    case MICROS -> 6;
                    case NANOS -> 9;
                };
        return new ParquetLayout(
                precision == 3 ? Kind.MILLISECONDS : Kind.LONGS,
                timestamp.isAdjustedToUTC()
                        ? new Type.TimestampTz(precision)
                        : new Type.Timestamp(precision));
    }

    private static @Nullable ParquetLayout bytes(@Nullable LogicalType logical, Kind plain) {
        return switch (logical) {
            case null -> new ParquetLayout(plain, plain == Kind.TEXT ? Type.TEXT : Type.VARBINARY);
            case LogicalType.StringType _, LogicalType.EnumType _ ->
                    new ParquetLayout(Kind.TEXT, Type.TEXT);
            case LogicalType.JsonType _ -> new ParquetLayout(Kind.JSON, Type.JSON);
            case LogicalType.BsonType _ -> new ParquetLayout(Kind.BINARY, Type.VARBINARY);
            case LogicalType.DecimalType decimal -> decimal(Kind.BIG_ENDIAN, decimal);
            default -> null;
        };
    }

    private static @Nullable ParquetLayout fixed(@Nullable LogicalType logical) {
        return switch (logical) {
            case null -> new ParquetLayout(Kind.BINARY, Type.VARBINARY);
            case LogicalType.DecimalType decimal -> decimal(Kind.BIG_ENDIAN, decimal);
            case LogicalType.UuidType _ -> new ParquetLayout(Kind.UUID, Type.UUID);
            case LogicalType.IntervalType _ -> new ParquetLayout(Kind.INTERVAL, INTERVAL);
            case LogicalType.Float16Type _ -> new ParquetLayout(Kind.HALVES, Type.REAL);
            default -> null;
        };
    }

    private static @Nullable ParquetLayout decimal(Kind kind, LogicalType.DecimalType decimal) {
        boolean fits =
                decimal.precision() >= 1
                        && decimal.precision() <= Type.Decimal.MAX_PRECISION
                        && decimal.scale() >= 0
                        && decimal.scale() <= decimal.precision();
        return fits
                ? new ParquetLayout(kind, new Type.Decimal(decimal.precision(), decimal.scale()))
                : null;
    }
}
