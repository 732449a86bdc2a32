package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.MemoryDisk;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers over strings do not depend on how many parts the rows lie in, each with dictionaries of its own, nor on what is remembered of these.
@Timeout(120)
class StringGroupsTest {
    private static final int ROWS = 24_000;

    /// Rows from which on a statement's rows become a part of their own.
    private static final int LEAST_ROWS = 500;

    private static final List<String> QUERIES =
            List.of(
                    "SELECT s, count(*), sum(n) FROM %s GROUP BY s ORDER BY s NULLS FIRST",
                    "SELECT s, count(*) AS c FROM %s GROUP BY s ORDER BY c DESC, s LIMIT 7",
                    "SELECT s, t, count(*), min(n) FROM %s GROUP BY s, t ORDER BY s, t",
                    "SELECT u, s, count(*) AS c FROM %s GROUP BY u, s ORDER BY c DESC, u, s LIMIT 50",
                    "SELECT u, s, t, n %% 3, sum(n) FROM %s GROUP BY u, s, t, n %% 3 ORDER BY u, s, t, n %% 3 LIMIT 3000",
                    "SELECT s, count(DISTINCT u), count(DISTINCT t) FROM %s GROUP BY s ORDER BY s",
                    "SELECT count(DISTINCT s), count(DISTINCT t), min(s), max(s), min(t), max(t) FROM %s",
                    "SELECT count(DISTINCT s) FROM %s",
                    "SELECT t, min(s), max(s), count(s) FROM %s GROUP BY t ORDER BY t",
                    "SELECT upper(s) AS x, length(t) AS y, count(*) FROM %s GROUP BY x, y ORDER BY x, y",
                    "SELECT DISTINCT s, t FROM %s WHERE s LIKE '%%7%%' ORDER BY s, t",
                    "SELECT wide, s, count(*) FROM %s GROUP BY wide, s ORDER BY wide, s LIMIT 500",
                    "SELECT s, count(*) FROM %s WHERE n < 900 GROUP BY s ORDER BY s");

    private final TestSessions sessions =
            new TestSessions(
                    new MemoryDisk("the test", 1L << 28),
                    DatabaseOptions.defaults()
                            .withManualSteps(new Random(1))
                            .withBulk(1 << 30, 1 << 20, 1 << 30, LEAST_ROWS));
    private final TestSessions.Client client = sessions.client();

    @AfterEach
    void close() {
        sessions.close();
    }

    /// Texts of a part are some of all: the further a part, the more of them are its own.
    private void insert(String table, int from, int to) {
        client.run(
                "INSERT INTO "
                        + table
                        + " SELECT n, CASE WHEN n % 11 = 0 THEN NULL ELSE 's' || CAST(n * 31 % (37 + n / 40) AS VARCHAR) END,"
                        + " 'some text ' || CAST(n * 7 % 13 AS VARCHAR), n * 7919 % 251,"
                        + " CASE WHEN n % 2 = 0 THEN n % 10 ELSE n % 10 * 100000000000 END FROM range("
                        + from
                        + ", "
                        + to
                        + ") AS r(n)");
    }

    private void create(String table) {
        client.run(
                "CREATE TABLE "
                        + table
                        + " (n BIGINT NOT NULL, s TEXT, t TEXT NOT NULL, u BIGINT, wide BIGINT) ORDER BY (n)");
    }

    private int parts(String table) {
        return Integer.parseInt(
                client.rows("SELECT count(*) FROM system.parts WHERE table_name = '" + table + "'")
                        .getFirst());
    }

    private void compare(String table) {
        for (String query : QUERIES) {
            List<String> expected = client.rows(query.formatted("whole"));
            for (int run = 0; run < 3; run++) {
                assertEquals(expected, client.rows(query.formatted(table)), query);
            }
        }
    }

    /// @param parts of equal size
    /// @param tail rows behind them in one that is small, or not in a part at all
    @ParameterizedTest
    @CsvSource({"2, 0", "8, 0", "1, 600", "2, 100", "8, 1000", "24, 0"})
    void doNotDependOnParts(int parts, int tail) {
        create("whole");
        insert("whole", 0, ROWS);
        create("pieces");
        int size = (ROWS - tail) / parts;
        for (int i = 0; i < parts; i++) {
            insert("pieces", i * size, i == parts - 1 ? ROWS - tail : (i + 1) * size);
        }
        if (tail > 0) {
            insert("pieces", ROWS - tail, ROWS);
        }
        assertTrue(parts("pieces") >= parts + (tail >= LEAST_ROWS ? 1 : 0));
        compare("pieces");
    }

    /// A vocabulary grows by what parts bring that come later, and is left when its parts are.
    @Test
    void followPartsThatComeAndGo() {
        create("whole");
        create("pieces");
        for (int i = 0; i < 6; i++) {
            insert("whole", i * 4000, (i + 1) * 4000);
            insert("pieces", i * 4000, i * 4000 + 3000);
            insert("pieces", i * 4000 + 3000, (i + 1) * 4000);
            compare("pieces");
        }
        client.run("DELETE FROM whole WHERE n < 9000");
        client.run("DELETE FROM pieces WHERE n < 9000");
        compare("pieces");
    }
}
