package io.basaltdb.formats.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.formats.parquet.page.PageBuffers;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.relation.Relation;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.LocalUserFiles;
import io.basaltdb.storage.io.UserFiles;
import io.basaltdb.storage.table.Split;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.Vector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages in every form, read by us and by the library, and damaged ones.
class FlatPagesTest {
    private static final long SEED =
            Long.parseLong(
                    System.getProperty("test.seed", "").isEmpty()
                            ? String.valueOf(System.nanoTime())
                            : System.getProperty("test.seed"));

    private static final PageCompression[] FOR_BOTH = {
        PageCompression.UNCOMPRESSED, PageCompression.GZIP
    };

    @TempDir Path folder;

    private final UserFiles files = new LocalUserFiles();

    private Relation open(Path path, boolean readsPages) {
        ParquetFile file = ParquetFile.of(files, path.toString(), null);
        Schema schema =
                new Schema(
                        file.columns().stream()
                                .map(column ->
                                        new Field(column.name(), column.type(file.path()), true))
                                .toList());
        return new ParquetRelation(
                new RowGroupSplit.FileAccess(files, new PageBuffers(), readsPages),
                schema,
                List.of(file));
    }

    /// The values of each column.
    ///
    /// @param passed granules of which that many are passed before one is read, now and then
    private static List<List<Value>> read(Relation relation, Random passed) {
        List<List<Value>> columns = new ArrayList<>();
        relation.schema().fields().forEach(_ -> columns.add(new ArrayList<>()));
        for (Split split : relation.splits()) {
            try (SplitReader reader = split.open()) {
                for (int g = 0; g < split.granuleCount(); g++) {
                    if (passed.nextInt(4) == 0) {
                        for (List<Value> column : columns) {
                            for (int i = 0; i < split.rowCount(g); i++) {
                                column.add(Value.of("passed"));
                            }
                        }
                        continue;
                    }
                    reader.seek(g);
                    List<Vector> vectors = new ArrayList<>();
                    for (int c = 0; c < columns.size(); c++) {
                        vectors.add(reader.read(c, null));
                    }
                    for (int c = 0; c < columns.size(); c++) {
                        for (int i = 0; i < split.rowCount(g); i++) {
                            columns.get(c).add(Lanes.value(vectors.get(c), i));
                        }
                    }
                }
            }
        }
        return columns;
    }

