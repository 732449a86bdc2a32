package io.basaltdb.formats.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.expression.ValueText;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.relation.FileFormat;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.query.relation.ValueVectors;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.LocalUserFiles;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatTest {
    private static final LocalUserFiles FILES = new LocalUserFiles();
    private static final Type PLACE =
            new Type.Struct(
                    List.of(
                            new Type.Struct.Member("city", Type.TEXT),
                            new Type.Struct.Member("at", new Type.Array(Type.DOUBLE))));
    private static final Schema EVERY_TYPE =
            Schema.of(
                    new Field("flag", Type.BOOLEAN, true),
                    new Field("small", Type.SMALLINT, true),
                    new Field("big", Type.BIGINT, true),
                    new Field("price", new Type.Decimal(15, 2), true),
                    new Field("wide", new Type.Decimal(38, 4), true),
                    new Field("ratio", Type.DOUBLE, true),
                    new Field("day", Type.DATE, true),
                    new Field("moment", Type.TIMESTAMP, true),
                    new Field("note", Type.TEXT, true),
                    new Field("notes", new Type.Array(Type.TEXT), true),
                    new Field("counts", new Type.Map(Type.TEXT, Type.INTEGER), true),
                    new Field("place", PLACE, true));

    @TempDir Path folder;

    private static FileFormat format(String name) {
        return name.startsWith("json") ? new JsonFormat(FILES) : new CsvFormat(FILES);
    }

    /// Whatever is written comes back, in both formats, packed and plain, over several granules.
    @ParameterizedTest
    @ValueSource(strings = {"csv", "csv.gz", "tsv", "json", "jsonl.gz"})
    void writesWhatItReads(String ending) {
        long seed = Long.getLong("test.seed", System.nanoTime());
        Random random = new Random(seed);
        List<List<Value>> rows = rows(random, 9000);
        String path = folder.resolve("rows." + ending).toString();
        try (FileFormat.Writer writer = format(ending).write(path, Map.of(), EVERY_TYPE)) {
            for (int from = 0; from < rows.size(); from += 4000) {
                writer.append(batch(rows.subList(from, Math.min(rows.size(), from + 4000))));
            }
            writer.finish();
        }
        assertEquals(
                texts(rows),
                texts(read(format(ending).read(List.of(path), Map.of(), EVERY_TYPE))),
                "seed " + seed);
    }

    private static List<List<Value>> rows(Random random, int count) {
        String[] notes = {
            "",
            "plain",
            "with, comma",
            "with \"quotes\"",
            "two\nlines",
            "tab\there",
            "ünï©ode 😀",
            "\\back",
            "null"
        };
        List<List<Value>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Value> row = new ArrayList<>();
            row.add(Value.of(random.nextBoolean()));
            row.add(Value.of((long) (short) random.nextInt()));
            row.add(Value.of(random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(1000)));
            row.add(Value.of(random.nextLong() % 1_000_000_000_000_000L));
            row.add(
                    Value.of(
                            BigInteger.valueOf(random.nextLong())
                                    .multiply(BigInteger.valueOf(random.nextInt(1_000_000)))));
            row.add(Value.of(random.nextGaussian() * 1e10));
            row.add(Value.of((long) random.nextInt(40_000) - 10_000));
            row.add(Value.of(random.nextLong() % 4_000_000_000_000_000L));
            row.add(Value.of(notes[random.nextInt(notes.length)]));
            String note = quoted(notes[random.nextInt(notes.length)]);
            row.add(nested("[" + note + ", null, " + note + "]", 9));
            row.add(nested("{" + note + ": " + random.nextInt() + ", \"z\": null}", 10));
            row.add(
                    nested(
                            "{\"city\": " + note + ", \"at\": [" + random.nextGaussian() + "]}",
                            11));
            for (int c = 0; c < row.size(); c++) {
                if (random.nextInt(10) == 0) {
                    row.set(c, Value.NULL);
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private static Value nested(String text, int column) {
        return ValueText.parse(text, EVERY_TYPE.type(column), ZoneOffset.UTC);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static Batch batch(List<List<Value>> rows) {
        List<Vector> columns = new ArrayList<>();
        for (int c = 0; c < EVERY_TYPE.size(); c++) {
            int column = c;
            columns.add(
                    ValueVectors.of(
                            EVERY_TYPE.type(c),
                            rows.stream().map(row -> row.get(column)).toList()));
        }
        return new Batch(rows.size(), columns);
    }

    private static List<List<Value>> read(Relation relation) {
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
            }
        }
        return rows;
    }

    private static String texts(List<List<Value>> rows) {
        return rows.stream().map(List::toString).collect(Collectors.joining("\n"));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String described(Schema schema) {
        return schema.fields().stream()
                .map(field -> field.name() + " " + field.type().sql())
                .collect(Collectors.joining(", "));
    }

    @Test
    void findsNamesAndTypesOfCsv() throws IOException {
        String path =
                file(
                        "guess.csv",
                        "id,name,price,born,seen,ok,huge\n1,a,2.5,1999-12-31,2020-01-01 10:00:00,true,123456789012345678901\n2,,3,2000-01-01,2020-01-02 11:30:00.5,false,1\n");
        Relation relation = new CsvFormat(FILES).read(List.of(path), Map.of());
        assertEquals(
                "id BIGINT, name TEXT, price DOUBLE, born DATE, seen TIMESTAMP, ok BOOLEAN, huge DECIMAL(38, 0)",
                described(relation.schema()));
        List<List<Value>> rows = read(relation);
        assertEquals(2, rows.size());
        assertTrue(rows.get(1).get(1).isNull());
        assertEquals(
                "123456789012345678901",
                ValueText.format(rows.get(0).get(6), relation.schema().type(6), ZoneOffset.UTC));
    }

    @Test
    void withoutHeaderColumnsAreNumbered() throws IOException {
        String path = file("plain.csv", "1;x\n2;y\n");
        Relation relation = new CsvFormat(FILES).read(List.of(path), Map.of("delimiter", ";"));
        assertEquals("column1 BIGINT, column2 TEXT", described(relation.schema()));
        assertEquals(2, read(relation).size());
        Relation headed =
                new CsvFormat(FILES)
                        .read(List.of(path), Map.of("delimiter", ";", "header", "true"));
        assertEquals(1, read(headed).size());
    }

    @Test
    void lineEndsQuotesAndEmptyFields() throws IOException {
        String path = file("odd.csv", "a,b\r\n\"x \"\"y\"\"\nz\",\r\n\r\n\"\",last");
        List<List<Value>> rows = read(new CsvFormat(FILES).read(List.of(path), Map.of()));
        assertEquals(
                List.of(
                        List.of(Value.of("x \"y\"\nz"), Value.NULL),
                        List.of(Value.of(""), Value.of("last"))),
                rows);
    }

    /// An empty field is NULL only where the text of NULL is the empty one, also at the end of a line.
    @Test
    void emptyFieldsAreTextWhereNullHasItsOwn() throws IOException {
        String path = file("own.csv", "a,b\nNA,x\n,\ny,NA\n");
        assertEquals(
                List.of(
                        List.of(Value.NULL, Value.of("x")),
                        List.of(Value.of(""), Value.of("")),
                        List.of(Value.of("y"), Value.NULL)),
                read(new CsvFormat(FILES).read(List.of(path), Map.of("null", "NA"))));
    }

    @Test
    void findsNamesAndTypesOfJson() throws IOException {
        String path =
                file(
                        "guess.json",
                        "{\"id\": 1, \"name\": \"a\\u00e9\\n\", \"tags\": [1, {\"x\": \"}\"}], \"zip\": \"0123\"}\n\n{\"id\": 2, \"late\": 2.5, \"name\": null}\n");
        Relation relation = new JsonFormat(FILES).read(List.of(path), Map.of());
        assertEquals(
                "id BIGINT, name TEXT, tags TEXT, zip TEXT, late DOUBLE",
                described(relation.schema()));
        List<List<Value>> rows = read(relation);
        assertEquals(Value.of("aé\n"), rows.get(0).get(1));
        assertEquals(Value.of("[1, {\"x\": \"}\"}]"), rows.get(0).get(2));
        assertTrue(rows.get(1).get(1).isNull());
        assertEquals(Value.of(2.5), rows.get(1).get(4));
    }

    private void refuses(String name, String text, String... expected) throws IOException {
        String path = file(name, text);
        Schema schema =
                Schema.of(
                        new Field("id", Type.BIGINT, true),
                        new Field("price", new Type.Decimal(6, 2), true));
        BasaltException failure =
                assertThrows(
                        BasaltException.class,
                        () ->
                                read(
                                        format(name.endsWith("json") ? "json" : "csv")
                                                .read(List.of(path), Map.of(), schema)));
        assertEquals(ErrorCode.BAD_COPY_FORMAT, failure.code());
        for (String part : expected) {
            assertTrue(failure.text().contains(part), failure.text());
        }
        assertFalse(failure.text().contains("Exception"), failure.text());
    }

    @Test
    void badRowsAreNamed() throws IOException {
        refuses("word.csv", "id,price\n1,2.5\nx,3\n", "word.csv", "line 3", "column id");
        refuses("large.csv", "1,2.5\n2,123456.5\n", "large.csv", "line 2", "column price");
        refuses("short.csv", "id,price\n1,2\n3\n", "short.csv", "line 3", "1 fields where 2");
        refuses("long.csv", "id,price\n1,2\n3,4,5\n", "long.csv", "line 3", "more than 2 fields");
        refuses("open.csv", "id,price\n1,2\n\"3,4\n", "open.csv", "line 3", "never ends");
        refuses("cut.json", "{\"id\": 1}\n{\"id\": \n", "cut.json", "line 2");
        refuses("bare.json", "{\"id\": 1}\n{id: 2}\n", "bare.json", "line 2");
        refuses("half.json", "{\"id\": 1, \"price\": 2x}\n", "half.json", "line 1");
    }

    @Test
    void missingFilesAndUnknownOptionsAreNamed() {
        BasaltException missing =
                assertThrows(BasaltException.class, () -> FILES.expand(folder + "/none-*.csv"));
        assertEquals(ErrorCode.FILE_NOT_FOUND, missing.code());
        BasaltException option =
                assertThrows(BasaltException.class, () -> CsvDialect.of(Map.of("colour", "red")));
        assertEquals(ErrorCode.INVALID_PARAMETER, option.code());
    }

    @Test
    void patternsNameSeveralFiles() throws IOException {
        file("a1.csv", "1\n");
        file("a2.csv", "2\n");
        file("b.csv", "3\n");
        List<String> found = FILES.expand(folder + "/a*.csv");
        assertEquals(2, found.size());
        assertEquals(2, read(new CsvFormat(FILES).read(found, Map.of())).size());
    }
}
