package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.DatabaseCheck;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.LocalDisk;
import io.basaltdb.storage.testkit.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Database directories that earlier programs wrote are opened, checked, read and written on. Each corpus in `golden/` holds the files
/// of one version of the formats: `closed` is a database that was closed, `killed` one that was not, with its newest commits in the log only; and
/// `answers.txt`, queries with the rows that they gave when the corpus was written.
///
/// A corpus is written once and kept. Whoever changes a format that was released raises its version and adds a corpus beside the others:
/// `./mvnw test -pl query -am -Dtest=GoldenFilesTest -Dgolden.files.write=<name>`.
@Tag("D14")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GoldenFilesTest {
    private static final Path CORPORA = Path.of("src/test/resources/io/basaltdb/query/golden");
    private static final List<String> STATES = List.of("closed", "killed");
    private static final String ANSWERS = "answers.txt";

    private static final List<String> FIRST =
            List.of(
                    "CREATE TABLE types (id INTEGER NOT NULL, b BOOLEAN, i1 TINYINT, i2 SMALLINT, i8 BIGINT, f REAL, d DOUBLE,"
                            + " small DECIMAL(9,2), large DECIMAL(38,10), day DATE, at TIMESTAMP, tz TIMESTAMP WITH TIME ZONE,"
                            + " label VARCHAR(20), note TEXT) ORDER BY (id)",
                    "INSERT INTO types SELECT n, n % 2 = 0, n % 100, n * 11, n * 1000000007, n / 4.0, n / 8.0, n / 3.0, n * 1.0000000001,"
                            + " DATE '2020-01-01' + INTERVAL '1' DAY * n, TIMESTAMP '2020-01-01 00:00:00' + INTERVAL '1' HOUR * n,"
                            + " CAST(TIMESTAMP '2020-01-01 00:00:00' + INTERVAL '1' MINUTE * n AS TIMESTAMP WITH TIME ZONE),"
                            + " 'label ' || CAST(n % 7 AS VARCHAR), 'a note of its own, number ' || CAST(n * n AS VARCHAR)"
                            + " FROM generate_series(1, 300) AS s(n)",
                    "INSERT INTO types (id) VALUES (1000)",
                    "INSERT INTO types (id, i1, i2, i8, f, d, large, day, label, note) VALUES (1001, -128, -32768, -9223372036854775807 - 1,"
                            + " CAST('NaN' AS REAL), CAST('-Infinity' AS DOUBLE), -9999999999999999999999999999.9999999999,"
                            + " DATE '0001-01-01', '', 'grüße, 世界')",
                    "CREATE TABLE accounts (id BIGINT PRIMARY KEY, owner VARCHAR(20), amount DECIMAL(18,2) DEFAULT 0)",
                    "INSERT INTO accounts SELECT n, 'owner ' || CAST(n AS VARCHAR), n * 1.5 FROM generate_series(1, 200) AS s(n)",
                    "CREATE TABLE sales (day DATE, region VARCHAR(10), quantity INTEGER CHECK (quantity > 0),"
                            + " twice INTEGER GENERATED ALWAYS AS (quantity * 2) STORED) PARTITION BY region ORDER BY (day)",
                    "INSERT INTO sales (day, region, quantity) SELECT DATE '2024-01-01' + INTERVAL '1' DAY * n,"
                            + " CASE n % 3 WHEN 0 THEN 'north' WHEN 1 THEN 'south' END, n FROM generate_series(1, 150) AS s(n)",
                    "CREATE VIEW rich AS SELECT owner, amount FROM accounts WHERE amount > 250",
                    "CREATE TABLE spelled (id INTEGER PRIMARY KEY, u UUID, t TIME, bytes VARBINARY, js JSON) WITH (history = '1 day')",
                    "INSERT INTO spelled SELECT n, CAST('00000000-0000-0000-8000-' || CAST(100000000000 + n AS VARCHAR) AS UUID),"
                            + " CAST(TIMESTAMP '2020-01-01 00:00:00' + INTERVAL '1' MINUTE * n AS TIME), decode(CAST(1000 + n AS VARCHAR), 'hex'),"
                            + " CAST('{\"n\": ' || CAST(n AS VARCHAR) || '}' AS JSON) FROM generate_series(1, 100) AS s(n)",
                    "CREATE TABLE inside (id INTEGER NOT NULL, l INTEGER[], ls STRUCT(a DOUBLE, b TEXT)[], m MAP(TEXT, DATE[]),"
                            + " s STRUCT(u UUID, d DECIMAL(38, 10), t TIMESTAMP, js JSON, bytes VARBINARY, yes BOOLEAN)) ORDER BY (id)",
                    "INSERT INTO inside SELECT n, CASE WHEN n % 5 = 0 THEN NULL WHEN n % 5 = 1 THEN ARRAY[] ELSE ARRAY[n, NULL, -n] END,"
                            + " ARRAY[{'a': n / 4.0, 'b': 'größe ' || CAST(n AS VARCHAR)}, NULL, {'a': NULL, 'b': ''}],"
                            + " MAP {'day ' || CAST(n % 3 AS VARCHAR): ARRAY[DATE '2024-01-01' + INTERVAL '1' DAY * n], 'none': NULL},"
                            + " CASE WHEN n % 4 > 0 THEN {'u': CAST('00000000-0000-0000-8000-' || CAST(100000000000 + n AS VARCHAR) AS UUID),"
                            + " 'd': n * 1.0000000001, 't': TIMESTAMP '2020-01-01 00:00:00' + INTERVAL '1' HOUR * n,"
                            + " 'js': CAST('{\"n\": ' || CAST(n AS VARCHAR) || '}' AS JSON), 'bytes': decode(CAST(1000 + n AS VARCHAR), 'hex'),"
                            + " 'yes': n % 2 = 0} END FROM generate_series(1, 120) AS s(n)",
                    "CREATE TABLE spans (i INTERVAL, l INTERVAL[], id INTEGER) ORDER BY (i)",
                    "INSERT INTO spans SELECT CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN make_interval(0, n) WHEN 2 THEN make_interval(days => n * 30)"
                            + " ELSE make_interval(hours => n * -720, secs => n / 7.0) END, ARRAY[make_interval(n, -n, 0, n), NULL], n"
                            + " FROM generate_series(1, 150) AS s(n)",
                    "CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s fine')",
                    "CREATE TABLE moods (id INTEGER, m mood, size ENUM('s', 'm', 'l'), l mood[], s STRUCT(m mood)) ORDER BY (m)",
                    "INSERT INTO moods SELECT n, CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN 'ok' WHEN 2 THEN 'sad' ELSE 'it''s fine' END,"
                            + " substring('sml', n % 3 + 1, 1), CASE WHEN n % 2 = 0 THEN ARRAY[CAST('ok' AS mood), NULL] END,"
                            + " {'m': CAST('sad' AS mood)} FROM generate_series(1, 130) AS s(n)",
                    "CREATE TABLE hosts (id INTEGER, a INET, l INET[]) ORDER BY (a)",
                    "INSERT INTO hosts SELECT n, CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN CAST('192.0.2.' || CAST(n AS TEXT) AS INET)"
                            + " WHEN 2 THEN CAST('10.1.' || CAST(n AS TEXT) || '.0/' || CAST(n % 33 AS TEXT) AS INET)"
                            + " ELSE CAST('2001:db8::' || CAST(n AS TEXT) || '/' || CAST(n AS TEXT) AS INET) END,"
                            + " CASE WHEN n % 3 > 0 THEN ARRAY[CAST('::' || CAST(n AS TEXT) AS INET), NULL] END"
                            + " FROM generate_series(1, 120) AS s(n)",
                    "CREATE MACRO doubled(x) AS x * 2",
                    "COMMENT ON TABLE accounts IS 'who has how much'",
                    "CREATE SCHEMA other",
                    "CREATE TABLE other.empty (a INTEGER)");

    /// After seals, merges and a checkpoint.
    private static final List<String> SECOND =
            List.of(
                    "DELETE FROM types WHERE id BETWEEN 100 AND 120 OR id % 50 = 0",
                    "UPDATE accounts SET amount = amount + 1000 WHERE id % 10 = 0",
                    "DELETE FROM accounts WHERE id > 190",
                    "DELETE FROM spelled WHERE id % 7 = 0",
                    "ALTER TABLE accounts ADD COLUMN since DATE DEFAULT DATE '2024-02-29'",
                    "ALTER TABLE types RENAME COLUMN label TO tag",
                    "UPDATE hosts SET a = '127.0.0.1' WHERE id % 10 = 0",
                    "ALTER TYPE mood ADD VALUE 'glad'",
                    "UPDATE moods SET m = 'glad' WHERE id % 10 = 0",
                    "SET insert_token = 'kept'",
                    "INSERT INTO accounts VALUES (500, 'new', 1, DATE '2025-01-01'), (1, 'again', 2, NULL)"
                            + " ON CONFLICT (id) DO UPDATE SET owner = excluded.owner",
                    "RESET insert_token",
                    "INSERT INTO sales (day, region, quantity) VALUES (DATE '2026-01-01', 'west', 7)");

    /// In the log only.
    private static final List<String> LAST =
            List.of(
                    "DELETE FROM accounts WHERE id BETWEEN 20 AND 30",
                    "ALTER TYPE mood ADD VALUE 'merry'",
                    "INSERT INTO moods VALUES (1000, 'merry', 'l', ARRAY[CAST('merry' AS mood)], NULL)",
                    "BEGIN",
                    "INSERT INTO types (id, tag) VALUES (2000, 'last')",
                    "INSERT INTO accounts VALUES (501, 'last', 3, NULL)",
                    "COMMIT");

    private static final List<String> QUERIES =
            List.of(
                    "SELECT * FROM types ORDER BY id",
                    "SELECT count(*), sum(i8), min(large), max(note) FROM types WHERE id > 50",
                    "SELECT * FROM accounts ORDER BY id",
                    "SELECT * FROM accounts WHERE id = 77",
                    "SELECT region, count(*), sum(quantity), sum(twice), min(day), max(day) FROM sales GROUP BY region ORDER BY region",
                    "SELECT * FROM sales WHERE region = 'north' ORDER BY day",
                    "SELECT * FROM rich ORDER BY owner",
                    "SELECT * FROM spelled ORDER BY id",
                    "SELECT * FROM inside ORDER BY id",
                    "SELECT count(*), count(l), max(l), min(m) FROM inside WHERE l[1] > 7 OR s.yes",
                    "SELECT * FROM spans ORDER BY id",
                    "SELECT i, count(*), min(id) FROM spans WHERE i > '-1 year' GROUP BY i ORDER BY i",
                    "SELECT * FROM moods ORDER BY id",
                    "SELECT m, count(*), min(size), max(l) FROM moods WHERE m > 'sad' GROUP BY m ORDER BY m",
                    "SELECT * FROM hosts ORDER BY id",
                    "SELECT min(a), max(a), count(DISTINCT a) FROM hosts WHERE a > '10.0.0.0/8' AND a < '2001:db8::'",
                    "SELECT doubled(amount) FROM accounts WHERE id = 3",
                    "SELECT name, comment FROM system.tables WHERE name = 'accounts'",
                    "SELECT count(*) FROM other.empty",
                    "SELECT table_schema, table_name, column_name, data_type, is_nullable FROM information_schema.columns"
                            + " WHERE table_schema IN ('main', 'other') ORDER BY table_schema, table_name, ordinal_position");

    @TempDir private Path folder;

    private static TestSessions open(Path directory) {
        DatabaseOptions options =
                DatabaseOptions.defaults()
                        .withManualSteps(new Random(14))
                        .withSeal(1 << 20, 70)
                        .withBulk(1 << 20, 120, 1 << 19, 90)
                        .withLog(1 << 14, 1 << 12, 1 << 10)
                        .withMerge(1 << 24, 3);
        return new TestSessions(new LocalDisk(directory), new ManualClock(), options);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    private static List<Path> corpora() throws IOException {
        try (Stream<Path> paths = Files.list(CORPORA)) {
            return paths.sorted().toList();
        }
    }

    private Path copyOf(Path corpus, String state) throws IOException {
        Path directory = folder.resolve(corpus.getFileName() + " " + state);
        copy(corpus.resolve(state), directory);
        return directory;
    }

    /// Queries with their rows, one under the other.
    private static List<String> answers(TestSessions sessions, List<String> queries) {
        TestSessions.Client client = sessions.client();
        List<String> lines = new ArrayList<>();
        for (String query : queries) {
            lines.add("> " + query);
            lines.addAll(client.rows(query));
        }
        return lines;
    }

    @Test
    void everyCorpusIsReadAndWrittenOn() throws IOException {
        assertFalse(corpora().isEmpty());
        for (Path corpus : corpora()) {
            List<String> expected = Files.readAllLines(corpus.resolve(ANSWERS));
            List<String> queries =
                    expected.stream()
                            .filter(line -> line.startsWith("> "))
                            .map(line -> line.substring(2))
                            .toList();
            for (String state : STATES) {
                Path directory = copyOf(corpus, state);
                assertEquals(List.of(), DatabaseCheck.problems(new LocalDisk(directory)));
                try (TestSessions sessions = open(directory)) {
                    assertEquals(expected, answers(sessions, queries), corpus + " " + state);
                    sessions.client().run("INSERT INTO accounts (id) VALUES (9000)");
                    sessions.client().run("UPDATE types SET note = 'new' WHERE id = 60");
                    sessions.settle();
                }
                assertEquals(List.of(), DatabaseCheck.problems(new LocalDisk(directory)));
                try (TestSessions sessions = open(directory)) {
                    assertEquals(
                            List.of("1"),
                            sessions.client()
                                    .rows("SELECT count(*) FROM accounts WHERE id = 9000"));
                }
            }
        }
    }

    /// A token is remembered, whoever wrote it down.
    @Test
    void tokensOfACorpusStillCount() throws IOException {
        try (TestSessions sessions = open(copyOf(corpora().getLast(), "closed"))) {
            TestSessions.Client client = sessions.client();
            client.run("SET insert_token = 'kept'");
            assertEquals("23000", client.refusal("INSERT INTO accounts (id) VALUES (1)"));
        }
    }

    @Test
    void filesOfOtherVersionsAreRefusedByName() throws IOException {
        Path corpus = corpora().getLast();
        for (int change : List.of(-1, 1)) {
            for (String kind : List.of("part", "log", "manifest")) {
                Path directory = folder.resolve(kind + change);
                copy(corpus.resolve("killed"), directory);
                Path file = newest(directory, kind);
                int version = raise(file, kind, change);
                BasaltException refused =
                        assertThrows(BasaltException.class, () -> read(directory));
                assertEquals(ErrorCode.FORMAT_TOO_NEW, refused.code(), refused.getMessage());
                String name = file.getFileName().toString();
                String said = refused.text();
                assertTrue(
                        said.contains(kind.equals("part") ? name.replace(".part", "") : name),
                        said);
                assertTrue(said.contains("" + version), said);
                assertTrue(
                        said.contains(change > 0 ? "newer program" : "program that wrote it"),
                        said);
            }
        }
    }

    private static void read(Path directory) {
        try (TestSessions sessions = open(directory)) {
            answers(sessions, QUERIES);
        }
    }

    private static Path newest(Path directory, String kind) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> path.toString().endsWith("." + kind))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    /// Gives the file another version, and a header that is whole with it; all three kinds keep the version behind a magic of 8 bytes.
    private static int raise(Path file, String kind, int change) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int version = bytes.getInt(8) + change;
        bytes.putInt(8, version);
        int checksumAt =
                switch (kind) {
                    case "log" -> 60;
                    case "manifest" -> 28;
                    default -> 32 + bytes.getInt(12);
                };
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, checksumAt);
        bytes.putInt(checksumAt, (int) crc.getValue());
        Files.write(file, bytes.array());
        return version;
    }

    @Test
    @EnabledIfSystemProperty(named = "golden.files.write", matches = "\\w+")
    void write() throws IOException {
        Path corpus =
                Files.createDirectories(CORPORA.resolve(System.getProperty("golden.files.write")));
        Path directory = Files.createDirectories(folder.resolve("written"));
        try (TestSessions sessions = open(directory)) {
            run(sessions, FIRST);
            run(sessions, SECOND);
            run(sessions, LAST);
            copy(directory, corpus.resolve("killed"));
            Files.write(corpus.resolve(ANSWERS), answers(sessions, QUERIES));
        }
        copy(directory, corpus.resolve("closed"));
    }

    private static void run(TestSessions sessions, List<String> statements) {
        TestSessions.Client client = sessions.client();
        for (String sql : statements) {
            client.run(sql);
            if (statements != LAST) {
                sessions.settle();
            }
        }
    }
}
