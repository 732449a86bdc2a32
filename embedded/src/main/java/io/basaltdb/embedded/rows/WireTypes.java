package io.basaltdb.embedded.rows;

import io.basaltdb.protocol.ipc.FieldKey;
import io.basaltdb.protocol.ipc.WireField;
import io.basaltdb.protocol.ipc.WireSchema;
import io.basaltdb.protocol.ipc.WireType;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import java.util.Map;

/// Which type of the wire carries which type of SQL, and back.
public final class WireTypes {
    private static final int MICRO_DIGITS = 6;
    private static final int NANO_DIGITS = 9;
    private static final String UTC = "UTC";

    private WireTypes() {}

    /// The type on the wire.
    public static WireType of(Type type) {
        return switch (type) {
            case Type.Bool _ -> WireType.BOOLEAN;
            case Type.Int(int bits) -> whole(bits);
            case Type.Real _ -> WireType.FLOAT32;
            case Type.DoublePrecision _ -> WireType.FLOAT64;
            case Type.Decimal(int precision, int scale) -> WireType.decimal(precision, scale);
            case Type.Date _ -> WireType.DATE32;
            case Type.Timestamp(int precision) -> WireType.timestamp(unit(precision), null);
            case Type.TimestampTz(int precision) -> WireType.timestamp(unit(precision), UTC);
            case Type.Binary _ -> WireType.BINARY;
            case Type.Text _, Type.Opaque _, Type.Interval _ -> WireType.UTF8;
            case Type.Null _ -> WireType.NULL;
        };
    }

    private static WireType whole(int bits) {
        return switch (bits) {
            case 8 -> WireType.INT8;
            case 16 -> WireType.INT16;
            case 32 -> WireType.INT32;
            default -> WireType.INT64;
        };
    }

    private static WireType.Unit unit(int precision) {
        return precision <= MICRO_DIGITS ? WireType.Unit.MICRO : WireType.Unit.NANO;
    }

    /// As [#of], with the zone in which an instant is to be shown.
    static WireType shownIn(Type type, String zone) {
        return type instanceof Type.TimestampTz(int precision)
                ? WireType.timestamp(unit(precision), zone)
                : of(type);
    }

    /// The field on the wire; its metadata say the SQL type exactly.
    ///
    /// @param zone in which an instant is to be shown
    public static WireField field(Field field, long dictionary, String zone) {
        return new WireField(
                field.name(),
                shownIn(field.type(), zone),
                field.nullable(),
                dictionary,
                Map.of(FieldKey.SQL_TYPE, field.type().sql()));
    }

    /// The schema on the wire, without dictionaries.
    public static WireSchema schema(Schema schema) {
        return new WireSchema(
                schema.fields().stream()
                        .map(field -> field(field, WireField.NO_DICTIONARY, UTC))
                        .toList());
    }

    /// The SQL type that values of `type` from a client have.
    public static Type sqlType(WireType type) {
        return switch (type.kind()) {
            case NULL -> Type.NULL;
            case BOOLEAN -> Type.BOOLEAN;
            case INT8 -> Type.TINYINT;
            case INT16 -> Type.SMALLINT;
            case INT32 -> Type.INTEGER;
            case INT64 -> Type.BIGINT;
            case FLOAT32 -> Type.REAL;
            case FLOAT64 -> Type.DOUBLE;
            case DECIMAL128 -> new Type.Decimal(type.precision(), type.scale());
            case DATE32 -> Type.DATE;
            case TIMESTAMP -> timestamp(type);
            case UTF8 -> Type.TEXT;
            case BINARY -> Type.VARBINARY;
        };
    }

    private static Type timestamp(WireType type) {
        int precision = type.unit() == WireType.Unit.NANO ? NANO_DIGITS : MICRO_DIGITS;
        return type.zone() == null
                ? new Type.Timestamp(precision)
                : new Type.TimestampTz(precision);
    }

    /// How many of the engine's units one unit of a wire timestamp is: the engine counts in micro- or
    /// nanoseconds.
    static long timestampFactor(WireType type) {
        return switch (type.unit()) {
            case SECOND -> 1_000_000L;
            case MILLI -> 1_000L;
            case MICRO, NANO -> 1L;
        };
    }
}
