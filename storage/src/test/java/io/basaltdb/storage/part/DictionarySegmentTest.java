package io.basaltdb.storage.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.testkit.VectorValues;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Dictionaries of more than a megabyte: read as a whole or block by block, they give the same strings.
class DictionarySegmentTest {
    private static final int DISTINCT = 40_000;
    private static final int ROWS = 120_000;

    private final Disk disk = new MemoryDisk("memory", 1L << 30);
    private final PartId id = PartId.random(new Random(5)::nextLong);
    private final int[] words = new int[ROWS];
    private PartSummary summary;

    private static Value word(int number) {
        return Value.of("https://example.org/catalogue/" + number * 7919L % DISTINCT + "/item");
    }

    @BeforeEach
    void write() {
        disk.createDirectory("parts");
        Random random = new Random(6);
        byte[][] distinct = new byte[DISTINCT][];
        for (int i = 0; i < DISTINCT; i++) {
            distinct[i] = ((Value.Bytes) word(i)).value();
        }
        PartDescription description =
                new PartDescription(
                        id,
                        1,
                        1,
                        List.of(new PartColumn(1, Type.TEXT, false)),
                        List.of(),
                        ROWS,
                        4096,
                        List.of());
        try (PartWriter writer = PartWriter.create(disk, id.path(), description)) {
            try (ColumnAppender column = writer.column(1)) {
                for (int from = 0; from < ROWS; from += 10_000) {
                    StringBuilder heap = new StringBuilder();
                    int[] start = new int[10_000];
                    int[] length = new int[10_000];
                    for (int i = 0; i < 10_000; i++) {
                        words[from + i] = random.nextInt(DISTINCT);
                        byte[] text = distinct[words[from + i]];
                        start[i] = heap.length();
                        length[i] = text.length;
                        heap.append(new String(text, StandardCharsets.UTF_8));
                    }
                    byte[] bytes = heap.toString().getBytes(StandardCharsets.UTF_8);
                    column.append(
                            new BytesVector(Type.TEXT, 10_000, bytes, start, length, null), null);
                }
            }
            summary = writer.finish();
        }
    }

    @Test
    void allStringsComeBackWithOneDictionary() {
        try (PartReader part = PartReader.open(disk.open(id.path()), id);
                PartCursor cursor = part.cursor(List.of(1));
                PartCursor other = part.cursor(List.of(1))) {
            Dictionary dictionary = null;
            for (int g = 0; g < part.granuleCount(); g++) {
                cursor.seek(g);
                DictionaryVector vector =
                        assertInstanceOf(DictionaryVector.class, cursor.read(1, null));
                assertTrue(vector.dictionary().isOrdered());
                if (dictionary != null) {
                    assertSame(dictionary, vector.dictionary());
                }
                dictionary = vector.dictionary();
                for (int row = 0; row < vector.size(); row += 17) {
                    assertEquals(word(words[g * 4096 + row]), VectorValues.at(vector, row));
                }
            }
            other.seek(3);
            DictionaryVector again = (DictionaryVector) other.read(1, null);
            assertSame(dictionary, again.dictionary());
            BytesVector values = (BytesVector) dictionary.values();
            for (int code = 1; code < values.size(); code++) {
                Value before = VectorValues.at(values, code - 1);
                assertTrue(Value.compare(before, VectorValues.at(values, code)) < 0);
            }
        }
        assertEquals(List.of(), PartCheck.problems(disk, id.path(), summary));
    }

    @Test
    void aFewStringsAreReadBlockByBlock() {
        try (PartReader part = PartReader.open(disk.open(id.path()), id);
                PartCursor cursor = part.cursor(List.of(1))) {
            cursor.seek(7);
            Selection wanted = new Selection(new int[] {3, 99, 4000}, 3);
            Vector some = cursor.read(1, wanted);
            assertInstanceOf(BytesVector.class, some);
            for (int i = 0; i < 3; i++) {
                int row = wanted.rows()[i];
                assertEquals(word(words[7 * 4096 + row]), VectorValues.at(some, row));
            }
            assertTrue(cursor.bytesRead() < 100_000, "read " + cursor.bytesRead());
            Vector all = cursor.read(1, null);
            for (int row = 0; row < all.size(); row++) {
                assertEquals(word(words[7 * 4096 + row]), VectorValues.at(all, row));
            }
        }
    }

    @Test
    void rangesFindTheSameRowsEitherWay() {
        try (PartReader part = PartReader.open(disk.open(id.path()), id)) {
            for (boolean whole : new boolean[] {false, true}) {
                try (PartCursor cursor = part.cursor(List.of(1))) {
                    if (whole) {
                        cursor.seek(0);
                        cursor.read(1, null);
                    }
                    check(part, cursor, Ranges.point(word(17)));
                    check(part, cursor, Ranges.point(Value.of("https://example.org/nowhere")));
                    check(
                            part,
                            cursor,
                            Ranges.of(new Ranges.Interval(word(5), false, word(6), false)));
                    check(
                            part,
                            cursor,
                            Ranges.of(new Ranges.Interval(word(6), true, word(5), true)));
                    check(
                            part,
                            cursor,
                            Ranges.points(
                                    Arrays.asList(
                                            word(1), word(2), word(3), word(4), word(9),
                                            word(10))));
                }
            }
        }
    }

    private void check(PartReader part, PartCursor cursor, Ranges ranges) {
        for (int g = 0; g < part.granuleCount(); g += 5) {
            cursor.seek(g);
            Selection found = cursor.select(1, ranges, null);
            int at = 0;
            for (int row = 0; row < part.rowCount(g); row++) {
                boolean allowed =
                        ranges.intervals().stream()
                                        .allMatch(i ->
                                                i.low() == null
                                                        || i.high() == null
                                                        || Value.compare(i.low(), i.high()) <= 0)
                                && ranges.contains(word(words[g * 4096 + row]));
                if (allowed) {
                    assertEquals(row, found.rows()[at++]);
                }
            }
            assertEquals(at, found.count());
        }
    }
}
