package io.basaltdb.storage.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.AppendWriter;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.io.RandomReader;
import io.basaltdb.storage.testkit.RandomVectors;
import io.basaltdb.storage.testkit.VectorValues;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Any byte of a file may be wrong: what is read is right, or the reader says where the damage is.
class PartDamageTest {
    private static final int ROWS = 330;
    private static final int GRANULE_ROWS = 128;

    private final MemoryDisk disk = new MemoryDisk("memory", 1L << 30);
    private final List<List<Value>> expected = new ArrayList<>();
    private final PartId id = PartId.random(new Random(7)::nextLong);
    private PartSummary summary;
    private byte[] good;

    @BeforeEach
    void write() {
        disk.createDirectory("parts");
        RandomVectors random = new RandomVectors(42);
        List<PartColumn> columns = new ArrayList<>();
        List<Vector> values = new ArrayList<>();
        columns.add(new PartColumn(0, Type.BIGINT, false));
        values.add(sorted());
        columns.add(new PartColumn(1, Type.TEXT, false));
        values.add(words());
        for (Type type : RandomVectors.TYPES) {
            columns.add(new PartColumn(columns.size(), type, true));
            values.add(random.flat(type, ROWS, true));
        }
        PartDescription description =
                new PartDescription(
                        id, 9, 3, columns, List.of(0), ROWS, GRANULE_ROWS, List.of(Value.of(7)));
        try (PartWriter writer = PartWriter.create(disk, id.path(), description)) {
            for (int i = 0; i < columns.size(); i++) {
                try (ColumnAppender column = writer.column(i)) {
                    column.append(values.get(i), null);
                }
                expected.add(VectorValues.list(values.get(i)));
            }
            try (CommitAppender births = writer.births()) {
                births.append(((LongVector) values.get(0)).values(), ROWS);
            }
            summary = writer.finish();
        }
        good = bytes(id.path());
    }

    private static Vector sorted() {
        long[] values = new long[ROWS];
        for (int i = 0; i < ROWS; i++) {
            values[i] = 100 + i / 3;
        }
        return new LongVector(Type.BIGINT, ROWS, values, null);
    }