    private static Value text(String text) {
        return new Value.Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Value value(int physical, int variety, Random random) {
        long number = variety == 0 ? random.nextLong() : random.nextInt(variety);
        return switch (physical) {
            case MadePages.BOOLEAN -> Value.of(number & 1);
            case MadePages.INT32 -> Value.of((long) (int) number);
            case MadePages.INT64 -> Value.of(number);
            case MadePages.FLOAT -> Value.of((long) Float.floatToRawIntBits((int) number / 8f));
            case MadePages.DOUBLE -> Value.of(Double.doubleToRawLongBits(number / 8.0));
            case MadePages.BYTE_ARRAY ->
                    number % 5 == 0
                            ? text("")
                            : text(
                                    (number % 3 == 0 ? "größe " : "a text that is the same ")
                                            + number);
            default ->
                    new Value.Bytes(
                            String.format("%07d", Math.floorMod(number, 10_000_000))
                                    .getBytes(StandardCharsets.UTF_8));
        };
    }

    private static List<MadePages.Column> columns(int rows, Random random) {
        List<MadePages.Column> columns = new ArrayList<>();
        int[] physicals = {
            MadePages.BOOLEAN,
            MadePages.INT32,
            MadePages.INT64,
            MadePages.FLOAT,
            MadePages.DOUBLE,
            MadePages.BYTE_ARRAY,
            MadePages.BYTE_ARRAY,
            MadePages.FIXED
        };
        for (int physical : physicals) {
            boolean isRequired = random.nextInt(3) == 0;
            int variety = new int[] {0, 1, 3, 50, 1000}[random.nextInt(5)];
            int nulls = isRequired ? 0 : new int[] {0, 3, 50, 98, 100}[random.nextInt(5)];
            List<Value> values = new ArrayList<>();
            boolean isNull = false;
            for (int i = 0; i < rows; i++) {
                if (random.nextInt(10) < 6) {
                    isNull = random.nextInt(100) < nulls;
                }
                values.add(isNull && !isRequired ? Value.NULL : value(physical, variety, random));
            }
            columns.add(
                    new MadePages.Column("c" + columns.size(), physical, 7, isRequired, values));
        }
        return columns;
    }

    /// What SQL has of a value of the file.
    private static Value expected(int physical, Value value) {
        return switch (value) {
            case Value.Whole(long bits) when physical == MadePages.BOOLEAN -> Value.of(bits == 1);
            case Value.Whole(long bits) when physical == MadePages.FLOAT ->
                    Value.of((double) Float.intBitsToFloat((int) bits));
            case Value.Whole(long bits) when physical == MadePages.DOUBLE ->
                    Value.of(Double.longBitsToDouble(bits));
            default -> value;
        };
    }

    @Test
    void everyPageIsReadAsTheLibraryReadsIt() throws IOException {
        for (int run = 0; run < 60; run++) {
            long seed = SEED + run;
            Random random = new Random(seed);
            int rows = new int[] {1, 50, 4096, 9000, 14_000}[random.nextInt(5)];
            List<MadePages.Column> columns = columns(rows, random);
            int groupRows = random.nextBoolean() ? rows : 1 + rows / 2;
            Path path = folder.resolve("made" + run + ".parquet");
            // The library needs native code for Snappy, which we unpack ourselves.
            boolean isForBoth = run % 3 > 0;
            PageCompression[] codecs = isForBoth ? FOR_BOTH : PageCompression.values();
            Files.write(path, new MadePages(random, codecs).file(columns, rows, groupRows));
            List<List<Value>> own = read(open(path, true), new Random(seed));
            List<List<Value>> library = isForBoth ? read(open(path, false), new Random(seed)) : own;
            for (int c = 0; c < columns.size(); c++) {
                assertEquals(rows, own.get(c).size());
                for (int i = 0; i < rows; i++) {
                    String where = "column " + c + " row " + i + " seed " + seed;
                    assertEquals(library.get(c).get(i), own.get(c).get(i), where);
                    if (!own.get(c).get(i).equals(Value.of("passed"))) {
                        assertEquals(
                                expected(columns.get(c).physical(), columns.get(c).values().get(i)),
                                own.get(c).get(i),
                                where);
                    }
                }
            }
        }
    }

    /// Texts that the file codes come as codes of one dictionary for all batches of a row group, without NULL or a value twice.
    @Test
    void codedTextsStayCodes() throws IOException {
        int coded = 0;
        for (int run = 0; run < 30; run++) {
            Random random = new Random(SEED + run);
            int rows = 12_000;
            List<Value> values = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                values.add(i % 7 == 3 ? Value.NULL : text("value " + random.nextInt(40)));
            }
            List<MadePages.Column> columns =
                    List.of(new MadePages.Column("t", MadePages.BYTE_ARRAY, 0, false, values));
            Path path = folder.resolve("coded" + run + ".parquet");
            Files.write(
                    path,
                    new MadePages(random, PageCompression.values()).file(columns, rows, 6000));
            List<Dictionary> seen = new ArrayList<>();
            for (Split split : open(path, true).splits()) {
                Dictionary known = null;
                try (SplitReader reader = split.open()) {
                    for (int g = 0; g < split.granuleCount(); g++) {
                        reader.seek(g);
                        if (reader.read(0, null) instanceof DictionaryVector vector) {
                            coded++;
                            assertTrue(known == null || known == vector.dictionary());
                            known = vector.dictionary();
                            for (int i = 0; i < vector.size(); i++) {
                                assertTrue(
                                        vector.codes()[i] >= 0 && vector.codes()[i] < known.size());
                                assertFalse(vector.isNull(i) && vector.codes()[i] != 0);
                            }
                        }
                    }
                }
                if (known != null) {
                    seen.add(known);
                    HashSet<Value> distinct = new HashSet<>();
                    for (int i = 0; i < known.size(); i++) {
                        assertTrue(distinct.add(Lanes.value(known.values(), i)));
                    }
                }
            }
            if (seen.size() == 2) {
                assertNotEquals(seen.getFirst(), seen.getLast());
            }
        }
        assertTrue(coded > 20, "coded " + coded);
    }

    /// Whatever bytes are changed: there are rows, or there is an error of ours that names the file.
    @Test
    void damagedFilesGiveErrorsOrRows() throws IOException {
        int failures = 0;
        int runs = 400;
        for (int run = 0; run < runs; run++) {
            long seed = SEED + run;
            Random random = new Random(seed);
            int rows = new int[] {3, 200, 5000}[random.nextInt(3)];
            byte[] bytes =
                    new MadePages(random, PageCompression.values())
                            .file(columns(rows, random), rows, rows);
            int hits = 1 + random.nextInt(4);
            for (int hit = 0; hit < hits; hit++) {
                int at = 4 + random.nextInt(bytes.length - 8);
                bytes[at] =
                        (byte)
                                (random.nextBoolean()
                                        ? random.nextInt(256)
                                        : bytes[at] ^ 1 << random.nextInt(8));
            }
            Path path = folder.resolve("damaged.parquet");
            Files.write(path, bytes);
            try {
                read(open(path, true), new Random(seed));
            } catch (BasaltException e) {
                failures++;
                assertTrue(e.text().contains("damaged.parquet"), e.text() + " seed " + seed);
                assertTrue(
                        e.code() == ErrorCode.BAD_COPY_FORMAT
                                || e.code() == ErrorCode.FEATURE_NOT_SUPPORTED,
                        e.text() + " seed " + seed);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(failures > runs / 10, "failures " + failures);
    }
}
