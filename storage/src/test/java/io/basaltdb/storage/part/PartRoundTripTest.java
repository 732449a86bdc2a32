package io.basaltdb.storage.part;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.testkit.RandomRanges;
import io.basaltdb.storage.testkit.RandomVectors;
import io.basaltdb.storage.testkit.VectorValues;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written into a part comes out of it, whatever it is, and `select` finds what reading and comparing finds.
class PartRoundTripTest {
    static List<Type> types() {
        return RandomVectors.TYPES;
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeComesBack(Type type) {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println(type.sql() + ": -Dtest.seed=" + seed);
        RandomVectors random = new RandomVectors(seed);
        for (int round = 0; round < 12; round++) {
            roundTrip(random, type);
        }
    }

    private static void roundTrip(RandomVectors random, Type type) {
        Disk disk = new MemoryDisk("memory", 1L << 30);
        disk.createDirectory("parts");
        boolean nullable = random.random().nextBoolean();
        int granuleRows = List.of(1, 7, 64, 1000, 4096).get(random.random().nextInt(5));
        List<Vector> batches = new ArrayList<>();
        List<Selection> selections = new ArrayList<>();
        List<Value> expected = new ArrayList<>();
        int wanted = random.random().nextInt(granuleRows * 4);
        while (expected.size() < wanted) {
            Vector batch = random.vector(type, 1 + random.random().nextInt(5000), nullable);
            Selection rows = random.selection(batch.size());
            batches.add(batch);
            selections.add(rows);
            expected.addAll(VectorValues.list(batch, rows));
        }
        PartId id = PartId.random(random.random()::nextLong);
        PartDescription description =
                new PartDescription(
                        id,
                        1,
                        1,
                        List.of(new PartColumn(5, type, nullable)),
                        List.of(),
                        expected.size(),
                        granuleRows,
                        List.of());
        PartSummary summary;
        try (PartWriter writer = PartWriter.create(disk, id.path(), description)) {
            try (ColumnAppender column = writer.column(5)) {
                for (int i = 0; i < batches.size(); i++) {
                    column.append(batches.get(i), selections.get(i));
                }
            }
            summary = writer.finish();
        }
        try (PartReader part = PartReader.open(disk.open(id.path()), id)) {
            assertEquals(summary, part.summary());
            assertEquals(description, part.description());
            try (PartCursor cursor = part.cursor(List.of(5))) {
                compare(random, type, part, cursor, expected);
            }
        }
        assertEquals(List.of(), PartCheck.problems(disk, id.path(), summary));
    }

    private static void compare(
            RandomVectors random,
            Type type,
            PartReader part,
            PartCursor cursor,
            List<Value> expected) {
        int from = 0;
        Ranges ranges = RandomRanges.next(random, type, expected);
        for (int g = 0; g < part.granuleCount(); g++) {
            List<Value> values = expected.subList(from, from + part.rowCount(g));
            from += part.rowCount(g);
            checkZone(part.zoneMap(5, g), values);
            cursor.seek(g);
            if (random.random().nextInt(5) == 0) {
                ranges = RandomRanges.next(random, type, expected);
            }
            if (random.random().nextBoolean()) {
                checkSelect(random, cursor, ranges, values);
                checkRead(random, cursor, values);
            } else {
                checkRead(random, cursor, values);
                checkSelect(random, cursor, ranges, values);
            }
        }
        checkZone(part.zoneMap(5), expected);
    }

    private static void checkRead(RandomVectors random, PartCursor cursor, List<Value> values) {
        Selection wanted = random.selection(values.size());
        Vector some = cursor.read(5, wanted);
        assertEquals(values.size(), some.size());
        int count = wanted == null ? values.size() : wanted.count();
        for (int i = 0; i < count; i++) {
            int row = wanted == null ? i : wanted.rows()[i];
            assertEquals(values.get(row), VectorValues.at(some, row));
        }
        assertEquals(values, VectorValues.list(cursor.read(5, null)));
    }

    private static void checkSelect(
            RandomVectors random, PartCursor cursor, Ranges ranges, List<Value> values) {
        Selection among = random.selection(values.size());
        Selection found = cursor.select(5, ranges, among);
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < found.count(); i++) {
            rows.add(found.rows()[i]);
        }
        List<Integer> allowed = new ArrayList<>();
        int count = among == null ? values.size() : among.count();
        for (int i = 0; i < count; i++) {
            int row = among == null ? i : among.rows()[i];
            if (ranges.contains(values.get(row))) {
                allowed.add(row);
            }
        }
        assertEquals(allowed, rows, () -> ranges.toString());
    }

    private static void checkZone(ZoneMap zone, List<Value> values) {
        long nulls = values.stream().filter(Value::isNull).count();
        assertEquals(values.size(), zone.rowCount());
        assertEquals(nulls, zone.nullCount());
        assertEquals(nulls == values.size(), zone.min() == null);
        for (Value value : values) {
            if (!value.isNull()) {
                assertEquals(true, Value.compare(zone.min(), value) <= 0);
                assertEquals(true, Value.compare(zone.max(), value) >= 0);
            }
        }
        if (zone.exact() && zone.min() != null) {
            assertEquals(true, values.stream().anyMatch(v -> Value.compare(v, zone.min()) == 0));
            assertEquals(true, values.stream().anyMatch(v -> Value.compare(v, zone.max()) == 0));
        }
    }

    @Test
    void birthsComeBack() {
        Disk disk = new MemoryDisk("memory", 1L << 30);
        disk.createDirectory("parts");
        PartId id = PartId.random(new Random(1)::nextLong);
        PartDescription description =
                new PartDescription(id, 1, 1, List.of(), List.of(), 5000, 4096, List.of());
        long[] births = new long[5000];
        for (int i = 0; i < births.length; i++) {
            births[i] = 1000 + i / 7;
        }
        PartSummary summary;
        try (PartWriter writer = PartWriter.create(disk, id.path(), description)) {
            try (CommitAppender appender = writer.births()) {
                appender.append(births, births.length);
            }
            summary = writer.finish();
        }
        assertEquals(1000, summary.minBirth());
        assertEquals(1000 + 4999 / 7, summary.maxBirth());
        try (PartReader part = PartReader.open(disk.open(id.path()), id);
                PartCursor cursor = part.cursor(List.of())) {
            assertEquals(true, part.hasBirths());
            cursor.seek(1);
            long[] read = cursor.births();
            for (int i = 0; i < part.rowCount(1); i++) {
                assertEquals(births[4096 + i], read[i]);
            }
        }
    }
}
