package io.basaltdb.protocol.ipc;

import io.basaltdb.protocol.frame.Limits;
import io.basaltdb.protocol.frame.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns the table `Schema` of Arrow's metadata into a schema; types that the wire does not have
/// are refused by name.
final class SchemaReader {
    private static final int MOST_METADATA = 64;
    private static final int MOST_CHILDREN = 64;

    private SchemaReader() {}

    static WireSchema read(FlatTable schema) {
        if (schema.shortAt(Arrow.SCHEMA_ENDIANNESS, 0) != 0) {
            throw new ProtocolException("an Arrow schema is big-endian; send little-endian");
        }
        int count = schema.vectorLength(Arrow.SCHEMA_FIELDS, 4, Limits.COLUMNS);
        List<WireField> fields = new ArrayList<>(Math.min(count, 256));
        for (int i = 0; i < count; i++) {
            fields.add(field(schema.vectorTable(Arrow.SCHEMA_FIELDS, i)));
        }
        return new WireSchema(fields);
    }

    private static WireField field(FlatTable field) {
        String name = field.stringAt(Arrow.FIELD_NAME);
        if (field.vectorLength(Arrow.FIELD_CHILDREN, 4, MOST_CHILDREN) > 0) {
            throw new ProtocolException(
                    "the Arrow field " + name + " has children; send flat columns");
        }
        WireType type = type(field, name);
        long dictionary = WireField.NO_DICTIONARY;
        FlatTable encoding = field.tableAt(Arrow.FIELD_DICTIONARY);
        if (encoding != null) {
            dictionary = dictionary(encoding, type, name);
        }
        return new WireField(
                name == null ? "" : name,
                type,
                field.byteAt(Arrow.FIELD_NULLABLE, 0) != 0,
                dictionary,
                metadata(field));
    }

    private static long dictionary(FlatTable encoding, WireType type, @Nullable String name) {
        FlatTable index = encoding.tableAt(Arrow.DICTIONARY_INDEX_TYPE);
        boolean isInt32 =
                index == null
                        || (index.intAt(Arrow.INT_BIT_WIDTH, 0) == 32
                                && index.byteAt(Arrow.INT_SIGNED, 0) != 0);
        long id = encoding.longAt(Arrow.DICTIONARY_ID, 0);
        if (!isInt32 || type.kind() != WireType.Kind.UTF8 || id < 0) {
            throw new ProtocolException(
                    "the Arrow field "
                            + name
                            + " has a dictionary; only Utf8 with int32 indices can");
        }
        return id;
    }

    private static Map<String, String> metadata(FlatTable field) {
        int count = field.vectorLength(Arrow.FIELD_METADATA, 4, MOST_METADATA);
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            FlatTable pair = field.vectorTable(Arrow.FIELD_METADATA, i);
            String key = pair.stringAt(Arrow.KEY);
            String value = pair.stringAt(Arrow.VALUE);
            if (key != null && value != null) {
                metadata.put(key, value);
            }
        }
        return metadata;
    }

    private static WireType type(FlatTable field, @Nullable String name) {
        int code = field.byteAt(Arrow.FIELD_TYPE_TYPE, 0);
        FlatTable type = field.need(Arrow.FIELD_TYPE, "the type of a field");
        WireType read = type(code, type);
        if (read == null) {
            throw new ProtocolException(
                    "the Arrow field "
                            + name
                            + " has a type ("
                            + code
                            + ") that the wire does not carry");
        }
        return read;
    }

    private static @Nullable WireType type(int code, FlatTable type) {
        switch (code) {
            case Arrow.TYPE_NULL:
                return WireType.NULL;
            case Arrow.TYPE_BOOL:
                return WireType.BOOLEAN;
            case Arrow.TYPE_BINARY:
                return WireType.BINARY;
            case Arrow.TYPE_UTF8:
                return WireType.UTF8;
            case Arrow.TYPE_INT:
                return intType(type);
            case Arrow.TYPE_FLOATING_POINT:
                return floatType(type);
            case Arrow.TYPE_DECIMAL:
                return decimalType(type);
            case Arrow.TYPE_DATE:
                return type.shortAt(Arrow.DATE_UNIT, Arrow.DATE_MILLI) == Arrow.DATE_DAY
                        ? WireType.DATE32
                        : null;
            case Arrow.TYPE_TIMESTAMP:
                return timestampType(type);
            default:
                return null;
        }
    }

    private static @Nullable WireType intType(FlatTable type) {
        if (type.byteAt(Arrow.INT_SIGNED, 0) == 0) {
            return null;
        }
        switch (type.intAt(Arrow.INT_BIT_WIDTH, 0)) {
            case 8:
                return WireType.INT8;
            case 16:
                return WireType.INT16;
            case 32:
                return WireType.INT32;
            case 64:
                return WireType.INT64;
            default:
                return null;
        }
    }

    private static @Nullable WireType floatType(FlatTable type) {
        switch (type.shortAt(Arrow.FLOAT_PRECISION, 0)) {
            case Arrow.FLOAT_SINGLE:
                return WireType.FLOAT32;
            case Arrow.FLOAT_DOUBLE:
                return WireType.FLOAT64;
            default:
                return null;
        }
    }

    private static @Nullable WireType decimalType(FlatTable type) {
        int precision = type.intAt(Arrow.DECIMAL_PRECISION, 0);
        int scale = type.intAt(Arrow.DECIMAL_SCALE, 0);
        boolean fits =
                type.intAt(Arrow.DECIMAL_BIT_WIDTH, 128) == 128
                        && precision >= 1
                        && precision <= WireType.DECIMAL_DIGITS
                        && scale >= 0
                        && scale <= precision;
        return fits ? WireType.decimal(precision, scale) : null;
    }

    private static @Nullable WireType timestampType(FlatTable type) {
        int unit = type.shortAt(Arrow.TIMESTAMP_UNIT, 0);
        WireType.Unit[] units = WireType.Unit.values();
        if (unit < 0 || unit >= units.length) {
            return null;
        }
        return WireType.timestamp(units[unit], type.stringAt(Arrow.TIMESTAMP_ZONE));
    }
}
