package io.basaltdb.formats.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.expression.ValueText;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.LocalUserFiles;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.vector.Vector;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files made level by level, as writers made them that are no longer at hand, and as none should.
class EarlierWritersTest {
    private static final int INT32 = 1;
    private static final int INT64 = 2;
    private static final int INT96 = 3;
    private static final int BYTE_ARRAY = 6;
    private static final int FIXED = 7;
    private static final int REQUIRED = 0;
    private static final int OPTIONAL = 1;
    private static final int REPEATED = 2;
    private static final int LIST = 3;
    private static final int MAP = 1;
    private static final int DECIMAL = 5;
    private static final int NONE = -1;

    @TempDir Path folder;

    /// A leaf of the file: its levels, and its values as they stand there.
    private record Leaf(
            List<String> path,
            int physical,
            int maxDefinition,
            int maxRepetition,
            List<Integer> definitions,
            List<Integer> repetitions,
            Consumer<ByteBuilder> values) {}

    private static void group(
            CompactWriter out, String name, int repetition, int converted, int children) {
        out.begin();
        out.i32(3, repetition);
        out.text(4, name);
        out.i32(5, children);
        if (converted >= 0) {
            out.i32(6, converted);
        }
        out.end();
    }

    private static void leaf(
            CompactWriter out,
            String name,
            int physical,
            int length,
            int repetition,
            int converted,
            int precision,
            int scale) {
        out.begin();
        out.i32(1, physical);
        if (length > 0) {
            out.i32(2, length);
        }
        out.i32(3, repetition);
        out.text(4, name);
        if (converted >= 0) {
            out.i32(6, converted);
        }
        if (precision > 0) {
            out.i32(7, scale);
            out.i32(8, precision);
        }
        out.end();
    }

    private static void leaf(CompactWriter out, String name, int physical, int repetition) {
        leaf(out, name, physical, 0, repetition, NONE, 0, 0);
    }

    private static Consumer<ByteBuilder> ints(int... values) {
        return out -> {
            for (int value : values) {
                out.putInt(value);
            }
        };
    }

    /// @param elements of the schema below its root
    private String write(
            int rows, int columns, int elements, Consumer<CompactWriter> schema, Leaf... leaves)
            throws IOException {
        ByteBuilder file = new ByteBuilder();
        byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
        file.put(magic, 0, 4);
        List<Integer> starts = new ArrayList<>();
        for (Leaf leaf : leaves) {
            starts.add(file.size());
            page(leaf, file);
        }
        starts.add(file.size());
        int start = file.size();
        CompactWriter out = new CompactWriter(file);
        out.begin();
        out.i32(1, 1);
        out.listOfStructs(2, 1 + elements);
        group(out, "root", REQUIRED, NONE, columns);
        schema.accept(out);
        out.i64(3, rows);
        out.listOfStructs(4, 1);
        out.begin();
        out.listOfStructs(1, leaves.length);
        for (int i = 0; i < leaves.length; i++) {
            chunk(leaves[i], starts.get(i), starts.get(i + 1) - starts.get(i), out);
        }
        out.i64(2, file.size());
        out.i64(3, rows);
        out.end();
        out.text(6, "an early writer");
        out.end();
        file.putInt(file.size() - start);
        file.put(magic, 0, 4);
        Path path = folder.resolve("made.parquet");
        Files.write(path, java.util.Arrays.copyOf(file.array(), file.size()));
        return path.toString();
    }

    private static void page(Leaf leaf, ByteBuilder file) {
        ByteBuilder page = new ByteBuilder();
        LevelsWriter repetitions = new LevelsWriter(leaf.maxRepetition());
        leaf.repetitions().forEach(repetitions::add);
        repetitions.write(page);
        LevelsWriter definitions = new LevelsWriter(leaf.maxDefinition());
        leaf.definitions().forEach(definitions::add);
        definitions.write(page);
        leaf.values().accept(page);
        CompactWriter out = new CompactWriter(file);
        out.begin();
        out.i32(1, 0);
        out.i32(2, page.size());
        out.i32(3, page.size());
        out.begin(5);
        out.i32(1, leaf.definitions().size());
        out.i32(2, 0);
        out.i32(3, 3);
        out.i32(4, 3);
        out.end();
        out.end();
        file.put(page);
    }

