package io.basaltdb.protocol.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.protocol.frame.FrameBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Arrow Java as the oracle, in both directions: what we write it reads, what it writes we read.
class ArrowOracleTest {
    private static final int MOST_ROWS = 300;

    /// A random table: our columns, and beside them the values as objects.
    private static final class Table {
        final WireSchema schema = withBytes(SampleBatch.schema());
        final List<String> dictionary = new ArrayList<>();
        final List<List<Object>> values = new ArrayList<>();
        final List<ColumnBuffer> columns = new ArrayList<>();
        final int rowCount;

        Table(long seed) {
            Random random = new Random(seed);
            rowCount = random.nextInt(MOST_ROWS);
            int entries = 1 + random.nextInt(20);
            for (int i = 0; i < entries; i++) {
                dictionary.add(SampleBatch.randomText(random));
            }
            for (WireField field : schema.fields()) {
                double nullShare =
                        field.isNullable() && random.nextBoolean() ? random.nextDouble() : 0;
                ColumnBuffer column = ColumnBuffer.of(field.storedType());
                List<Object> list = new ArrayList<>();
                for (int row = 0; row < rowCount; row++) {
                    Object value =
                            random.nextDouble() < nullShare
                                    ? null
                                    : SampleBatch.randomValue(random, field.storedType(), entries);
                    list.add(value);
                    SampleBatch.append(column, value);
                }
                values.add(list);
                columns.add(column);
            }
        }
    }

    private static WireSchema withBytes(WireSchema schema) {
        List<WireField> fields = new ArrayList<>(schema.fields());
        fields.add(WireField.of("bytes", WireType.BINARY, true));
        return new WireSchema(fields);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void arrowReadsWhatWeWrite(long seed) throws Exception {
        Table table = new Table(seed);
        FrameBuffer out = new FrameBuffer(64);
        IpcWriter.writeSchema(out, table.schema);
        TextBuffer first = (TextBuffer) ColumnBuffer.of(WireType.UTF8);
        for (String entry : table.dictionary) {
            first.append(entry);
        }
        IpcWriter.writeDictionaryBatch(out, 0, false, first);
        IpcWriter.writeRecordBatch(out, table.rowCount, table.columns);
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(
                                new ByteArrayInputStream(out.toByteArray()), allocator)) {
            assertTrue(reader.loadNextBatch());
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            assertEquals(table.rowCount, root.getRowCount());
            for (int i = 0; i < table.columns.size(); i++) {
                Field field = root.getSchema().getFields().get(i);
                assertEquals(table.schema.field(i).name(), field.getName());
                assertEquals(table.schema.field(i).metadata(), field.getMetadata());
                compare(table, i, root.getVector(i));
            }
            VarCharVector entries = (VarCharVector) reader.lookup(0).getVector();
            for (int i = 0; i < table.dictionary.size(); i++) {
                assertEquals(table.dictionary.get(i), entries.getObject(i).toString());
            }
        }
    }

    private static void compare(Table table, int column, FieldVector vector) {
        assertEquals(table.columns.get(column).nullCount(), vector.getNullCount());
        for (int row = 0; row < table.rowCount; row++) {
            Object expected = table.values.get(column).get(row);
            assertEquals(expected == null, vector.isNull(row));
            if (expected != null) {
                assertEquals(text(expected), text(arrowValue(vector, row)));
            }
        }
    }

    private static Object arrowValue(FieldVector vector, int row) {
        return switch (vector) {
            case BitVector bits -> bits.get(row) != 0;
            case TinyIntVector bytes -> (long) bytes.get(row);
            case SmallIntVector shorts -> (long) shorts.get(row);
            case IntVector ints -> (long) ints.get(row);
            case BigIntVector longs -> longs.get(row);
            case Float4Vector floats -> (double) floats.get(row);
            case Float8Vector doubles -> doubles.get(row);
            case DateDayVector days -> (long) days.get(row);
            case TimeStampVector stamps -> stamps.get(row);
            case DecimalVector decimals -> halves(decimals.getObject(row));
            case VarCharVector texts -> texts.getObject(row).toString();
            case VarBinaryVector runs -> runs.get(row);
            default -> throw new AssertionError(vector.getClass());
        };
    }

