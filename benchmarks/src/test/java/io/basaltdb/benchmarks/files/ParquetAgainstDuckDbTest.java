package io.basaltdb.benchmarks.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that DuckDB wrote, read by both, and files that Basalt wrote, the same: every plain type, NULLs, several row groups, every compression of
/// the launcher's class path.
class ParquetAgainstDuckDbTest {
    private static final int ROWS = 12_000;

    /// All columns as texts that both engines write alike.
    private static final String TEXTS =
            "id, CASE WHEN flag THEN 1 WHEN NOT flag THEN 0 END AS flag, tiny, small, whole, big, u8, u16, u32,"
                    + " CAST(u64 AS VARCHAR) AS u64, single, ratio, d4, d9, d18, CAST(d38 AS VARCHAR) AS d38,"
                    + " CAST(on_day AS VARCHAR) AS on_day, seconds, micros, note";

    @TempDir Path folder;
    private Connection duckDb;
    private Connection basalt;

    @BeforeEach
    void connect() throws SQLException {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        basalt = DriverManager.getConnection("jdbc:basalt:mem:");
    }

    @AfterEach
    void disconnect() throws SQLException {
        basalt.close();
        duckDb.close();
    }

    /// Random values of every type, each NULL in a seventh of the rows.
    private String write(String name, String options, long seed) throws SQLException {
        String path = folder.resolve(name).toString();
        String[][] columns = {
            {"flag", "h % 2 = 0"},
            {"tiny", "(h % 256 - 128)::TINYINT"},
            {"small", "(h % 65536 - 32768)::SMALLINT"},
            {"whole", "(h % 4294967296 - 2147483648)::INTEGER"},
            {"big", "(h // 2)::BIGINT - 4611686018427387904"},
            {"u8", "(h % 256)::UTINYINT"},
            {"u16", "(h % 65536)::USMALLINT"},
            {"u32", "(h % 4294967296)::UINTEGER"},
            {"u64", "h::UBIGINT"},
            {"single", "(h % 100000)::FLOAT / 16"},
            {"ratio", "(h % 1000000007)::DOUBLE / 7"},
            {"d4", "((h % 9999)::INTEGER - 5000)::DECIMAL(9,1)"},
            {"d9", "((h % 1999999)::INTEGER - 999999)::DECIMAL(9,2)"},
            {"d18", "(((h % 199999999)::BIGINT - 99999999) * 0.001)::DECIMAL(18,3)"},
            {"d38", "((h % 1999999999)::HUGEINT - 999999999)::DECIMAL(38,5) * 1000000000000000"},
            {"on_day", "DATE '1900-01-01' + (h % 80000)::INTEGER"},
            {
                "seconds",
                "(TIMESTAMP '1950-01-01' + to_seconds((h % 4000000000)::BIGINT))::TIMESTAMP_MS"
            },
            {"micros", "TIMESTAMP '1950-01-01' + to_microseconds((h % 4000000000000000)::BIGINT)"},
            {
                "note",
                "CASE WHEN h % 5 = 0 THEN '' WHEN h % 5 = 1 THEN 'größe ' || h ELSE 'text ' || h % 40 END"
            }
        };
        StringBuilder select = new StringBuilder("SELECT id");
        for (int c = 0; c < columns.length; c++) {
            select.append(", CASE WHEN hash(id, ")
                    .append(c)
                    .append(", ")
                    .append(seed)
                    .append(") % 7 = 3 THEN NULL ELSE ")
                    .append(
                            columns[c][1].replaceAll(
                                    "\\bh\\b",
                                    "hash(" + seed + ", id, '" + columns[c][0] + "')::HUGEINT"))
                    .append(" END AS ")
                    .append(columns[c][0]);
        }
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(
                    "COPY ("
                            + select
                            + " FROM (SELECT i::BIGINT id FROM range("
                            + ROWS
                            + ") r(i))) TO '"
                            + path
                            + "' (FORMAT parquet, ROW_GROUP_SIZE 4096, "
                            + options
                            + ")");
        }
        return path;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMPRESSION snappy",
                "COMPRESSION zstd",
                "COMPRESSION gzip",
                "COMPRESSION lz4_raw",
                "COMPRESSION uncompressed",
                "COMPRESSION snappy, PARQUET_VERSION V2",
                "COMPRESSION zstd, PARQUET_VERSION V2",
                "COMPRESSION zstd, DICTIONARY_SIZE_LIMIT 1",
                "COMPRESSION uncompressed, PARQUET_VERSION V2, STRING_DICTIONARY_PAGE_SIZE_LIMIT 500"
            })
    void everyValueIsTheSame(String options) throws SQLException {
        long seed = Long.getLong("test.seed", System.nanoTime());
        String path = write("all.parquet", options, seed);
        String query = "SELECT " + TEXTS + " FROM '" + path + "' ORDER BY id";
        List<String> expected = rows(duckDb, query);
        assertEquals(ROWS, expected.size());
        List<String> found = rows(basalt, query);
        assertEquals(expected.size(), found.size(), "seed " + seed);
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), found.get(i), "row " + i + ", seed " + seed);
        }
    }

    /// Whatever bytes of a file are changed: there are rows, or there is an error that names the file.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMPRESSION snappy",
                "COMPRESSION zstd",
                "COMPRESSION lz4_raw",
                "COMPRESSION uncompressed, PARQUET_VERSION V2"
            })
    void damagedFilesGiveErrorsOrRows(String options) throws SQLException, IOException {
        long seed = Long.getLong("test.seed", System.nanoTime());
        byte[] whole = Files.readAllBytes(Path.of(write("whole.parquet", options, seed)));
        Random random = new Random(seed);
        int failures = 0;
        for (int run = 0; run < 15; run++) {
            byte[] bytes = whole.clone();
            for (int hit = 0; hit < 6; hit++) {
                // Half of them in the footer and the last pages.
                int from = random.nextBoolean() ? 4 : bytes.length - bytes.length / 16;
                int at = from + random.nextInt(bytes.length - 4 - from);
                bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
            Path path = folder.resolve("damaged" + run + ".parquet");
            Files.write(path, bytes);
            try {
                rows(basalt, "SELECT " + TEXTS + " FROM '" + path + "'");
            } catch (SQLException e) {
                failures++;
                String found = e.getSQLState() + " " + e.getMessage() + ", seed " + seed;
                assertTrue(List.of("22P04", "0A000", "42703").contains(e.getSQLState()), found);
                assertTrue(
                        e.getMessage().contains("damaged" + run) || e.getSQLState().equals("42703"),
                        found);
            }
        }
        assertTrue(failures > 1, "failures " + failures + ", seed " + seed);
    }

    @Test
    void filtersPruneWithoutLosingRows() throws SQLException {
        long seed = Long.getLong("test.seed", System.nanoTime());
        String path = write("all.parquet", "COMPRESSION snappy", seed);
        for (String filter :
                List.of(
                        "id BETWEEN 5000 AND 7000",
                        "id = 11999",
                        "id < 0",
                        "big > 0",
                        "u64 > 9223372036854775807",
                        "u32 > 3000000000",
                        "note = 'text 7'",
                        "note IS NULL AND id > 9000",
                        "tiny IS NOT NULL AND micros < TIMESTAMP '1980-01-01 00:00:00'",
                        "d38 < 0",
                        "on_day >= DATE '2100-01-01'")) {
            String query =
                    "SELECT count(*), min(id), max(id), count(note), sum(d9) FROM '"
                            + path
                            + "' WHERE "
                            + filter;
            assertEquals(rows(duckDb, query), rows(basalt, query), filter + ", seed " + seed);
        }
    }

    @Test
    void readsManyFilesAndLoadsThem() throws SQLException {
        write("part-1.parquet", "COMPRESSION snappy", 1);
        write("part-2.parquet", "COMPRESSION zstd", 2);
        String glob = folder.resolve("part-*.parquet").toString();
        String query = "SELECT count(*), count(tiny), sum(whole), max(note) FROM '" + glob + "'";
        assertEquals(rows(duckDb, query), rows(basalt, query));
        try (Statement statement = basalt.createStatement()) {
            statement.execute("CREATE TABLE loaded (note TEXT, whole BIGINT, id BIGINT)");
            assertEquals(2 * ROWS, statement.executeUpdate("COPY loaded FROM '" + glob + "'"));
        }
        assertEquals(
                rows(duckDb, "SELECT sum(id), sum(whole), count(note) FROM '" + glob + "'"),
                rows(basalt, "SELECT sum(id), sum(whole), count(note) FROM loaded"));
    }

    /// Every value and type that Basalt writes is what DuckDB wrote.
    @ParameterizedTest
    @ValueSource(strings = {"snappy", "gzip", "uncompressed"})
    void whatBasaltWritesIsTheSame(String compression) throws SQLException {
        long seed = Long.getLong("test.seed", System.nanoTime());
        String path = write("all.parquet", "COMPRESSION snappy", seed);
        String copy = folder.resolve("copy.parquet").toString();
        try (Statement statement = basalt.createStatement()) {
            assertEquals(
                    ROWS,
                    statement.executeUpdate(
                            "COPY (SELECT *, id * 0.5 - 0.0 AS half FROM '"
                                    + path
                                    + "') TO '"
                                    + copy
                                    + "' (COMPRESSION "
                                    + compression
                                    + ", ROW_GROUP_SIZE 5000)"));
        }
        String texts = "SELECT " + TEXTS + " FROM '%s' ORDER BY id";
        List<String> expected = rows(duckDb, texts.formatted(path));
        for (Connection reader : List.of(duckDb, basalt)) {
            List<String> found = rows(reader, texts.formatted(copy));
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(expected.get(i), found.get(i), "row " + i + ", seed " + seed);
            }
        }
        for (String filter :
                List.of(
                        "id = 11999",
                        "id > 11000 AND whole > 0",
                        "d9 < -9000",
                        "note = 'text 7'",
                        "tiny IS NULL")) {
            String query =
                    "SELECT count(*), min(id), max(id), count(note), sum(d9) FROM '%s' WHERE "
                            + filter;
            List<String> counts = rows(duckDb, query.formatted(path));
            assertEquals(counts, rows(duckDb, query.formatted(copy)), filter + ", seed " + seed);
            assertEquals(counts, rows(basalt, query.formatted(copy)), filter + ", seed " + seed);
        }
        assertEquals(
                List.of("3 | "),
                rows(
                        duckDb,
                        "SELECT count(DISTINCT row_group_id) FROM parquet_metadata('"
                                + copy
                                + "')"));
    }

    @Test
    void labelsAreWrittenAsTexts() throws SQLException {
        String path = folder.resolve("labels.parquet").toString();
        try (Statement statement = basalt.createStatement()) {
            assertEquals(
                    1_000,
                    statement.executeUpdate(
                            "COPY (SELECT n AS id, CAST(CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN 'low' WHEN 2 THEN 'it''s' ELSE 'high' END"
                                    + " AS ENUM('low', 'it''s', 'high')) AS e,"
                                    + " CASE WHEN n % 3 > 0 THEN ARRAY[CAST('high' AS ENUM('low', 'high')), NULL] END AS l"
                                    + " FROM generate_series(1, 1000) AS s(n)) TO '"
                                    + path
                                    + "'"));
        }
        String query =
                "SELECT e, count(*), min(id), count(l), min(l[1]), count(l[2]) FROM '"
                        + path
                        + "' GROUP BY e ORDER BY e NULLS LAST";
        List<String> expected =
                List.of(
                        "high | 250 | 3 | 166 | high | 0 | ",
                        "it's | 250 | 2 | 167 | high | 0 | ",
                        "low | 250 | 1 | 167 | high | 0 | ",
                        "null | 250 | 4 | 167 | high | 0 | ");
        assertEquals(expected, rows(duckDb, query));
        assertEquals(expected, rows(basalt, query));
    }

    @Test
    void addressesAreWrittenAsTexts() throws SQLException {
        String path = folder.resolve("addresses.parquet").toString();
        try (Statement statement = basalt.createStatement()) {
            assertEquals(
                    300,
                    statement.executeUpdate(
                            "COPY (SELECT n AS id, CAST(CASE n % 3 WHEN 1 THEN '192.0.2.7' WHEN 2 THEN '2001:DB8::/32' END AS INET) AS a,"
                                    + " ARRAY[CAST('10.0.0.1/8' AS INET), NULL] AS l"
                                    + " FROM generate_series(1, 300) AS s(n)) TO '"
                                    + path
                                    + "'"));
        }
        String query =
                "SELECT a, count(*), min(id), min(l[1]), count(l[2]) FROM '"
                        + path
                        + "' GROUP BY a ORDER BY a NULLS LAST";
        List<String> expected =
                List.of(
                        "192.0.2.7 | 100 | 1 | 10.0.0.1/8 | 0 | ",
                        "2001:db8::/32 | 100 | 2 | 10.0.0.1/8 | 0 | ",
                        "null | 100 | 3 | 10.0.0.1/8 | 0 | ");
        assertEquals(expected, rows(duckDb, query));
        assertEquals(expected, rows(basalt, query));
    }

    @Test
    void refusesWhatItCannotWriteWithoutTouchingAnything() {
        String path = folder.resolve("x.parquet").toString();
        refused(
                "0A000",
                "cast it to TEXT",
                "COPY (SELECT INTERVAL '1' DAY AS i) TO '" + path + "'");
        refused("22023", "the name A", "COPY (SELECT 1 AS a, 2 AS A) TO '" + path + "'");
        refused(
                "22023",
                "snappy, gzip",
                "COPY (SELECT 1 AS a) TO '" + path + "' (COMPRESSION brotli)");
        refused(
                "22023",
                "row_group_size",
                "COPY (SELECT 1 AS a) TO '" + path + "' (ROW_GROUP_SIZE 0)");
        assertFalse(Files.exists(Path.of(path)));
    }

    private void refused(String sqlState, String reason, String sql) {
        SQLException refusal = assertThrows(SQLException.class, () -> rows(basalt, sql));
        assertEquals(sqlState, refusal.getSQLState(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }

    /// A file without rows has its columns.
    @Test
    void writesNoRows() throws SQLException {
        String path = folder.resolve("none.parquet").toString();
        try (Statement statement = basalt.createStatement()) {
            statement.execute("COPY (SELECT 1 AS a, [TRUE] AS b WHERE FALSE) TO '" + path + "'");
        }
        assertEquals(List.of("0 | "), rows(duckDb, "SELECT count(b) FROM '" + path + "'"));
        assertEquals(List.of("0 | "), rows(basalt, "SELECT count(b) FROM '" + path + "'"));
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return rows;
            }
            try (ResultSet row = statement.getResultSet()) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    StringBuilder line = new StringBuilder();
                    for (int c = 1; c <= columns; c++) {
                        line.append(text(row, c)).append(" | ");
                    }
                    rows.add(line.toString());
                }
            }
        }
        return rows;
    }

    private static String text(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        return value instanceof Number number
                ? new java.math.BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }
}
