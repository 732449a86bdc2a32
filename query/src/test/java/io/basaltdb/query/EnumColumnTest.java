package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.storage.DatabaseCheck;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.MemoryDisk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Columns of ENUMs beside a model: what is inserted, changed and deleted through seals, merges, new labels and reopenings.
@Timeout(120)
class EnumColumnTest {
    /// In an order that is not that of the texts.
    private static final List<String> LABELS =
            List.of("sad", "ok", "happy", "ecstatic", "calm", "zen", "");

    private static final int FIRST_LABELS = 4;

    /// @param mood a place in the labels; −1: NULL
    private record Row(int id, int mood) {
        String sql() {
            return "(" + id + ", " + (mood < 0 ? "NULL" : "'" + LABELS.get(mood) + "'") + ")";
        }

        String shown() {
            return mood < 0 ? "NULL" : LABELS.get(mood);
        }

        /// NULL last.
        int order() {
            return mood < 0 ? LABELS.size() : mood;
        }
    }

    private static DatabaseOptions options(long seed) {
        return DatabaseOptions.defaults()
                .withManualSteps(new SplittableRandom(seed))
                .withSeal(1 << 20, 200)
                .withLog(1 << 20, 1 << 30, 1);
    }

    @Test
    void rowsKeepTheirLabelsThroughEverything() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("EnumColumnTest seed " + seed);
        Random random = new Random(seed);
        MemoryDisk disk = new MemoryDisk("the test", 1L << 29);
        TreeMap<Integer, Row> rows = new TreeMap<>();
        int labels = FIRST_LABELS;
        for (int opening = 0; opening < 4; opening++) {
            try (TestSessions sessions = new TestSessions(disk, options(seed))) {
                TestSessions.Client client = sessions.client();
                if (opening == 0) {
                    client.run("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy', 'ecstatic')");
                    client.run(
                            "CREATE TABLE t (id INTEGER PRIMARY KEY, m mood DEFAULT 'ok', l mood[]) ORDER BY (m)");
                    client.run("CREATE TABLE k (m mood, id INTEGER, PRIMARY KEY (m, id))");
                } else {
                    client.run("ALTER TYPE mood ADD VALUE '" + LABELS.get(labels++) + "'");
                }
                for (int step = 0; step < 6; step++) {
                    change(client, rows, labels, random);
                    if (random.nextBoolean()) {
                        sessions.settle();
                    }
                    check(client, rows, labels);
                }
            }
            assertEquals(List.of(), DatabaseCheck.problems(disk));
        }
    }

    private static void change(
            TestSessions.Client client, TreeMap<Integer, Row> rows, int labels, Random random) {
        List<Row> more = new ArrayList<>();
        int first = rows.isEmpty() ? 0 : rows.lastKey() + 1;
        int count = 1 + random.nextInt(300);
        for (int n = 0; n < count; n++) {
            more.add(new Row(first + n, random.nextInt(labels + 1) - 1));
        }
        String values = more.stream().map(Row::sql).collect(Collectors.joining(", "));
        client.run("INSERT INTO t (id, m) VALUES " + values);
        client.run(
                "INSERT INTO k SELECT m, id FROM t WHERE m IS NOT NULL AND id >= "
                        + first
                        + " ON CONFLICT (m, id) DO NOTHING");
        more.forEach(row -> rows.put(row.id(), row));
        int gone = random.nextInt(labels);
        int from = random.nextInt(first + count);
        client.run(
                "DELETE FROM t WHERE m = '%s' AND id BETWEEN %d AND %d"
                        .formatted(LABELS.get(gone), from, from + 20));
        rows.values()
                .removeIf(row -> row.mood() == gone && row.id() >= from && row.id() <= from + 20);
        int before = random.nextInt(labels);
        int after = random.nextInt(labels);
        int every = 5 + random.nextInt(20);
        client.run(
                "UPDATE t SET m = '%s', l = [m, 'sad', NULL] WHERE m >= '%s' AND id %% %d = 0"
                        .formatted(LABELS.get(after), LABELS.get(before), every));
        rows.replaceAll(
                (id, row) -> row.mood() >= before && id % every == 0 ? new Row(id, after) : row);
        client.run("DELETE FROM k");
        client.run("INSERT INTO k SELECT m, id FROM t WHERE m IS NOT NULL");
    }

    private static void check(TestSessions.Client client, TreeMap<Integer, Row> rows, int labels) {
        List<Row> ordered =
                rows.values().stream()
                        .sorted(Comparator.comparingInt(Row::order).thenComparingInt(Row::id))
                        .toList();
        assertEquals(
                ordered.stream().map(row -> row.id() + "|" + row.shown()).toList(),
                client.rows("SELECT id, m FROM t ORDER BY m, id"));
        TreeMap<Integer, Long> groups =
                rows.values().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Row::order, TreeMap::new, Collectors.counting()));
        List<String> counts =
                groups.entrySet().stream()
                        .map(group ->
                                (group.getKey() == LABELS.size()
                                                ? "NULL"
                                                : LABELS.get(group.getKey()))
                                        + "|"
                                        + group.getValue())
                        .toList();
        assertEquals(counts, client.rows("SELECT m, count(*) FROM t GROUP BY m ORDER BY m"));
        List<Row> valid = rows.values().stream().filter(row -> row.mood() >= 0).toList();
        assertEquals(
                List.of("" + valid.size()),
                client.rows("SELECT count(*) FROM t JOIN k USING (m, id)"));
        assertEquals(
                List.of(
                        LABELS.get(valid.stream().mapToInt(Row::mood).min().orElseThrow())
                                + "|"
                                + LABELS.get(valid.stream().mapToInt(Row::mood).max().orElseThrow())
                                + "|"
                                + valid.stream().mapToInt(Row::mood).distinct().count()),
                client.rows("SELECT min(m), max(m), count(DISTINCT m) FROM t"));
        for (int label = 0; label < labels; label++) {
            int place = label;
            String text = LABELS.get(label);
            assertEquals(
                    List.of(
                            valid.stream().filter(row -> row.mood() < place).count()
                                    + "|"
                                    + valid.stream().filter(row -> row.mood() == place).count()
                                    + "|"
                                    + valid.stream().filter(row -> row.mood() > place).count()
                                    + "|"
                                    + valid.stream().filter(row -> row.mood() != place).count()),
                    client.rows(
                            ("SELECT (SELECT count(*) FROM t WHERE m < '%1$s'), (SELECT count(*) FROM k WHERE m = '%1$s'),"
                                            + " (SELECT count(*) FROM t WHERE m > '%1$s'), (SELECT count(*) FROM t WHERE m <> CAST('%1$s' AS mood))")
                                    .formatted(text)));
        }
        assertEquals(
                List.of("0"),
                client.rows(
                        "SELECT count(*) FROM t WHERE l[2] <> 'sad' OR l[3] IS NOT NULL OR len(l) <> 3"));
    }

    /// As many labels as fit a description, more than one byte of places.
    @Test
    void manyLabelsAreFoundByTheirText() {
        List<String> labels = IntStream.range(0, 5000).mapToObj(n -> "l" + n * 7 % 5000).toList();
        String listed = labels.stream().map(l -> "'" + l + "'").collect(Collectors.joining(", "));
        try (TestSessions sessions = TestSessions.inMemory(options(1))) {
            TestSessions.Client client = sessions.client();
            client.run("CREATE TYPE many AS ENUM (" + listed + ")");
            client.run("CREATE TABLE t (m many, n INTEGER)");
            client.run(
                    "INSERT INTO t SELECT 'l' || CAST(n AS TEXT), n FROM generate_series(0, 4999) AS s(n)");
            sessions.settle();
            assertEquals(labels, client.rows("SELECT m FROM t ORDER BY m"));
            assertEquals(
                    List.of("5000|5000"),
                    client.rows(
                            "SELECT count(*), count(DISTINCT m) FROM t WHERE CAST(m AS TEXT) = 'l' || CAST(n AS TEXT)"
                                    + " AND enum_range(m)[enum_code(m) + 1] = m"));
            assertEquals(
                    "54000",
                    client.refusal("CREATE TYPE huge AS ENUM ('" + "x".repeat(65_536) + "')"));
        }
    }

    /// Two sessions that change a type and a table of it at the same time.
    @Test
    void changesOfATypeMeetThoseOfTables() {
        try (TestSessions sessions = TestSessions.inMemory(options(2))) {
            TestSessions.Client one = sessions.client();
            TestSessions.Client other = sessions.client();
            one.run("CREATE TYPE mood AS ENUM ('sad', 'ok')");
            one.run("BEGIN");
            one.run("CREATE TABLE t (m mood)");
            other.run("DROP TYPE mood");
            assertEquals("40001", one.refusal("COMMIT"));
            one.run("CREATE TYPE mood AS ENUM ('sad', 'ok')");
            one.run("CREATE TABLE t (m mood)");
            one.run("BEGIN");
            one.run("INSERT INTO t VALUES ('ok')");
            other.run("ALTER TYPE mood ADD VALUE 'happy'");
            other.run("INSERT INTO t VALUES ('happy')");
            assertEquals("40001", one.refusal("COMMIT"));
            one.run("BEGIN");
            one.run("ALTER TYPE mood ADD VALUE 'zen'");
            one.run("INSERT INTO t VALUES ('zen')");
            assertEquals(List.of("happy", "zen"), one.rows("SELECT m FROM t ORDER BY m"));
            assertEquals(List.of("[sad, ok, happy]"), other.rows("SELECT enum_range(NULL::mood)"));
            one.run("ROLLBACK");
            assertEquals("22P02", one.refusal("SELECT 'zen'::mood"));
            one.run("BEGIN");
            one.run("DROP TABLE t");
            one.run("DROP TYPE mood");
            one.run("COMMIT");
            assertEquals(List.of(), other.rows("SELECT name FROM system.types"));
        }
    }

    /// Types of one name in two databases of the process are two types.
    @Test
    void databasesDoNotShareTypes() {
        try (TestSessions one = TestSessions.inMemory();
                TestSessions other = TestSessions.inMemory()) {
            TestSessions.Client first = one.client();
            TestSessions.Client second = other.client();
            first.run("CREATE TYPE mood AS ENUM ('a', 'b')");
            second.run("CREATE TYPE mood AS ENUM ('b', 'a', 'c')");
            for (TestSessions.Client client : List.of(first, second)) {
                client.run("CREATE TABLE t (m mood)");
                client.run("INSERT INTO t VALUES ('b'), ('a')");
            }
            assertEquals(List.of("a", "b"), first.rows("SELECT m FROM t ORDER BY m"));
            assertEquals(List.of("b", "a"), second.rows("SELECT m FROM t ORDER BY m"));
            assertEquals(List.of("true"), first.rows("SELECT 'a'::mood < 'b'::mood"));
            assertEquals(List.of("false"), second.rows("SELECT 'a'::mood < 'b'::mood"));
            assertEquals("22P02", first.refusal("SELECT 'c'::mood"));
        }
    }
}