    private static long[] halves(BigDecimal decimal) {
        BigInteger unscaled = decimal.unscaledValue();
        return new long[] {unscaled.shiftRight(64).longValue(), unscaled.longValue()};
    }

    private static String text(Object value) {
        return value instanceof long[] halves
                ? halves[0] + ":" + halves[1]
                : value instanceof byte[] bytes
                        ? HexFormat.of().formatHex(bytes)
                        : value.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void weReadWhatArrowWrites(long seed) throws Exception {
        Table table = new Table(seed);
        byte[] stream = arrowStream(table);
        MessageCutter cutter = new MessageCutter(stream);
        int[] range = cutter.next();
        WireSchema schema = IpcReader.readSchema(stream, range[0], range[1]);
        assertEquals(table.schema.size(), schema.size());
        for (int i = 0; i < schema.size(); i++) {
            assertEquals(table.schema.field(i).type(), schema.field(i).type());
            assertEquals(table.schema.field(i).name(), schema.field(i).name());
            assertEquals(table.schema.field(i).isNullable(), schema.field(i).isNullable());
        }
        IpcReader reader = new IpcReader(schema);
        WireBatch batch = null;
        while ((range = cutter.next()) != null) {
            WireBatch read = reader.read(stream, range[0], range[1]);
            batch = read == null ? batch : read;
        }
        assertEquals(table.rowCount, batch.rowCount());
        for (int i = 0; i < schema.size(); i++) {
            for (int row = 0; row < table.rowCount; row++) {
                compare(table, i, batch.column(i), row);
            }
        }
    }

    private static void compare(Table table, int index, WireColumn column, int row) {
        Object expected = table.values.get(index).get(row);
        assertEquals(expected == null, column.isNull(row));
        if (expected == null) {
            return;
        }
        if (column.field().isEncoded()) {
            String entry = table.dictionary.get(Math.toIntExact((Long) expected));
            assertEquals(entry, column.textAt(row));
            assertArrayEquals(entry.getBytes(StandardCharsets.UTF_8), bytes(column, row));
            return;
        }
        Object actual =
                switch (column.field().type().kind()) {
                    case NULL -> null;
                    case BOOLEAN -> column.booleanAt(row);
                    case INT8, INT16, INT32, INT64, DATE32, TIMESTAMP -> column.longAt(row);
                    case FLOAT32 -> (double) column.float32At(row);
                    case FLOAT64 -> column.float64At(row);
                    case DECIMAL128 ->
                            new long[] {column.decimalHighAt(row), column.decimalLowAt(row)};
                    case UTF8 -> column.textAt(row);
                    case BINARY -> bytes(column, row);
                };
        assertEquals(text(expected), text(actual));
    }

    private static byte[] bytes(WireColumn column, int row) {
        int start = column.textOffset(row);
        return java.util.Arrays.copyOfRange(
                column.textBytes(row), start, start + column.textLength(row));
    }

    /// Writes the table with Arrow Java alone: our schema read back by it, vectors set by its API.
    private static byte[] arrowStream(Table table) throws Exception {
        try (BufferAllocator allocator = new RootAllocator();
                VarCharVector entries = new VarCharVector("entries", allocator)) {
            DictionaryEncoding encoding = new DictionaryEncoding(0, false, null);
            entries.allocateNew();
            for (int i = 0; i < table.dictionary.size(); i++) {
                entries.setSafe(i, table.dictionary.get(i).getBytes(StandardCharsets.UTF_8));
            }
            entries.setValueCount(table.dictionary.size());
            DictionaryProvider.MapDictionaryProvider provider =
                    new DictionaryProvider.MapDictionaryProvider(new Dictionary(entries, encoding));
            List<Field> fields = new ArrayList<>();
            List<FieldVector> vectors = new ArrayList<>();
            for (int i = 0; i < table.columns.size(); i++) {
                WireField field = table.schema.field(i);
                FieldType type =
                        new FieldType(
                                field.isNullable(),
                                ArrowTypes.of(field.storedType()),
                                field.isEncoded() ? encoding : null);
                FieldVector vector = new Field(field.name(), type, null).createVector(allocator);
                fill(vector, table.values.get(i));
                vectors.add(vector);
                fields.add(vector.getField());
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (VectorSchemaRoot root =
                            new VectorSchemaRoot(new Schema(fields), vectors, table.rowCount);
                    ArrowStreamWriter writer =
                            new ArrowStreamWriter(root, provider, Channels.newChannel(bytes))) {
                writer.start();
                writer.writeBatch();
                writer.end();
            }
            return bytes.toByteArray();
        }
    }

    private static void fill(FieldVector vector, List<Object> values) {
        vector.allocateNew();
        for (int row = 0; row < values.size(); row++) {
            Object value = values.get(row);
            if (value == null) {
                if (!(vector instanceof NullVector)) {
                    vector.setNull(row);
                }
                continue;
            }
            switch (vector) {
                case BitVector bits -> bits.setSafe(row, (Boolean) value ? 1 : 0);
                case TinyIntVector bytes -> bytes.setSafe(row, ((Long) value).intValue());
                case SmallIntVector shorts -> shorts.setSafe(row, ((Long) value).intValue());
                case IntVector ints -> ints.setSafe(row, ((Long) value).intValue());
                case BigIntVector longs -> longs.setSafe(row, (Long) value);
                case Float4Vector floats -> floats.setSafe(row, ((Double) value).floatValue());
                case Float8Vector doubles -> doubles.setSafe(row, (Double) value);
                case DateDayVector days -> days.setSafe(row, ((Long) value).intValue());
                case TimeStampVector stamps -> stamps.setSafe(row, (Long) value);
                case DecimalVector decimals -> decimals.setSafe(row, decimal((long[]) value));
                case VarBinaryVector runs -> runs.setSafe(row, (byte[]) value);
                case VarCharVector texts ->
                        texts.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
                default -> throw new AssertionError(vector.getClass());
            }
        }
        vector.setValueCount(values.size());
    }

    private static BigDecimal decimal(long[] halves) {
        byte[] bytes = ByteBuffer.allocate(16).putLong(halves[0]).putLong(halves[1]).array();
        return new BigDecimal(new BigInteger(bytes), 10);
    }

    @Test
    void deltasAppendAndReplacementsReplace() {
        WireSchema schema = WireSchema.of(new WireField("c", WireType.UTF8, true, 0, Map.of()));
        IpcReader reader = new IpcReader(schema);
        read(reader, dictionary(false, "a", "b"));
        WireBatch first = read(reader, codes(1, 0));
        read(reader, dictionary(true, "c"));
        WireBatch second = read(reader, codes(2, 1));
        read(reader, dictionary(false, "x"));
        WireBatch third = read(reader, codes(0, 0));
        assertEquals("b", first.column(0).textAt(0));
        assertEquals("c", second.column(0).textAt(0));
        assertEquals("x", third.column(0).textAt(1));
        assertTrue(first.column(0).textAt(0) == second.column(0).textAt(1));
    }

    private static byte[] dictionary(boolean isDelta, String... entries) {
        FrameBuffer out = new FrameBuffer(64);
        TextBuffer values = (TextBuffer) ColumnBuffer.of(WireType.UTF8);
        for (String entry : entries) {
            values.append(entry);
        }
        IpcWriter.writeDictionaryBatch(out, 0, isDelta, values);
        return out.toByteArray();
    }

    private static byte[] codes(int... codes) {
        FrameBuffer out = new FrameBuffer(64);
        LongBuffer values = (LongBuffer) ColumnBuffer.of(WireType.INT32);
        for (int code : codes) {
            values.append(code);
        }
        IpcWriter.writeRecordBatch(out, codes.length, List.of(values));
        return out.toByteArray();
    }

    private static WireBatch read(IpcReader reader, byte[] message) {
        WireBatch batch = reader.read(message, 0, message.length);
        if (batch == null) {
            assertNull(batch);
        }
        return batch;
    }

    /// Ranges append the same rows as single values do.
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void rangesEqualSingleValues(long seed) {
        Random random = new Random(seed);
        int rows = 1 + random.nextInt(500);
        long[] longs = random.longs(rows).toArray();
        long[] lows = random.longs(rows).toArray();
        double[] doubles = random.doubles(rows).toArray();
        long[] words = random.longs((rows >> 6) + 1).toArray();
        long[] validity = random.nextBoolean() ? null : random.longs((rows >> 6) + 1).toArray();
        int[] selection =
                random.nextBoolean() ? null : random.ints(0, rows).limit(rows).sorted().toArray();
        byte[] heap = new byte[1000];
        int[] start = random.ints(0, 900).limit(rows).toArray();
        int[] length = random.ints(0, 100).limit(rows).toArray();
        int from = random.nextInt(rows);
        Map<String, ColumnBuffer[]> pairs = new HashMap<>();
        for (WireType type :
                List.of(
                        WireType.BOOLEAN,
                        WireType.INT8,
                        WireType.INT16,
                        WireType.INT32,
                        WireType.INT64,
                        WireType.FLOAT32,
                        WireType.FLOAT64,
                        WireType.decimal(38, 0),
                        WireType.UTF8)) {
            pairs.put(
                    type.toString(),
                    new ColumnBuffer[] {ColumnBuffer.of(type), ColumnBuffer.of(type)});
        }
        for (int round = 0; round < 2; round++) {
            for (ColumnBuffer[] pair : pairs.values()) {
                switch (pair[0]) {
                    case BooleanBuffer b -> b.append(words, validity, selection, from, rows);
                    case LongBuffer b -> b.append(longs, validity, selection, from, rows);
                    case DoubleBuffer b -> b.append(doubles, validity, selection, from, rows);
                    case DecimalBuffer b -> b.append(longs, lows, validity, selection, from, rows);
                    case TextBuffer b ->
                            b.append(heap, start, length, validity, selection, from, rows);
                    default -> throw new AssertionError();
                }
                for (int i = from; i < rows; i++) {
                    int row = selection == null ? i : selection[i];
                    boolean isValid = validity == null || (validity[row >> 6] >>> row & 1) != 0;
                    if (!isValid) {
                        pair[1].appendNull();
                        continue;
                    }
                    switch (pair[1]) {
                        case BooleanBuffer b -> b.append((words[row >> 6] >>> row & 1) != 0);
                        case LongBuffer b -> b.append(longs[row]);
                        case DoubleBuffer b -> b.append(doubles[row]);
                        case DecimalBuffer b -> b.append(longs[row], lows[row]);
                        case TextBuffer b -> b.append(heap, start[row], length[row]);
                        default -> throw new AssertionError();
                    }
                }
            }
        }
        pairs.forEach((name, pair) -> assertSameRows(name, pair[0], pair[1]));
    }

    private static void assertSameRows(String name, ColumnBuffer left, ColumnBuffer right) {
        assertEquals(right.rowCount(), left.rowCount(), name);
        assertEquals(right.nullCount(), left.nullCount(), name);
        WireColumn a = roundTrip(left);
        WireColumn b = roundTrip(right);
        for (int row = 0; row < left.rowCount(); row++) {
            assertEquals(b.isNull(row), a.isNull(row), name);
            if (!b.isNull(row)) {
                assertEquals(value(b, row), value(a, row), name);
            }
        }
    }

    private static Object value(WireColumn column, int row) {
        return switch (column.field().type().kind()) {
            case BOOLEAN -> column.booleanAt(row);
            case DECIMAL128 -> column.decimalHighAt(row) + ":" + column.decimalLowAt(row);
            case UTF8 -> column.textAt(row);
            default -> column.longAt(row);
        };
    }

    private static WireColumn roundTrip(ColumnBuffer column) {
        FrameBuffer out = new FrameBuffer(64);
        WireSchema schema = WireSchema.of(WireField.of("c", column.type(), true));
        IpcWriter.writeSchema(out, schema);
        IpcWriter.writeRecordBatch(out, column.rowCount(), List.of(column));
        return new RowReader().read(out.toByteArray()).column(0);
    }
}
