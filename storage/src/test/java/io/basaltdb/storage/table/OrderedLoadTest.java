package io.basaltdb.storage.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.Database;
import io.basaltdb.storage.DatabaseCheck;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.ModelDatabase;
import io.basaltdb.storage.testkit.RandomVectors;
import io.basaltdb.storage.testkit.SimulatedDisk;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// Rows that come in the order of the sort key are encoded as they come: the parts are, byte for byte, those of rows that were kept and sorted.
final class OrderedLoadTest {
    private static final int ROWS_PER_PART = 9000;
    private static final int NEVER = Integer.MAX_VALUE;

    private static Database open(SimulatedDisk disk, int partRows, int leastRows) {
        return Database.open(
                disk,
                new ManualClock(),
                DatabaseOptions.defaults()
                        .withManualSteps(new Random(7))
                        .withBulk(1 << 30, partRows, 1 << 30, leastRows));
    }

    @RepeatedTest(25)
    void writesTheBytesOfSortedRows(RepetitionInfo info) {
        RandomVectors vectors = new RandomVectors(8100 + info.getCurrentRepetition());
        Random random = vectors.random();
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            columns.add(new ColumnDefinition(i + 1, "c" + i, type(vectors), true, null));
        }
        List<Integer> key = new ArrayList<>();
        for (int k = 0; k < columns.size() && random.nextBoolean(); k++) {
            key.add(columns.get(columns.size() - 1 - k).id());
        }
        TableDefinition definition =
                new TableDefinition(
                        0, "main", "t", 1, columns, key, List.of(), List.of(), Map.of());
        List<Batch> batches = batches(vectors, definition, 2 * ROWS_PER_PART + 5000);

        SimulatedDisk asTheyCome = new SimulatedDisk();
        int ordered = load(asTheyCome, definition, batches, 100 + random.nextInt(6000));
        SimulatedDisk sorted = new SimulatedDisk();
        int plain = load(sorted, definition, batches, NEVER);

