package io.basaltdb.storage.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.fail;

import io.basaltdb.storage.segment.SegmentSummary;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is kept of columns comes back from its bytes, column by column.
class PartColumnsTest {
    private static final int ROWS = 10;

    private static final List<PartColumn> COLUMNS =
            List.of(
                    new PartColumn(1, Type.BIGINT, false),
                    new PartColumn(2, Type.TEXT, false),
                    new PartColumn(200, Type.DOUBLE, true),
                    new PartColumn(4, Type.BOOLEAN, false),
                    new PartColumn(7, new Type.Decimal(38, 2), false),
                    new PartColumn(1 << 30, Type.TEXT, true));

    private static final List<SegmentSummary> SEGMENTS =
            List.of(
                    segment(0, Value.of(Long.MIN_VALUE), Value.of(Long.MAX_VALUE), 3),
                    segment(0, text(""), text("a text of more than sixteen bytes"), 1025),
                    segment(ROWS, null, null, 2),
                    segment(0, Value.of(false), Value.of(true), 5),
                    segment(0, new Value.Wide(-1, 4), new Value.Wide(1, -4), 5),
                    segment(3, text("z"), text("\uFFFF\uFFFF\uFFFF\uFFFF\uFFFF\uFFFF"), 2));

    private static Value text(String text) {
        return new Value.Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SegmentSummary segment(
            long nulls, @Nullable Value min, @Nullable Value max, int sketchBytes) {
        return new SegmentSummary(
                0,
                100,
                10,
                0,
                new ZoneMap(ROWS, nulls, min, max, true),
                300 + nulls,
                1L << 40,
                new byte[sketchBytes]);
    }

    private static List<PartColumnSummary> expected() {
        List<PartColumnSummary> expected = new ArrayList<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            expected.add(PartColumnSummary.of(COLUMNS.get(i).columnId(), SEGMENTS.get(i)));
        }
        return expected;
    }

    private static List<PartColumnSummary> list(PartColumns columns) {
        List<PartColumnSummary> list = new ArrayList<>();
        columns.forEach(list::add);
        return list;
    }

    @Test
    void columnsComeBack() {
        PartColumns columns = PartColumns.of(COLUMNS, SEGMENTS);
        assertEquals(COLUMNS.size(), columns.size());
        assertEquals(expected(), list(columns));
        assertEquals(columns, new PartColumns(columns.toBytes().clone()));
    }

    @Test
    void eachColumnIsFound() {
        PartColumns columns = PartColumns.of(COLUMNS, SEGMENTS);
        for (PartColumnSummary column : expected()) {
            assertEquals(column, columns.find(column.columnId()));
        }
        assertNull(columns.find(3));
    }

    @Test
    void sketchesAreHandedOut() {
        PartColumns columns = PartColumns.of(COLUMNS, SEGMENTS);
        List<Integer> found = new ArrayList<>();
        columns.forEachSketch((column, sketch) -> {
            found.add(column);
            assertEquals(
                    Objects.requireNonNull(columns.find(column)).sketch().length, sketch.length);
        });
        assertEquals(COLUMNS.stream().map(PartColumn::columnId).toList(), found);
        columns.withoutSketches().forEachSketch((column, _) -> fail("column " + column));
    }

    @Test
    void sketchesAloneAreLeftOut() {
        PartColumns fewer = PartColumns.of(COLUMNS, SEGMENTS).withoutSketches();
        assertSame(fewer, fewer.withoutSketches());
        List<PartColumnSummary> found = list(fewer);
        for (int i = 0; i < found.size(); i++) {
            PartColumnSummary before = expected().get(i);
            PartColumnSummary after = found.get(i);
            assertEquals(0, after.sketch().length);
            assertEquals(before.columnId(), after.columnId());
            assertEquals(before.nullCount(), after.nullCount());
            assertEquals(before.min(), after.min());
            assertEquals(before.max(), after.max());
            assertEquals(before.encodedBytes(), after.encodedBytes());
            assertEquals(before.decodedBytes(), after.decodedBytes());
        }
    }
}
