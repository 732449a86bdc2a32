package io.basaltdb.protocol.ipc;

import java.util.Map;

/// Turns a schema into the table `Schema` of Arrow's metadata.
final class SchemaWriter {
    private final FlatWriter flat;

    SchemaWriter(FlatWriter flat) {
        this.flat = flat;
    }

    int write(WireSchema schema) {
        int[] fields = new int[schema.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = field(schema.field(i));
        }
        int vector = flat.vector(fields);
        flat.beginTable(Arrow.SCHEMA_SLOTS);
        flat.addReference(Arrow.SCHEMA_FIELDS, vector);
        return flat.endTable();
    }

    private int field(WireField field) {
        int name = flat.string(field.name());
        int type = type(field.type());
        int dictionary = field.isEncoded() ? dictionary(field.dictionary()) : 0;
        int children = flat.vector(new int[0]);
        int metadata = field.metadata().isEmpty() ? 0 : metadata(field.metadata());
        flat.beginTable(Arrow.FIELD_SLOTS);
        flat.addReference(Arrow.FIELD_NAME, name);
        flat.addByte(Arrow.FIELD_NULLABLE, field.isNullable() ? 1 : 0);
        flat.addByte(Arrow.FIELD_TYPE_TYPE, typeCode(field.type()));
        flat.addReference(Arrow.FIELD_TYPE, type);
        if (dictionary != 0) {
            flat.addReference(Arrow.FIELD_DICTIONARY, dictionary);
        }
        flat.addReference(Arrow.FIELD_CHILDREN, children);
        if (metadata != 0) {
            flat.addReference(Arrow.FIELD_METADATA, metadata);
        }
        return flat.endTable();
    }

    private int dictionary(long id) {
        int index = intType(32);
        flat.beginTable(Arrow.DICTIONARY_SLOTS);
        flat.addLong(Arrow.DICTIONARY_ID, id);
        flat.addReference(Arrow.DICTIONARY_INDEX_TYPE, index);
        return flat.endTable();
    }

    private int metadata(Map<String, String> metadata) {
        int[] pairs = new int[metadata.size()];
        int next = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            int key = flat.string(entry.getKey());
            int value = flat.string(entry.getValue());
            flat.beginTable(Arrow.KEY_VALUE_SLOTS);
            flat.addReference(Arrow.KEY, key);
            flat.addReference(Arrow.VALUE, value);
            pairs[next++] = flat.endTable();
        }
        return flat.vector(pairs);
    }

    private static int typeCode(WireType type) {
        switch (type.kind()) {
            case NULL:
                return Arrow.TYPE_NULL;
            case BOOLEAN:
                return Arrow.TYPE_BOOL;
            case INT8:
            case INT16:
            case INT32:
            case INT64:
                return Arrow.TYPE_INT;
            case FLOAT32:
            case FLOAT64:
                return Arrow.TYPE_FLOATING_POINT;
            case DECIMAL128:
                return Arrow.TYPE_DECIMAL;
            case DATE32:
                return Arrow.TYPE_DATE;
            case TIMESTAMP:
                return Arrow.TYPE_TIMESTAMP;
            case UTF8:
                return Arrow.TYPE_UTF8;
            case BINARY:
                return Arrow.TYPE_BINARY;
        }
        throw new AssertionError(type);
    }

    private int type(WireType type) {
        switch (type.kind()) {
            case INT8:
            case INT16:
            case INT32:
            case INT64:
                return intType(type.kind().valueBytes() * 8);
            case FLOAT32:
                return floatType(Arrow.FLOAT_SINGLE);
            case FLOAT64:
                return floatType(Arrow.FLOAT_DOUBLE);
            case DECIMAL128:
                return decimalType(type);
            case DATE32:
                return dateType();
            case TIMESTAMP:
                return timestampType(type);
            case NULL:
            case BOOLEAN:
            case UTF8:
            case BINARY:
                return emptyType();
        }
        throw new AssertionError(type);
    }

    private int intType(int bits) {
        flat.beginTable(2);
        flat.addInt(Arrow.INT_BIT_WIDTH, bits);
        flat.addByte(Arrow.INT_SIGNED, 1);
        return flat.endTable();
    }

    private int floatType(int precision) {
        flat.beginTable(1);
        flat.addShort(Arrow.FLOAT_PRECISION, precision);
        return flat.endTable();
    }

    private int decimalType(WireType type) {
        flat.beginTable(3);
        flat.addInt(Arrow.DECIMAL_PRECISION, type.precision());
        flat.addInt(Arrow.DECIMAL_SCALE, type.scale());
        flat.addInt(Arrow.DECIMAL_BIT_WIDTH, 128);
        return flat.endTable();
    }

    private int dateType() {
        flat.beginTable(1);
        flat.addShort(Arrow.DATE_UNIT, Arrow.DATE_DAY);
        return flat.endTable();
    }

    private int timestampType(WireType type) {
        String zone = type.zone();
        int zonePosition = zone == null ? 0 : flat.string(zone);
        flat.beginTable(2);
        flat.addShort(Arrow.TIMESTAMP_UNIT, type.unit().code());
        if (zone != null) {
            flat.addReference(Arrow.TIMESTAMP_ZONE, zonePosition);
        }
        return flat.endTable();
    }

    private int emptyType() {
        flat.beginTable(0);
        return flat.endTable();
    }
}