        assertEquals(2, plain);
        assertTrue(ordered == 2 || ordered == 3, ordered + " parts");
        for (String path : parts(sorted)) {
            assertArrayEquals(
                    sorted.content(path),
                    asTheyCome.content(path),
                    () -> path + ": columns " + columns + ", key " + key);
        }
        assertEquals(List.of(), DatabaseCheck.problems(asTheyCome));
    }

    /// Some type that needs no definition of its own.
    private static Type type(RandomVectors vectors) {
        Type type = vectors.type();
        return type instanceof Type.Enumeration ? Type.TEXT : type;
    }

    private static List<String> parts(SimulatedDisk disk) {
        return disk.files().stream().filter(path -> path.startsWith("parts/")).toList();
    }

    /// Loads the batches in one transaction; returns how many parts that made before the commit.
    private static int load(
            SimulatedDisk disk, TableDefinition definition, List<Batch> batches, int leastRows) {
        try (Database database = open(disk, ROWS_PER_PART, leastRows);
                Transaction transaction = database.begin()) {
            int table = transaction.createTable(definition, false).id();
            try (Appender appender = transaction.appender(table)) {
                batches.forEach(appender::append);
            }
            int written = parts(disk).size();
            transaction.commit();
            return written;
        }
    }

    /// Random rows in the order of the key, cut into batches of random sizes; texts in both forms.
    private static List<Batch> batches(
            RandomVectors vectors, TableDefinition definition, int rows) {
        RowStore store = new RowStore(DatabaseState.types(definition), false, 0);
        while (store.rowCount() < rows) {
            List<Vector> columns = new ArrayList<>();
            int size = 1 + vectors.random().nextInt(2000);
            for (ColumnDefinition column : definition.columns()) {
                columns.add(vectors.vector(column.type(), size, vectors.random().nextBoolean()));
            }
            store.append(columns, size, null, 0);
        }
        DeltaView view = store.view();
        int[] order = SortOrder.sorted(view, SortOrder.all(view), SealJob.positions(definition));
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < order.length; ) {
            int count = Math.min(1 + vectors.random().nextInt(Batch.MAX_ROWS), order.length - from);
            List<Vector> columns = new ArrayList<>();
            for (int i = 0; i < definition.columns().size(); i++) {
                Vector[] chunks = new Vector[view.chunkCount()];
                for (int c = 0; c < chunks.length; c++) {
                    chunks[c] = view.chunks()[c].columns()[i].vector(view.rows(c));
                }
                Type type = definition.columns().get(i).type();
                Vector flat = Gather.rows(type, chunks, order, from, count);
                columns.add(vectors.random().nextInt(3) == 0 ? coded(flat) : flat);
            }
            batches.add(new Batch(count, columns));
            from += count;
        }
        return batches;
    }

    /// Texts as codes into a dictionary of the batch, in the order of their first appearance.
    private static Vector coded(Vector flat) {
        if (!(flat instanceof BytesVector text)) {
            return flat;
        }
        Map<String, Integer> known = new HashMap<>();
        int[] codes = new int[text.size()];
        int[] start = new int[text.size()];
        int[] length = new int[text.size()];
        int size = 0;
        for (int i = 0; i < codes.length; i++) {
            if (!text.isNull(i)) {
                String value =
                        new String(
                                text.heap(),
                                text.start()[i],
                                text.length()[i],
                                StandardCharsets.ISO_8859_1);
                Integer code = known.putIfAbsent(value, size);
                codes[i] = code == null ? size : code;
                if (code == null) {
                    start[size] = text.start()[i];
                    length[size++] = text.length()[i];
                }
            }
        }
        return size == 0
                ? flat
                : new DictionaryVector(
                        text.size(),
                        codes,
                        new Dictionary(
                                new BytesVector(
                                        text.type(), size, text.heap(), start, length, null),
                                false),
                        text.validity());
    }

    /// Rows in any order, whose texts are kept as codes until they are sorted.
    @RepeatedTest(25)
    void writesTheSameBytesOfCodesAsOfTexts(RepetitionInfo info) {
        RandomVectors vectors = new RandomVectors(8600 + info.getCurrentRepetition());
        Random random = vectors.random();
        List<Type> texts = List.of(Type.TEXT, Type.VARBINARY, Type.JSON);
        List<ColumnDefinition> columns = new ArrayList<>();
        columns.add(new ColumnDefinition(1, "number", Type.INTEGER, true, null));
        for (int i = 1; i <= 1 + random.nextInt(3); i++) {
            Type type = texts.get(random.nextInt(texts.size()));
            columns.add(new ColumnDefinition(i + 1, "c" + i, type, true, null));
        }
        List<Integer> key = random.nextBoolean() ? List.of(1) : List.of(2, 1);
        TableDefinition definition =
                new TableDefinition(
                        0, "main", "t", 1, columns, key, List.of(), List.of(), Map.of());
        List<Batch> flat = new ArrayList<>();
        List<Batch> coded = new ArrayList<>();
        boolean mixed = random.nextBoolean();
        for (int rows = 0; rows < 2 * ROWS_PER_PART; ) {
            int size = 1 + random.nextInt(random.nextInt(8) == 0 ? 20 : 3000);
            Selection selection = vectors.selection(size);
            List<Vector> asTexts = new ArrayList<>();
            List<Vector> asCodes = new ArrayList<>();
            for (int c = 0; c < columns.size(); c++) {
                Vector vector = vectors.flat(columns.get(c).type(), size, random.nextBoolean());
                asTexts.add(vector);
                Vector before = coded.isEmpty() ? vector : coded.getLast().column(c);
                boolean same = before instanceof DictionaryVector && random.nextBoolean();
                if (same) {
                    DictionaryVector codes = again((DictionaryVector) before, size, random);
                    asTexts.set(c, FlatVectors.flat(codes));
                    asCodes.add(codes);
                } else {
                    asCodes.add(mixed && random.nextInt(4) == 0 ? vector : coded(vector));
                }
            }
            flat.add(new Batch(size, asTexts, selection));
            coded.add(new Batch(size, asCodes, selection));
            rows += selection == null ? size : selection.count();
        }
        SimulatedDisk ofTexts = new SimulatedDisk();
        SimulatedDisk ofCodes = new SimulatedDisk();
        int written = load(ofTexts, definition, flat, NEVER);
        assertEquals(written, load(ofCodes, definition, coded, NEVER));
        assertTrue(written > 0);
        for (String path : parts(ofTexts)) {
            assertArrayEquals(
                    ofTexts.content(path), ofCodes.content(path), () -> path + " of " + columns);
        }
        assertEquals(List.of(), DatabaseCheck.problems(ofCodes));
    }

    /// Other codes into the same dictionary.
    private static DictionaryVector again(DictionaryVector before, int size, Random random) {
        int[] codes = new int[size];
        for (int i = 0; i < size; i++) {
            codes[i] = random.nextInt(before.dictionary().size());
        }
        return new DictionaryVector(size, codes, before.dictionary(), null);
    }

    private static TableDefinition byId() {
        TableDefinition all = ModelDatabase.definition("t", false);
        return new TableDefinition(
                0, "main", "t", 1, all.columns(), List.of(1), List.of(), List.of(), Map.of());
    }

    @Test
    void rowsOutOfOrderGoOnInAnotherPart() {
        SimulatedDisk disk = new SimulatedDisk();
        TreeSet<Long> ids = new TreeSet<>();
        LongStream.range(0, 9000).forEach(ids::add);
        try (Database database = open(disk, 1_000_000, 500)) {
            int table;
            try (Transaction transaction = database.begin()) {
                table = transaction.createTable(byId(), false).id();
                try (Appender appender = transaction.appender(table)) {
                    append(appender, 1000, 3000);
                    append(appender, 3000, 4000);
                    append(appender, 5000, 9000);
                    append(appender, 4000, 5000); // behind those of the part
                    append(appender, 0, 1000);
                }
                assertEquals(2, parts(disk).size());
                transaction.commit();
            }
            assertEquals(ids, ModelDatabase.ids(database, table));
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk));
    }

    private static void append(Appender appender, long from, long to) {
        appender.append(ModelDatabase.batch(LongStream.range(from, to).toArray()));
    }

    @Test
    void largeValuesGoOnInAPartOfSmallerGranules() {
        SimulatedDisk disk = new SimulatedDisk();
        TableDefinition definition =
                new TableDefinition(
                        0,
                        "main",
                        "t",
                        1,
                        List.of(
                                new ColumnDefinition(1, "id", Type.BIGINT, false, null),
                                new ColumnDefinition(2, "text", Type.TEXT, true, null)),
                        List.of(1),
                        List.of(),
                        List.of(),
                        Map.of());
        try (Database database = open(disk, 1_000_000, 500);
                Transaction transaction = database.begin()) {
            int table = transaction.createTable(definition, false).id();
            try (Appender appender = transaction.appender(table)) {
                for (int i = 0; i < 4; i++) {
                    appender.append(texts(1000 * i, 10));
                }
                appender.append(texts(4000, 3000));
            }
            assertEquals(2, parts(disk).size());
            transaction.commit();
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk));
    }

    private static Batch texts(long firstId, int length) {
        int size = 1000;
        byte[] heap = "x".repeat(size + length).getBytes(StandardCharsets.US_ASCII);
        int[] start = new int[size];
        int[] lengths = new int[size];
        for (int i = 0; i < size; i++) {
            heap[i] = (byte) ('a' + i % 23);
            start[i] = i;
            lengths[i] = length;
        }
        return new Batch(
                size,
                List.of(
                        new LongVector(
                                Type.BIGINT,
                                size,
                                LongStream.range(firstId, firstId + size).toArray(),
                                null),
                        new BytesVector(Type.TEXT, size, heap, start, lengths, null)));
    }

    @Test
    void rowsThatTheDiskHadNoRoomForAreNotForgotten() {
        SimulatedDisk disk = new SimulatedDisk();
        try (Database database = open(disk, 2000, 500)) {
            int table;
            try (Transaction transaction = database.begin()) {
                table = transaction.createTable(byId(), false).id();
                transaction.commit();
            }
            try (Transaction transaction = database.begin()) {
                Appender appender = transaction.appender(table);
                append(appender, 0, 1000);
                disk.capacityBytes(disk.usedBytes() + 100);
                BasaltException full =
                        assertThrows(BasaltException.class, () -> append(appender, 1000, 3000));
                assertEquals(ErrorCode.DISK_FULL, full.code());
                disk.capacityBytes(1L << 40);
                // Neither more rows nor the end can make the others come back.
                BasaltException more =
                        assertThrows(BasaltException.class, () -> append(appender, 3000, 3100));
                assertEquals(ErrorCode.INVALID_TRANSACTION_STATE, more.code());
                assertTrue(more.text().contains("roll the transaction back"), more.text());
                assertThrows(BasaltException.class, appender::close);
            }
            assertEquals(new TreeSet<>(), ModelDatabase.ids(database, table));
            assertEquals(List.of(), parts(disk));
        }
        assertEquals(List.of(), DatabaseCheck.problems(disk));
    }
}
