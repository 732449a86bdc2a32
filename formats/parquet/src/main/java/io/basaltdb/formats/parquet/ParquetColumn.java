package io.basaltdb.formats.parquet;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RepetitionType;
import dev.hardwood.schema.SchemaNode;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import org.jspecify.annotations.Nullable;

/// A column at the top of a file's schema.
///
/// @param index its place among the leaves of the schema; −1 where it is nested
/// @param layout how its values lie in the file; null where we cannot read it
/// @param description what the file says that it is, for messages
record ParquetColumn(
        String name, int index, @Nullable Layout layout, boolean isRequired, String description) {
    /// How the values of a column lie in the file, and what they mean.
    ///
    /// @param type what Basalt makes of them
    record Layout(Kind kind, Type type) {}

    /// The ways to lay values out that we can read.
    enum Kind {
        BITS,
        INTS,
        UNSIGNED_INTS,
        LONGS,
        UNSIGNED_LONGS,
        MILLISECONDS,
        FLOATS,
        DOUBLES,
        TEXT,
        /// Unscaled numbers, big-endian two's complement.
        BIG_ENDIAN
    }

    static ParquetColumn of(SchemaNode node) {
        if (node instanceof SchemaNode.PrimitiveNode leaf
                && leaf.repetitionType() != RepetitionType.REPEATED) {
            String logical = leaf.logicalType() == null ? "" : " " + leaf.logicalType();
            return new ParquetColumn(
                    leaf.name(),
                    leaf.columnIndex(),
                    layout(leaf.type(), leaf.logicalType()),
                    leaf.repetitionType() == RepetitionType.REQUIRED,
                    leaf.type() + logical);
        }
        return new ParquetColumn(node.name(), -1, null, false, "nested (a list, map or struct)");
    }

    /// @param path of the file, for the message
    /// @throws BasaltException FEATURE_NOT_SUPPORTED where the column cannot be read
    Type type(String path) {
        return layout(path).type();
    }

    /// As [#type].
    Layout layout(String path) {
        if (layout == null) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "file "
                            + path
                            + ", column "
                            + name
                            + " is "
                            + description
                            + ", which cannot be read; flat columns of numbers, texts, dates and timestamps can");
        }
        return layout;
    }

    private static @Nullable Layout layout(PhysicalType physical, @Nullable LogicalType logical) {
        return switch (physical) {
            case BOOLEAN -> new Layout(Kind.BITS, Type.BOOLEAN);
            case INT32 -> ints(logical);
            case INT64 -> longs(logical);
            case FLOAT -> new Layout(Kind.FLOATS, Type.REAL);
            case DOUBLE -> new Layout(Kind.DOUBLES, Type.DOUBLE);
            case BYTE_ARRAY -> bytes(logical);
            case FIXED_LEN_BYTE_ARRAY ->
                    logical instanceof LogicalType.DecimalType decimal
                            ? decimal(Kind.BIG_ENDIAN, decimal)
                            : null;
            case INT96 -> null;
        };
    }

    private static @Nullable Layout ints(@Nullable LogicalType logical) {
        return switch (logical) {
            case null -> new Layout(Kind.INTS, Type.INTEGER);
            case LogicalType.IntType whole when whole.isSigned() ->
                    new Layout(Kind.INTS, new Type.Int(whole.bitWidth()));
            case LogicalType.IntType whole ->
                    new Layout(Kind.UNSIGNED_INTS, new Type.Int(2 * whole.bitWidth()));
            case LogicalType.DateType _ -> new Layout(Kind.INTS, Type.DATE);
            case LogicalType.DecimalType decimal -> decimal(Kind.INTS, decimal);
            default -> null;
        };
    }

    private static @Nullable Layout longs(@Nullable LogicalType logical) {
        return switch (logical) {
            case null -> new Layout(Kind.LONGS, Type.BIGINT);
            case LogicalType.IntType whole when whole.isSigned() ->
                    new Layout(Kind.LONGS, Type.BIGINT);
            case LogicalType.IntType _ -> new Layout(Kind.UNSIGNED_LONGS, new Type.Decimal(20, 0));
            case LogicalType.DecimalType decimal -> decimal(Kind.LONGS, decimal);
            case LogicalType.TimestampType timestamp -> timestamp(timestamp);
            default -> null;
        };
    }

    private static Layout timestamp(LogicalType.TimestampType timestamp) {
        int precision =
                switch (timestamp.unit()) {
                    case MILLIS -> 3;
                    case MICROS -> 6;
                    case NANOS -> 9;
                };
        return new Layout(
                precision == 3 ? Kind.MILLISECONDS : Kind.LONGS,
                timestamp.isAdjustedToUTC()
                        ? new Type.TimestampTz(precision)
                        : new Type.Timestamp(precision));
    }

    private static @Nullable Layout bytes(@Nullable LogicalType logical) {
        return switch (logical) {
            case null -> new Layout(Kind.TEXT, Type.TEXT);
            case LogicalType.StringType _, LogicalType.EnumType _, LogicalType.JsonType _ ->
                    new Layout(Kind.TEXT, Type.TEXT);
            case LogicalType.DecimalType decimal -> decimal(Kind.BIG_ENDIAN, decimal);
            default -> null;
        };
    }

    private static @Nullable Layout decimal(Kind kind, LogicalType.DecimalType decimal) {
        boolean fits =
                decimal.precision() >= 1
                        && decimal.precision() <= Type.Decimal.MAX_PRECISION
                        && decimal.scale() >= 0
                        && decimal.scale() <= decimal.precision();
        return fits
                ? new Layout(kind, new Type.Decimal(decimal.precision(), decimal.scale()))
                : null;
    }
}