    private static void chunk(Leaf leaf, int start, int size, CompactWriter out) {
        out.begin();
        out.i64(2, 0);
        out.begin(3);
        out.i32(1, leaf.physical());
        out.listOfI32(2, 2);
        out.element(0);
        out.element(3);
        out.listOfTexts(3, leaf.path().size());
        leaf.path().forEach(out::element);
        out.i32(4, 0);
        out.i64(5, leaf.definitions().size());
        out.i64(6, size);
        out.i64(7, size);
        out.i64(9, start);
        out.end();
        out.end();
    }

    /// The values of the columns, row by row, behind their types.
    private static List<String> read(String path) {
        Relation relation = new ParquetFormat(new LocalUserFiles()).read(List.of(path), Map.of());
        List<String> texts = new ArrayList<>();
        relation.schema()
                .fields()
                .forEach(field -> texts.add(field.name() + " " + field.type().sql()));
        try (SplitReader reader = relation.splits().getFirst().open()) {
            reader.seek(0);
            for (int c = 0; c < relation.schema().size(); c++) {
                Vector values = reader.read(c, null);
                for (int i = 0; i < values.size(); i++) {
                    texts.add(
                            values.isNull(i)
                                    ? "NULL"
                                    : ValueText.format(
                                            Lanes.value(values, i), values.type(), ZoneOffset.UTC));
                }
            }
        }
        return texts;
    }

    private static void refused(String path, String... parts) {
        BasaltException failure = assertThrows(BasaltException.class, () -> read(path));
        assertEquals(ErrorCode.BAD_COPY_FORMAT, failure.code(), failure.text());
        for (String part : parts) {
            assertTrue(failure.text().contains(part), failure.text());
        }
        assertTrue(failure.text().contains("made.parquet"), failure.text());
    }

    @Test
    void listsOfTwoLevels() throws IOException {
        List<Integer> definitions = List.of(2, 2, 1, 0);
        List<Integer> repetitions = List.of(0, 1, 0, 0);
        assertEquals(
                List.of("l INTEGER[]", "[1, 2]", "[]", "NULL"),
                read(
                        write(
                                3,
                                1,
                                2,
                                out -> {
                                    group(out, "l", OPTIONAL, LIST, 1);
                                    leaf(out, "element", INT32, REPEATED);
                                },
                                new Leaf(
                                        List.of("l", "element"),
                                        INT32,
                                        2,
                                        1,
                                        definitions,
                                        repetitions,
                                        ints(1, 2)))));
        for (String name : List.of("array", "l_tuple")) {
            assertEquals(
                    List.of("l STRUCT(n INTEGER)[]", "[{'n': 1}, {'n': 2}]", "[]", "NULL"),
                    read(
                            write(
                                    3,
                                    1,
                                    3,
                                    out -> {
                                        group(out, "l", OPTIONAL, LIST, 1);
                                        group(out, name, REPEATED, NONE, 1);
                                        leaf(out, "n", INT32, REQUIRED);
                                    },
                                    new Leaf(
                                            List.of("l", name, "n"),
                                            INT32,
                                            2,
                                            1,
                                            definitions,
                                            repetitions,
                                            ints(1, 2)))));
        }
    }

    @Test
    void aRepeatedFieldAloneIsAList() throws IOException {
        assertEquals(
                List.of("l INTEGER[]", "[1, 2]", "[]", "[3]"),
                read(
                        write(
                                3,
                                1,
                                1,
                                out -> leaf(out, "l", INT32, REPEATED),
                                new Leaf(
                                        List.of("l"),
                                        INT32,
                                        1,
                                        1,
                                        List.of(1, 1, 0, 1),
                                        List.of(0, 1, 0, 0),
                                        ints(1, 2, 3)))));
    }

