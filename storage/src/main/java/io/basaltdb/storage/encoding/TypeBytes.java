package io.basaltdb.storage.encoding;

import io.basaltdb.storage.type.Type;

/// Storable types as bytes, for footers, logs and manifests: a tag (one byte) and the type's parameters, one byte each. 1: BOOLEAN.
/// 2: integer, bits. 3: REAL. 4: DOUBLE. 5: DECIMAL, precision, scale. 6: DATE. 7: TIMESTAMP, precision. 8: TIMESTAMP WITH TIME ZONE,
/// precision. 9: TEXT. 10: TIME. 11: UUID. 12: VARBINARY. 13: JSON.
public final class TypeBytes {
    private static final int BOOLEAN = 1;
    private static final int INTEGER = 2;
    private static final int REAL = 3;
    private static final int DOUBLE = 4;
    private static final int DECIMAL = 5;
    private static final int DATE = 6;
    private static final int TIMESTAMP = 7;
    private static final int TIMESTAMPTZ = 8;
    private static final int TEXT = 9;
    private static final int TIME = 10;
    private static final int UUID = 11;
    private static final int VARBINARY = 12;
    private static final int JSON = 13;

    private TypeBytes() {}

    public static void write(Type type, ByteSink sink) {
        switch (type) {
            case Type.Bool _ -> sink.putByte(BOOLEAN);
            case Type.Int(int bits) -> {
                sink.putByte(INTEGER);
                sink.putByte(bits);
            }
            case Type.Real _ -> sink.putByte(REAL);
            case Type.DoublePrecision _ -> sink.putByte(DOUBLE);
            case Type.Decimal(int precision, int scale) -> {
                sink.putByte(DECIMAL);
                sink.putByte(precision);
                sink.putByte(scale);
            }
            case Type.Date _ -> sink.putByte(DATE);
            case Type.Timestamp(int precision) -> {
                sink.putByte(TIMESTAMP);
                sink.putByte(precision);
            }
            case Type.TimestampTz(int precision) -> {
                sink.putByte(TIMESTAMPTZ);
                sink.putByte(precision);
            }
            case Type.Text _ -> sink.putByte(TEXT);
            case Type.Time _ -> sink.putByte(TIME);
            case Type.Uuid _ -> sink.putByte(UUID);
            case Type.Binary _ -> sink.putByte(VARBINARY);
            case Type.Json _ -> sink.putByte(JSON);
            case Type.Interval _, Type.Null _ ->
                    throw new AssertionError("no column has type " + type.sql());
        }
    }

    public static Type read(ByteSource source) {
        int tag = source.getByte();
        return switch (tag) {
            case BOOLEAN -> Type.BOOLEAN;
            case INTEGER -> integer(source.getByte());
            case REAL -> Type.REAL;
            case DOUBLE -> Type.DOUBLE;
            case DECIMAL -> decimal(source.getByte(), source.getByte());
            case DATE -> Type.DATE;
            case TIMESTAMP -> new Type.Timestamp(timePrecision(source.getByte()));
            case TIMESTAMPTZ -> new Type.TimestampTz(timePrecision(source.getByte()));
            case TEXT -> Type.TEXT;
            case TIME -> Type.TIME;
            case UUID -> Type.UUID;
            case VARBINARY -> Type.VARBINARY;
            case JSON -> Type.JSON;
            default -> throw ByteSource.malformed("unknown tag " + tag + " of a type");
        };
    }

    /// How many bytes of parameters stand behind a tag.
    public static int parameterBytes(int tag) {
        return switch (tag) {
            case INTEGER, TIMESTAMP, TIMESTAMPTZ -> 1;
            case DECIMAL -> 2;
            default -> 0;
        };
    }

    private static Type integer(int bits) {
        if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
            throw ByteSource.malformed("an integer of " + bits + " bits");
        }
        return new Type.Int(bits);
    }

    private static Type decimal(int precision, int scale) {
        if (precision < 1 || precision > Type.Decimal.MAX_PRECISION || scale > precision) {
            throw ByteSource.malformed("DECIMAL(" + precision + ", " + scale + ")");
        }
        return new Type.Decimal(precision, scale);
    }

    private static int timePrecision(int precision) {
        if (precision > 9) {
            throw ByteSource.malformed("TIMESTAMP(" + precision + ")");
        }
        return precision;
    }
}
