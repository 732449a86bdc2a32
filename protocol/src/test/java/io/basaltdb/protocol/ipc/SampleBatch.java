package io.basaltdb.protocol.ipc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Schemas and batches with every type of the wire: fixed ones and random ones.
public final class SampleBatch {
    private SampleBatch() {}

    public static WireSchema smallSchema() {
        return WireSchema.of(WireField.of("a", WireType.INT64, true));
    }

    /// One column of each type, and one text column with a dictionary.
    public static WireSchema schema() {
        List<WireField> fields = new ArrayList<>();
        fields.add(WireField.of("nothing", WireType.NULL, true));
        fields.add(WireField.of("flag", WireType.BOOLEAN, true));
        fields.add(WireField.of("tiny", WireType.INT8, true));
        fields.add(WireField.of("small", WireType.INT16, true));
        fields.add(WireField.of("whole", WireType.INT32, false));
        fields.add(WireField.of("big", WireType.INT64, true));
        fields.add(WireField.of("narrow", WireType.FLOAT32, true));
        fields.add(WireField.of("wide", WireType.FLOAT64, true));
        fields.add(WireField.of("price", WireType.decimal(38, 10), true));
        fields.add(WireField.of("day", WireType.DATE32, true));
        fields.add(WireField.of("local", WireType.timestamp(WireType.Unit.MICRO, null), true));
        fields.add(WireField.of("instant", WireType.timestamp(WireType.Unit.NANO, "UTC"), true));
        fields.add(
                new WireField(
                        "text",
                        WireType.UTF8,
                        true,
                        WireField.NO_DICTIONARY,
                        Map.of(FieldKey.SQL_TYPE, "TEXT")));
        fields.add(new WireField("colour", WireType.UTF8, true, 0, Map.of()));
        return new WireSchema(fields);
    }

    /// Three rows for [#schema]: values, other values, nulls where the column allows them.
    public static List<ColumnBuffer> columns() {
        List<ColumnBuffer> columns = new ArrayList<>();
        for (WireField field : schema().fields()) {
            ColumnBuffer column = ColumnBuffer.of(field.storedType());
            append(column, 1);
            append(column, -1);
            if (field.isNullable()) {
                column.appendNull();
            } else {
                append(column, 0);
            }
            columns.add(column);
        }
        return columns;
    }

    private static void append(ColumnBuffer column, int value) {
        switch (column.type().kind()) {
            case NULL -> column.appendNull();
            case BOOLEAN -> ((BooleanBuffer) column).append(value > 0);
            case INT8, INT16, INT64, DATE32, TIMESTAMP -> ((LongBuffer) column).append(value);
            case INT32 -> ((LongBuffer) column).append(Math.abs(value));
            case FLOAT32, FLOAT64 -> ((DoubleBuffer) column).append(value * 1.5);
            case DECIMAL128 -> ((DecimalBuffer) column).append(value >> 31, value);
            case UTF8 -> ((TextBuffer) column).append(value > 0 ? "käse" : "");
            case BINARY -> ((TextBuffer) column).append(new byte[] {(byte) value, 0}, 0, 2);
        }
    }

    /// A value of a random row: Long, Double, Boolean, String, long[]{high, low} or null.
    public static Object randomValue(Random random, WireType type, int dictionarySize) {
        return switch (type.kind()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT8 -> (long) (byte) random.nextInt();
            case INT16 -> (long) (short) random.nextInt();
            case INT32 -> (long) random.nextInt(Math.max(1, dictionarySize));
            case DATE32 -> (long) random.nextInt();
            case INT64, TIMESTAMP -> random.nextLong();
            case FLOAT32 -> (double) random.nextFloat();
            case FLOAT64 -> random.nextDouble();
            case DECIMAL128 -> new long[] {random.nextLong() >> 8, random.nextLong()};
            case UTF8 -> randomText(random);
            case BINARY -> {
                byte[] bytes = new byte[random.nextInt(9)];
                random.nextBytes(bytes);
                yield bytes;
            }
        };
    }

    public static String randomText(Random random) {
        int length = random.nextInt(4) == 0 ? random.nextInt(200) : random.nextInt(8);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    random.nextInt(10) == 0
                            ? 0x1F600 + random.nextInt(40)
                            : 'a' + random.nextInt(26));
        }
        return text.toString();
    }

    public static void append(ColumnBuffer column, Object value) {
        if (value == null) {
            column.appendNull();
            return;
        }
        switch (column) {
            case BooleanBuffer booleans -> booleans.append((Boolean) value);
            case LongBuffer longs -> longs.append((Long) value);
            case DoubleBuffer doubles -> doubles.append((Double) value);
            case DecimalBuffer decimals ->
                    decimals.append(((long[]) value)[0], ((long[]) value)[1]);
            case TextBuffer texts when value instanceof byte[] bytes ->
                    texts.append(bytes, 0, bytes.length);
            case TextBuffer texts -> texts.append((String) value);
            default -> throw new AssertionError(column);
        }
    }
}