    @Test
    void repeatedStructs() throws IOException {
        List<String> path = List.of("l", "bag");
        List<Integer> definitions = List.of(2, 2, 1, 0);
        List<Integer> repetitions = List.of(0, 1, 0, 0);
        String file =
                write(
                        3,
                        1,
                        4,
                        out -> {
                            group(out, "l", OPTIONAL, LIST, 1);
                            group(out, "bag", REPEATED, NONE, 2);
                            leaf(out, "a", INT32, REQUIRED);
                            leaf(out, "b", INT32, REQUIRED);
                        },
                        member(path, "a", 2, definitions, repetitions, 1, 2),
                        member(path, "b", 2, definitions, repetitions, 3, 4));
        assertEquals(
                List.of(
                        "l STRUCT(a INTEGER, b INTEGER)[]",
                        "[{'a': 1, 'b': 3}, {'a': 2, 'b': 4}]",
                        "[]",
                        "NULL"),
                read(file));
    }

    /// Forms that cannot be read, by name: a group that repeats and is not marked, a map marked as its entries once were.
    @Test
    void formsThatAreRefused() throws IOException {
        String unmarked =
                write(
                        1,
                        1,
                        2,
                        out -> {
                            group(out, "l", REPEATED, NONE, 1);
                            leaf(out, "a", INT32, REQUIRED);
                        },
                        member(List.of("l"), "a", 1, List.of(1), List.of(0), 1));
        BasaltException failure = assertThrows(BasaltException.class, () -> read(unmarked));
        assertEquals(ErrorCode.FEATURE_NOT_SUPPORTED, failure.code());
        assertTrue(
                failure.text()
                        .contains("column l is a repeated group that is not marked as a list"),
                failure.text());
        String map =
                write(
                        1,
                        1,
                        4,
                        out -> {
                            group(out, "m", OPTIONAL, 2, 1);
                            group(out, "map", REPEATED, NONE, 2);
                            leaf(out, "key", INT32, REQUIRED);
                            leaf(out, "value", INT32, REQUIRED);
                        },
                        member(List.of("m", "map"), "key", 2, List.of(2), List.of(0), 1),
                        member(List.of("m", "map"), "value", 2, List.of(2), List.of(0), 1));
        failure = assertThrows(BasaltException.class, () -> read(map));
        assertEquals(ErrorCode.FEATURE_NOT_SUPPORTED, failure.code());
        assertTrue(failure.text().contains("MAP_KEY_VALUE"), failure.text());
    }

    private static Leaf member(
            List<String> above,
            String name,
            int definition,
            List<Integer> definitions,
            List<Integer> repetitions,
            int... values) {
        List<String> path = new ArrayList<>(above);
        path.add(name);
        return new Leaf(path, INT32, definition, 1, definitions, repetitions, ints(values));
    }

    @Test
    void theLastOfEqualKeysOfAMapCounts() throws IOException {
        String path =
                write(
                        2,
                        1,
                        4,
                        out -> {
                            group(out, "m", OPTIONAL, MAP, 1);
                            group(out, "map", REPEATED, NONE, 2);
                            leaf(out, "key", INT32, REQUIRED);
                            leaf(out, "value", INT32, OPTIONAL);
                        },
                        new Leaf(
                                List.of("m", "map", "key"),
                                INT32,
                                2,
                                1,
                                List.of(2, 2, 2, 0),
                                List.of(0, 1, 1, 0),
                                ints(7, 8, 7)),
                        new Leaf(
                                List.of("m", "map", "value"),
                                INT32,
                                3,
                                1,
                                List.of(3, 2, 3, 0),
                                List.of(0, 1, 1, 0),
                                ints(1, 3)));
        assertEquals(List.of("m MAP(INTEGER, INTEGER)", "{8=NULL, 7=3}", "NULL"), read(path));
    }

