package io.basaltdb.storage.part;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.io.RandomReader;
import io.basaltdb.storage.testkit.VectorValues;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Parts of every released format stay readable: the bytes of one part of format 1 are kept beside this test. With the property
/// `basalt.golden` set to a directory, the file is written there anew (which only a new format version may ask for).
class PartFormatTest {
    private static final int ROWS = 300;
    private static final PartId ID =
            new PartId(UUID.fromString("6ba7b810-9dad-41d1-80b4-00c04fd430c8"));
    private static final PartDescription DESCRIPTION =
            new PartDescription(
                    ID,
                    12,
                    2,
                    List.of(
                            new PartColumn(1, Type.BIGINT, false),
                            new PartColumn(2, Type.TEXT, false),
                            new PartColumn(3, Type.DOUBLE, true),
                            new PartColumn(4, Type.BOOLEAN, false),
                            new PartColumn(7, new Type.Decimal(38, 2), false),
                            new PartColumn(8, Type.TEXT, false)),
                    List.of(1),
                    ROWS,
                    128,
                    List.of(Value.of("2026-11")));

    private static List<Vector> columns() {
        long[] keys = new long[ROWS];
        double[] numbers = new double[ROWS];
        long[] validity = new long[(ROWS + 63) / 64];
        long[] bits = new long[validity.length];
        long[] high = new long[ROWS];
        long[] low = new long[ROWS];
        StringBuilder heap = new StringBuilder("northsoutheastwest");
        int[] wordStart = new int[ROWS];
        int[] wordLength = new int[ROWS];
        int[] textStart = new int[ROWS];
        int[] textLength = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            keys[i] = 1_000_000L + i * 3L + i % 2;
            numbers[i] = i * 0.25;
            validity[i >> 6] |= (i % 5 == 0 ? 0L : 1L) << i;
            bits[i >> 6] |= (long) (i / 7 % 2) << i;
            high[i] = i % 3 - 1;
            low[i] = i * 0x9E37_79B9_7F4A_7C15L;
            wordStart[i] = List.of(0, 5, 10, 14).get(i % 4);
            wordLength[i] = i % 4 < 2 ? 5 : 4;
            String text = "row " + i * 7919;
            textStart[i] = heap.length();
            textLength[i] = text.length();
            heap.append(text);
        }
        byte[] bytes = heap.toString().getBytes(StandardCharsets.UTF_8);
        return List.of(
                new LongVector(Type.BIGINT, ROWS, keys, null),
                new BytesVector(Type.TEXT, ROWS, bytes, wordStart, wordLength, null),
                new DoubleVector(Type.DOUBLE, ROWS, numbers, validity),
                new BitVector(Type.BOOLEAN, ROWS, bits, null),
                new WideVector(new Type.Decimal(38, 2), ROWS, high, low, null),
                new BytesVector(Type.TEXT, ROWS, bytes, textStart, textLength, null));
    }

    private static byte[] written() {
        MemoryDisk disk = new MemoryDisk("memory", 1 << 24);
        disk.createDirectory("parts");
        List<Vector> columns = columns();
        try (PartWriter writer = PartWriter.create(disk, ID.path(), DESCRIPTION)) {
            for (int i = 0; i < columns.size(); i++) {
                try (ColumnAppender column =
                        writer.column(DESCRIPTION.columns().get(i).columnId())) {
                    column.append(columns.get(i), null);
                }
            }
            writer.births(5, 17);
            writer.finish();
        }
        try (RandomReader reader = disk.open(ID.path())) {
            byte[] bytes = new byte[(int) reader.sizeBytes()];
            reader.read(0, bytes, 0, bytes.length);
            return bytes;
        }
    }

    private static byte[] golden(String name) {
        try (InputStream stream =
                Objects.requireNonNull(PartFormatTest.class.getResourceAsStream(name))) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theSameRowsGiveTheSameBytes() throws IOException {
        byte[] written = written();
        String directory = System.getProperty("basalt.golden");
        if (directory != null) {
            Files.write(Path.of(directory, "format-1.part"), written);
        }
        assertArrayEquals(golden("format-1.part"), written);
    }

    /// Parts of this form are still about: their LZ4 blocks are of another compressor.
    @ParameterizedTest
    @ValueSource(strings = {"format-1.part", "format-1-earlier.part"})
    void aPartOfFormat1IsRead(String name) {
        MemoryDisk disk = new MemoryDisk("memory", 1 << 24);
        disk.createDirectory("parts");
        byte[] bytes = golden(name);
        try (AppendWriter writer = disk.create(ID.path(), 0)) {
            writer.append(bytes, 0, bytes.length);
        }
        List<Vector> columns = columns();
        try (PartReader part = PartReader.open(disk.open(ID.path()), ID)) {
            assertEquals(DESCRIPTION, part.description());
            assertEquals(5, part.summary().minBirth());
            assertEquals(17, part.summary().maxBirth());
            List<Integer> ids = DESCRIPTION.columns().stream().map(PartColumn::columnId).toList();
            try (PartCursor cursor = part.cursor(ids)) {
                for (int g = 0; g < part.granuleCount(); g++) {
                    cursor.seek(g);
                    for (int i = 0; i < ids.size(); i++) {
                        List<Value> all = VectorValues.list(columns.get(i));
                        assertEquals(
                                all.subList(g * 128, g * 128 + part.rowCount(g)),
                                VectorValues.list(cursor.read(ids.get(i), null)));
                    }
                }
            }
        }
        assertEquals(List.of(), PartCheck.problems(disk, ID.path(), null));
    }
}