    private static Vector words() {
        byte[] heap = "alpha beta gamma delta".getBytes(StandardCharsets.UTF_8);
        int[] start = new int[ROWS];
        int[] length = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            start[i] = List.of(0, 6, 11, 17).get(i * 7 % 4);
            length[i] = 4;
        }
        return new BytesVector(Type.TEXT, ROWS, heap, start, length, null);
    }

    private byte[] bytes(String path) {
        try (RandomReader reader = disk.open(path)) {
            byte[] bytes = new byte[(int) reader.sizeBytes()];
            reader.read(0, bytes, 0, bytes.length);
            return bytes;
        }
    }

    private void replace(byte[] bytes) {
        disk.delete(id.path());
        try (AppendWriter writer = disk.create(id.path(), 0)) {
            writer.append(bytes, 0, bytes.length);
        }
    }

    /// Reads everything and compares it; a wrong value fails the test, damage that is reported does not.
    ///
    /// @return the damage that was reported
    private List<BasaltException> readAll() {
        List<BasaltException> damage = new ArrayList<>();
        try (PartReader part = PartReader.open(disk.open(id.path()), id)) {
            List<Integer> all =
                    part.description().columns().stream().map(PartColumn::columnId).toList();
            assertEquals(expected.size(), all.size());
            for (int column : all) {
                try (PartCursor cursor = part.cursor(List.of(column))) {
                    readColumn(part, cursor, column);
                } catch (BasaltException e) {
                    damage.add(e);
                }
            }
            try {
                part.sparseIndex();
            } catch (BasaltException e) {
                damage.add(e);
            }
        } catch (BasaltException e) {
            damage.add(e);
        }
        return damage;
    }

    private void readColumn(PartReader part, PartCursor cursor, int column) {
        for (int g = 0; g < part.granuleCount(); g++) {
            cursor.seek(g);
            int from = g * GRANULE_ROWS;
            List<Value> values = expected.get(column).subList(from, from + part.rowCount(g));
            assertEquals(values, VectorValues.list(cursor.read(column, null)));
            Value some = values.get(values.size() / 2);
            if (!some.isNull()) {
                long found = values.stream().filter(v -> Value.compare(v, some) == 0).count();
                assertEquals(found, cursor.select(column, Ranges.point(some), null).count());
            }
            if (column == 0) {
                long[] births = cursor.births();
                for (int i = 0; i < part.rowCount(g); i++) {
                    assertEquals(values.get(i), Value.of(births[i]));
                }
            }
        }
    }

    @Test
    void anUndamagedPartIsRead() {
        assertEquals(List.of(), readAll());
        assertEquals(List.of(), PartCheck.problems(disk, id.path(), summary));
        assertEquals(List.of(), PartCheck.problems(disk, id.path(), null));
    }

    @Tag("D6")
    @Test
    void aFlippedBitInEveryByteIsFoundOrHarmless() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("-Dtest.seed=" + seed);
        Random random = new Random(seed);
        for (int at = 0; at < good.length; at++) {
            flip(at, random.nextInt(8), random.nextInt(25) == 0);
        }
    }

    @Tag("D6")
    @Test
    @Tag("long")
    void everyFlippedBitIsFoundOrHarmless() {
        for (int at = 0; at < good.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                flip(at, bit, true);
            }
        }
    }

    private void flip(int at, int bit, boolean walks) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) (1 << bit);
        replace(bad);
        for (BasaltException damage : readAll()) {
            assertNamed(damage);
        }
        if (walks) {
            List<String> problems = PartCheck.problems(disk, id.path(), summary);
            assertFalse(problems.isEmpty(), "byte " + at + ", bit " + bit);
        }
    }

    private void assertNamed(BasaltException damage) {
        assertTrue(
                damage.code() == ErrorCode.SEGMENT_CORRUPT
                        || damage.code() == ErrorCode.PART_CORRUPT
                        || damage.code() == ErrorCode.FORMAT_TOO_NEW,
                damage.text());
        assertTrue(damage.text().contains(id.toString()), damage.text());
    }

    @Tag("D8")
    @Test
    void cutAndExtendedFilesAreFound() {
        for (int length = 0; length < good.length; length += 1 + length / 50) {
            replace(Arrays.copyOf(good, length));
            assertRefused();
        }
        for (int more : List.of(1, 32, 4096)) {
            replace(Arrays.copyOf(good, good.length + more));
            assertRefused();
        }
    }

    private void assertRefused() {
        BasaltException damage =
                assertThrows(
                        BasaltException.class, () -> PartReader.open(disk.open(id.path()), id));
        assertNamed(damage);
        assertFalse(PartCheck.problems(disk, id.path(), summary).isEmpty());
    }

    @Tag("D8")
    @Test
    void anotherPartUnderThisNameIsFound() {
        byte[] first = good;
        PartId other = PartId.random(new Random(8)::nextLong);
        BasaltException damage =
                assertThrows(
                        BasaltException.class, () -> PartReader.open(disk.open(id.path()), other));
        assertEquals(ErrorCode.PART_CORRUPT, damage.code());
        assertTrue(damage.text().contains(other.toString()));
        assertEquals(first.length, good.length);
    }

    @Tag("D8")
    @Test
    void swappedGranulesAreFound() {
        try (PartReader part = PartReader.open(disk.open(id.path()), id)) {
            // Column 0 and the births have equal values, so their granules are equal byte by byte
            // but for their checksums' seeds.
            long first = part.footer().segments().get(0).startPosition();
            long births = part.footer().births().startPosition();
            assertEquals(
                    part.footer().segments().get(0).encodedBytes(),
                    part.footer().births().encodedBytes());
            int indexOffset = (int) (part.footer().segments().get(0).indexPosition() - first);
            byte[] bad = good.clone();
            int length = (int) part.footer().births().encodedBytes();
            System.arraycopy(
                    good,
                    (int) births + indexOffset,
                    bad,
                    (int) first + indexOffset,
                    length - indexOffset);
            replace(bad);
        }
        List<BasaltException> damage = readAll();
        assertEquals(1, damage.size());
        assertTrue(damage.getFirst().text().contains("column 0"), damage.getFirst().text());
    }

    @Tag("D14")
    @Test
    void unknownFeaturesAreRefusedByName() {
        byte[] header = PartHeader.write(id, "teleportation");
        byte[] bad = new byte[header.length + 1000];
        System.arraycopy(header, 0, bad, 0, header.length);
        replace(bad);
        BasaltException refused =
                assertThrows(
                        BasaltException.class, () -> PartReader.open(disk.open(id.path()), id));
        assertEquals(ErrorCode.FORMAT_TOO_NEW, refused.code());
        assertTrue(refused.text().contains("teleportation"));
    }

    @Test
    void aWriterThatIsNotFinishedLeavesNothing() {
        PartId other = PartId.random(new Random(9)::nextLong);
        PartDescription description =
                new PartDescription(
                        other,
                        1,
                        1,
                        List.of(new PartColumn(1, Type.BIGINT, false)),
                        List.of(),
                        1,
                        4096,
                        List.of());
        PartWriter.create(disk, other.path(), description).close();
        assertFalse(disk.exists(other.path()));
    }
}