    @Test
    void levelsThatContradictEachOther() throws IOException {
        Consumer<CompactWriter> schema =
                out -> {
                    group(out, "m", OPTIONAL, MAP, 1);
                    group(out, "key_value", REPEATED, NONE, 2);
                    leaf(out, "key", INT32, OPTIONAL);
                    leaf(out, "value", INT32, OPTIONAL);
                };
        Leaf keys = leaf("key", List.of(3, 3, 3), List.of(0, 1, 0), 1, 2, 3);
        assertEquals(
                List.of("m MAP(INTEGER, INTEGER)", "{1=4, 2=5}", "{3=6}"),
                read(
                        write(
                                2,
                                1,
                                4,
                                schema,
                                keys,
                                leaf("value", List.of(3, 3, 3), List.of(0, 1, 0), 4, 5, 6))));
        String damaged = "column m: its definition and repetition levels are damaged";
        // A value of another row, a value too many, an empty map with a value, a NULL with a value.
        refused(
                write(
                        2,
                        1,
                        4,
                        schema,
                        keys,
                        leaf("value", List.of(3, 3, 3), List.of(0, 0, 1), 4, 5, 6)),
                damaged);
        refused(
                write(
                        2,
                        1,
                        4,
                        schema,
                        keys,
                        leaf("value", List.of(3, 3, 3, 3), List.of(0, 1, 0, 1), 4, 5, 6, 7)),
                damaged);
        refused(
                write(
                        2,
                        1,
                        4,
                        schema,
                        keys,
                        leaf("value", List.of(3, 3, 1), List.of(0, 1, 0), 4, 5)),
                damaged);
        refused(
                write(
                        2,
                        1,
                        4,
                        schema,
                        keys,
                        leaf("value", List.of(3, 3, 0), List.of(0, 1, 0), 4, 5)),
                damaged);
        // A key that is NULL.
        refused(
                write(
                        2,
                        1,
                        4,
                        schema,
                        leaf("key", List.of(3, 2, 3), List.of(0, 1, 0), 1, 3),
                        leaf("value", List.of(3, 3, 3), List.of(0, 1, 0), 4, 5, 6)),
                damaged,
                "a key in each entry");
        // Rows that are not there, and one too many.
        refused(
                write(
                        3,
                        1,
                        4,
                        schema,
                        keys,
                        leaf("value", List.of(3, 3, 3), List.of(0, 1, 0), 4, 5, 6)),
                "column m: ");
        refused(
                write(
                        1,
                        1,
                        4,
                        schema,
                        keys,
                        leaf("value", List.of(3, 3, 3), List.of(0, 1, 0), 4, 5, 6)),
                "column m: ");
        // A first value inside of a row.
        refused(
                write(
                        2,
                        1,
                        4,
                        schema,
                        keys,
                        leaf("value", List.of(3, 3, 3), List.of(1, 1, 0), 4, 5, 6)),
                "column m: ");
    }

    private static Leaf leaf(
            String name, List<Integer> definitions, List<Integer> repetitions, int... values) {
        return new Leaf(
                List.of("m", "key_value", name),
                INT32,
                3,
                1,
                definitions,
                repetitions,
                ints(values));
    }

    private static Leaf column(String name, int physical, int rows, Consumer<ByteBuilder> values) {
        List<Integer> zeros = java.util.Collections.nCopies(rows, 0);
        return new Leaf(List.of(name), physical, 0, 0, zeros, zeros, values);
    }

    @Test
    void timestampsOfTwelveBytes() throws IOException {
        Consumer<CompactWriter> schema = out -> leaf(out, "t", INT96, REQUIRED);
        assertEquals(
                List.of("t TIMESTAMP", "1970-01-01 00:00:00", "2024-02-29 12:00:00.000001"),
                read(
                        write(
                                2,
                                1,
                                1,
                                schema,
                                column(
                                        "t",
                                        INT96,
                                        2,
                                        out -> {
                                            out.putLong(0);
                                            out.putInt(2_440_588);
                                            out.putLong(43_200_000_001_000L);
                                            out.putInt(2_440_588 + 19_782);
                                        }))));
        refused(
                write(
                        1,
                        1,
                        1,
                        schema,
                        column(
                                "t",
                                INT96,
                                1,
                                out -> {
                                    out.putLong(-1);
                                    out.putInt(2_440_588);
                                })),
                "column t",
                "into its day");
    }

