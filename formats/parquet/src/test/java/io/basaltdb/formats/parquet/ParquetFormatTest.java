package io.basaltdb.formats.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.LocalUserFiles;
import io.basaltdb.storage.segment.ZoneMap;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetFormatTest {
    private static final int ROWS = 5000;
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long DAYS_TO_2020 = 18_262;

    /// The columns of `every-type.parquet` after `id`, in order: what row i holds where it is not NULL.
    private static final List<IntFunction<Value>> EXPECTED =
            List.of(
                    i -> Value.of(i % 3 == 0),
                    i -> Value.of((long) i % 100 - 50),
                    i -> Value.of((long) i - 2500),
                    i -> Value.of(i * 1000L - 7),
                    i -> Value.of(i * 1_000_000_007L),
                    i -> Value.of((long) i % 256),
                    i -> Value.of(i * 13L),
                    i -> Value.of(i * 800_000L),
                    i -> Value.of(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.valueOf(1 + i))),
                    i -> Value.of(i / 4.0),
                    i -> Value.of(i / 8.0),
                    i -> Value.of((long) i % 1000),
                    i -> Value.of((long) i - 100),
                    i -> Value.of((long) i - 100),
                    i ->
                            Value.of(
                                    BigInteger.valueOf(i - 100)
                                            .multiply(BigInteger.valueOf(12_345_678_901_234_567L))
                                            .multiply(BigInteger.valueOf(100_000))),
                    i -> Value.of(i - 31L),
                    i -> Value.of(i * 1_000_000L - HOUR_MICROS),
                    i -> Value.of(i - HOUR_MICROS),
                    i -> Value.of(DAYS_TO_2020 * 24 * HOUR_MICROS * 1000 + i * 1000L),
                    i -> Value.of(DAYS_TO_2020 * 24 * HOUR_MICROS + i * 1_000_000L),
                    i -> Value.of(i % 2 == 0 ? "text " + i % 17 : "größe " + i));

    @TempDir Path folder;

    private final ParquetFormat format = new ParquetFormat(new LocalUserFiles());

    private String file(String name) throws IOException {
        Path copy = folder.resolve(name);
        try (InputStream stream = ParquetFormatTest.class.getResourceAsStream(name)) {
            Files.write(copy, stream.readAllBytes());
        }
        return copy.toString();
    }

    private Relation open(String name) throws IOException {
        return format.read(List.of(file(name)), Map.of());
    }

    private static Value expected(int column, int row) {
        if (column == 0) {
            return Value.of((long) row);
        }
        return (row + column - 1) % 7 == 3 ? Value.NULL : EXPECTED.get(column - 1).apply(row);
    }

    @Test
    void mapsEveryType() throws IOException {
        assertEquals(
                "id BIGINT, flag BOOLEAN, tiny TINYINT, small SMALLINT, whole INTEGER, big BIGINT, u8 SMALLINT, "
                        + "u16 INTEGER, u32 BIGINT, u64 DECIMAL(20, 0), real REAL, ratio DOUBLE, "
                        + "d4 DECIMAL(4, 1), d9 DECIMAL(9, 2), d18 DECIMAL(18, 3), d38 DECIMAL(38, 5), "
                        + "day DATE, seconds TIMESTAMP(3), micros TIMESTAMP, nanos TIMESTAMP(9), "
                        + "instant TIMESTAMP WITH TIME ZONE, note TEXT",
                open("every-type.parquet").schema().fields().stream()
                        .map(field -> field.name() + " " + field.type().sql())
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void readsEveryValue() throws IOException {
        Relation relation = open("every-type.parquet");
        assertEquals(ROWS, relation.statistics().rowCount());
        assertTrue(relation.splits().size() > 1);
        int first = 0;
        for (Split split : relation.splits()) {
            try (SplitReader reader = split.open()) {
                for (int g = 0; g < split.granuleCount(); g++) {
                    reader.seek(g);
                    for (int c = 0; c < relation.schema().size(); c++) {
                        Vector values = reader.read(c, null);
                        assertEquals(relation.schema().type(c), values.type());
                        for (int i = 0; i < split.rowCount(g); i++) {
                            assertEquals(
                                    expected(c, first + i),
                                    Lanes.value(values, i),
                                    relation.schema().field(c).name() + " of row " + (first + i));
                        }
                    }
                    first += split.rowCount(g);
                }
            }
        }
        assertEquals(ROWS, first);
    }

    @Test
    void zoneMapsBoundTheirRows() throws IOException {
        Relation relation = open("every-type.parquet");
        int first = 0;
        int known = 0;
        for (Split split : relation.splits()) {
            int rows = 0;
            for (int g = 0; g < split.granuleCount(); g++) {
                rows += split.rowCount(g);
            }
            for (int c = 0; c < relation.schema().size(); c++) {
                ZoneMap zone = split.zoneMap(c);
                known += zone == null ? 0 : 1;
                int nulls = 0;
                for (int i = 0; zone != null && i < rows; i++) {
                    Value value = expected(c, first + i);
                    nulls += value.isNull() ? 1 : 0;
                    assertTrue(value.isNull() || Value.compare(zone.min(), value) <= 0);
                    assertTrue(value.isNull() || Value.compare(zone.max(), value) >= 0);
                }
                assertTrue(zone == null || zone.nullCount() == nulls);
            }
            first += rows;
        }
        assertTrue(known >= 15 * relation.splits().size(), "zone maps: " + known);
    }

    @Test
    void selectsAmongRowsAndSkipsGranules() throws IOException {
        Relation relation =
                format.read(
                        List.of(file("every-type.parquet"), file("every-type.parquet")), Map.of());
        Split split = relation.splits().getLast();
        try (SplitReader reader = split.open()) {
            reader.seek(split.granuleCount() - 1);
            int rows = split.rowCount(split.granuleCount() - 1);
            int first = ROWS - rows;
            Selection odd = reader.select(2, Ranges.point(Value.of(-40)), null);
            int[] wanted =
                    java.util.stream.IntStream.range(0, rows)
                            .filter(i -> expected(2, first + i).equals(Value.of(-40)))
                            .toArray();
            assertEquals(
                    Arrays.toString(wanted),
                    Arrays.toString(Arrays.copyOf(odd.rows(), odd.count())));
            assertTrue(odd.count() > 0);
        }
    }

    @Test
    void convertsToTheColumnsOfATable() throws IOException {
        Schema wanted =
                Schema.of(
                        new Field("NOTE", Type.TEXT, true),
                        new Field("tiny", Type.BIGINT, true),
                        new Field("whole", Type.TEXT, true));
        Relation relation = format.read(List.of(file("every-type.parquet")), Map.of(), wanted);
        try (SplitReader reader = relation.splits().getFirst().open()) {
            reader.seek(0);
            assertEquals(expected(21, 9), Lanes.value(reader.read(0, null), 9));
            assertEquals(expected(2, 9), Lanes.value(reader.read(1, null), 9));
            assertEquals(Value.of("8993"), Lanes.value(reader.read(2, null), 9));
        }
        Schema narrow = Schema.of(new Field("whole", Type.TINYINT, true));
        Relation failing = format.read(List.of(file("every-type.parquet")), Map.of(), narrow);
        refused(
                ErrorCode.BAD_COPY_FORMAT,
                () -> readAll(failing),
                "every-type.parquet",
                "column whole");
        Schema missing = Schema.of(new Field("price", Type.TEXT, true));
        String path = file("every-type.parquet");
        refused(
                ErrorCode.BAD_COPY_FORMAT,
                () -> format.read(List.of(path), Map.of(), missing),
                "has no column price; it has id, flag");
    }

    @ParameterizedTest
    @CsvSource({
        "brotli.parquet, FEATURE_NOT_SUPPORTED, BROTLI compression is not supported",
        "zstd.parquet, FEATURE_NOT_SUPPORTED, ZSTD compression needs the library com.github.luben:zstd-jni"
    })
    void refusesByName(String name, ErrorCode code, String reason) {
        refused(code, () -> readAll(open(name)), name, reason);
    }

    @Test
    void bytesAreTextsOrBytesAsAsked() throws IOException {
        List<String> path = List.of(file("not-text.parquet"));
        refused(
                ErrorCode.BAD_COPY_FORMAT,
                () -> readAll(format.read(path, Map.of("binary_as_string", "true"))),
                "column raw: a value is not valid UTF-8",
                "binary_as_string => false");
        Relation bytes = format.read(path, Map.of("binary_as_string", "false"));
        assertEquals(Type.VARBINARY, bytes.schema().type(bytes.schema().indexOf("raw")));
        assertTrue(readAll(bytes).size() > 0);
    }

    @Test
    void readsNestedColumns() throws IOException {
        Relation nested = open("nested.parquet");
        assertTrue(nested.schema().type(nested.schema().indexOf("tags")) instanceof Type.Nested);
        assertTrue(readAll(nested).size() > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lz4_raw.parquet", "snappy.parquet"})
    void readsWhatIsPacked(String name) throws IOException {
        assertEquals(100, readAll(open(name)).size());
    }

    @Test
    void namesWhatIsNotParquet() throws IOException {
        String text =
                Files.writeString(folder.resolve("fake.parquet"), "id,name\n1,a\n2,b\n").toString();
        refused(
                ErrorCode.BAD_COPY_FORMAT,
                () -> format.read(List.of(text), Map.of()),
                "fake.parquet is not a Parquet file");
        byte[] whole = Files.readAllBytes(Path.of(file("every-type.parquet")));
        String cut =
                Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, 3000)).toString();
        refused(
                ErrorCode.BAD_COPY_FORMAT,
                () -> format.read(List.of(cut), Map.of()),
                "cut.parquet is not a Parquet file");
        Arrays.fill(whole, whole.length - 400, whole.length - 8, (byte) 0xFF);
        String broken = Files.write(folder.resolve("broken.parquet"), whole).toString();
        refused(
                ErrorCode.BAD_COPY_FORMAT,
                () -> format.read(List.of(broken), Map.of()),
                "broken.parquet: its footer cannot be read");
    }

    /// Damaged pages give an error of ours or other values, never a hang or a foreign error.
    @Test
    void survivesDamagedPages() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(file("every-type.parquet")));
        java.util.Random random = new java.util.Random(7);
        int failures = 0;
        for (int run = 0; run < 20; run++) {
            byte[] damaged = whole.clone();
            for (int hit = 0; hit < 20; hit++) {
                damaged[4 + random.nextInt(whole.length * 3 / 4)] ^=
                        (byte) (1 + random.nextInt(255));
            }
            String path =
                    Files.write(folder.resolve("damaged" + run + ".parquet"), damaged).toString();
            try {
                readAll(format.read(List.of(path), Map.of()));
            } catch (BasaltException e) {
                failures++;
                assertTrue(e.text().contains("damaged" + run), e.text());
            }
        }
        assertTrue(failures > 0);
    }

    @Test
    void refusesOptionsThatItDoesNotKnow() {
        refused(
                ErrorCode.INVALID_PARAMETER,
                () ->
                        format.write(
                                folder.resolve("x.parquet").toString(),
                                Map.of("delimiter", ";"),
                                Schema.of(new Field("a", Type.TEXT, true))),
                "no option delimiter",
                "compression",
                "row_group_size");
        refused(
                ErrorCode.INVALID_PARAMETER,
                () -> format.write("x.parquet", Map.of(), Schema.of()),
                "x.parquet",
                "needs a column");
        refused(
                ErrorCode.INVALID_PARAMETER,
                () -> format.read(List.of("x.parquet"), Map.of("header", "true")),
                "header",
                "binary_as_string");
    }

    private interface Action {
        Object run() throws IOException;
    }

    private static void refused(ErrorCode code, Action action, String... parts) {
        BasaltException failure = assertThrows(BasaltException.class, action::run);
        assertEquals(code, failure.code(), failure.text());
        for (String part : parts) {
            assertTrue(failure.text().contains(part), failure.text());
        }
    }

    private static List<List<Value>> readAll(Relation relation) {
        List<List<Value>> rows = new ArrayList<>();
        for (Split split : relation.splits()) {
            try (SplitReader reader = split.open()) {
                for (int g = 0; g < split.granuleCount(); g++) {
                    reader.seek(g);
                    List<Vector> columns = new ArrayList<>();
                    for (int c = 0; c < relation.schema().size(); c++) {
                        columns.add(reader.read(c, null));
                    }
                    for (int r = 0; r < split.rowCount(g); r++) {
                        int row = r;
                        rows.add(columns.stream().map(column -> Lanes.value(column, row)).toList());
                    }
                }
                assertTrue(reader.bytesRead() > 0);
            }
        }
        assertNotNull(relation.schema());
        return rows;
    }
}