    private static void bigEndian(ByteBuilder out, BigInteger value, int length) {
        byte[] bytes = value.toByteArray();
        for (int i = bytes.length; i < length; i++) {
            out.put(value.signum() < 0 ? 0xFF : 0);
        }
        out.put(bytes, 0, bytes.length);
    }

    @Test
    void decimalsInEveryForm() throws IOException {
        BigInteger large = new BigInteger("-99999999999999999999999999999999999999");
        assertEquals(
                List.of(
                        "i DECIMAL(9, 2)",
                        "l DECIMAL(18, 2)",
                        "f DECIMAL(5, 2)",
                        "g DECIMAL(38, 2)",
                        "b DECIMAL(38, 0)",
                        "-1.50",
                        "12345678901.23",
                        "-0.07",
                        "-999999999999999999999999999999999999.99",
                        "-99999999999999999999999999999999999999"),
                read(
                        write(
                                1,
                                5,
                                5,
                                out -> {
                                    leaf(out, "i", INT32, 0, REQUIRED, DECIMAL, 9, 2);
                                    leaf(out, "l", INT64, 0, REQUIRED, DECIMAL, 18, 2);
                                    leaf(out, "f", FIXED, 3, REQUIRED, DECIMAL, 5, 2);
                                    leaf(out, "g", FIXED, 20, REQUIRED, DECIMAL, 38, 2);
                                    leaf(out, "b", BYTE_ARRAY, 0, REQUIRED, DECIMAL, 38, 0);
                                },
                                column("i", INT32, 1, ints(-150)),
                                column("l", INT64, 1, out -> out.putLong(1_234_567_890_123L)),
                                column(
                                        "f",
                                        FIXED,
                                        1,
                                        out -> bigEndian(out, BigInteger.valueOf(-7), 3)),
                                column("g", FIXED, 1, out -> bigEndian(out, large, 20)),
                                column(
                                        "b",
                                        BYTE_ARRAY,
                                        1,
                                        out -> {
                                            out.putInt(16);
                                            bigEndian(out, large, 16);
                                        }))));
    }

    @Test
    void numbersThatTheirTypeCannotHold() throws IOException {
        refused(
                write(
                        1,
                        1,
                        1,
                        out -> leaf(out, "d", INT32, 0, REQUIRED, DECIMAL, 3, 1),
                        column("d", INT32, 1, ints(1000))),
                "column d",
                "DECIMAL(3, 1) cannot hold");
        refused(
                write(
                        1,
                        1,
                        1,
                        out -> leaf(out, "d", FIXED, 16, REQUIRED, DECIMAL, 20, 0),
                        column("d", FIXED, 1, out -> bigEndian(out, BigInteger.TEN.pow(20), 16))),
                "more digits than DECIMAL(20, 0)");
        refused(
                write(
                        1,
                        1,
                        1,
                        out -> leaf(out, "t", INT32, 0, REQUIRED, 15, 0, 0),
                        column("t", INT32, 1, ints(200))),
                "column t",
                "TINYINT cannot hold");
        refused(
                write(
                        1,
                        1,
                        1,
                        out -> leaf(out, "t", INT64, 0, REQUIRED, 8, 0, 0),
                        column("t", INT64, 1, out -> out.putLong(86_400_000_000L))),
                "column t",
                "TIME cannot hold");
        assertEquals(
                List.of("t TIME", "00:00:01.5"),
                read(
                        write(
                                1,
                                1,
                                1,
                                out -> leaf(out, "t", INT32, 0, REQUIRED, 7, 0, 0),
                                column("t", INT32, 1, ints(1500)))));
    }
}
