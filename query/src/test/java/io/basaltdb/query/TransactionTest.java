package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.relation.ValueVectors;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Transactions of several statements: what they see, how they end, and whom they meet. The cases of two sessions are those by which Hermitage tells
/// levels of isolation apart; each is named as there.
@Timeout(60)
class TransactionTest {
    private final MemoryDisk disk = new MemoryDisk("the test", 1L << 28);
    private final TestSessions sessions =
            new TestSessions(
                    disk,
                    DatabaseOptions.defaults()
                            .withManualSteps(new Random(1))
                            .withSeal(1, 4)
                            .withBulk(1 << 20, 100_000, 1 << 20, 500));
    private final TestSessions.Client one = sessions.client();
    private final TestSessions.Client two = sessions.client();

    @BeforeEach
    void fill() {
        one.run("CREATE TABLE t (id BIGINT NOT NULL, value BIGINT) ORDER BY (id)");
        one.run("INSERT INTO t VALUES (1, 10), (2, 20)");
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    private static List<String> all(TestSessions.Client client) {
        return client.rows("SELECT id, value FROM t ORDER BY id, value");
    }

    @Test
    void seesItsOwnChangesAndNobodyElseDoes() {
        one.run("BEGIN");
        assertEquals(1, one.run("INSERT INTO t VALUES (3, 30)"));
        assertEquals(2, one.run("UPDATE t SET value = value + 1 WHERE id >= 2"));
        assertEquals(1, one.run("DELETE FROM t WHERE value = 10"));
        assertEquals(List.of("2|21", "3|31"), all(one));
        assertEquals(List.of("2|52"), one.rows("SELECT count(*), sum(value) FROM t"));
        assertEquals(List.of("1|10", "2|20"), all(two));
        assertEquals(1, one.run("UPDATE t SET value = 7 WHERE id = 3"));
        assertEquals(List.of("2|21", "3|7"), all(one));
        one.run("COMMIT");
        assertEquals(List.of("2|21", "3|7"), all(one));
        assertEquals(List.of("2|21", "3|7"), all(two));
        assertEquals("25P01", one.refusal("COMMIT"));
        assertEquals("25P01", one.refusal("ROLLBACK"));
    }

    @Test
    void rollsBack() {
        one.run("START TRANSACTION");
        one.run("DELETE FROM t");
        one.run("CREATE TABLE u AS SELECT * FROM t");
        one.run("INSERT INTO u VALUES (5, 50)");
        one.run("DROP TABLE t");
        assertEquals(List.of("u"), one.rows("SHOW TABLES"));
        assertEquals(List.of("t"), two.rows("SHOW TABLES"));
        one.run("ROLLBACK");
        assertEquals(List.of("1|10", "2|20"), all(one));
        assertEquals("42P01", one.refusal("SELECT * FROM u"));
    }

    @Test
    void definitionsAndRowsAppearTogether() {
        one.run("BEGIN");
        one.run("CREATE SCHEMA s");
        one.run("CREATE TABLE s.u (a BIGINT, b TEXT DEFAULT 'x') ORDER BY (a)");
        one.run("INSERT INTO s.u (a) SELECT value FROM t");
        one.run("CREATE VIEW w AS SELECT a FROM s.u WHERE a > 10");
        assertEquals(List.of("20"), one.rows("SELECT * FROM w"));
        one.run("TRUNCATE TABLE t");
        assertEquals(List.of(), all(one));
        one.run("INSERT INTO t VALUES (9, 90)");
        assertEquals(1, one.run("UPDATE t SET value = 91"));
        assertEquals("42P01", two.refusal("SELECT * FROM w"));
        assertEquals(List.of("1|10", "2|20"), all(two));
        one.run("COMMIT");
        assertEquals(List.of("20"), two.rows("SELECT * FROM w"));
        assertEquals(List.of("9|91"), all(two));
        assertEquals(List.of("10|x", "20|x"), two.rows("SELECT * FROM s.u ORDER BY a"));
    }

    @Test
    void plansOfUncommittedDefinitionsAreNobodyElses() {
        one.run("BEGIN");
        two.run("BEGIN");
        one.run("CREATE TABLE u (a BIGINT)");
        two.run("CREATE TABLE u (a TEXT, b TEXT)");
        one.run("INSERT INTO u VALUES (1)");
        two.run("INSERT INTO u VALUES ('one', 'two')");
        assertEquals(List.of("1"), one.rows("SELECT * FROM u"));
        assertEquals(List.of("one|two"), two.rows("SELECT * FROM u"));
        one.run("COMMIT");
        assertEquals("40001", two.refusal("COMMIT"));
        assertEquals(List.of("1"), two.rows("SELECT * FROM u"));
    }

    @Test
    void manyRowsAndSmallChangesLieInPartsAndInMemory() {
        String numbers =
                "SELECT a.i * 10 + b.i AS n FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS a (i),"
                        + " (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS b (i)";
        one.run("BEGIN");
        for (int k = 0; k < 12; k++) {
            assertEquals(
                    100,
                    one.run(
                            "INSERT INTO t SELECT n + %d, n FROM (%s) x"
                                    .formatted(100 * k + 10, numbers)));
            assertEquals(
                    10,
                    one.run(
                            "DELETE FROM t WHERE id BETWEEN %d AND %d"
                                    .formatted(100 * k + 10, 100 * k + 19)));
        }
        assertEquals(List.of("1082"), one.rows("SELECT count(*) FROM t"));
        assertEquals(1082, one.run("UPDATE t SET value = 1"));
        assertEquals(List.of("1082"), one.rows("SELECT sum(value) FROM t"));
        assertEquals(List.of("2|30"), two.rows("SELECT count(*), sum(value) FROM t"));
        two.run("INSERT INTO t VALUES (0, 5)");
        sessions.settle();
        one.run("COMMIT");
        assertEquals(List.of("1083|1087"), two.rows("SELECT count(*), sum(value) FROM t"));
        sessions.settle();
        assertEquals(List.of("1083|1087"), two.rows("SELECT count(*), sum(value) FROM t"));
    }

    @Test
    void aFailedStatementEndsAllButRollback() {
        one.run("BEGIN");
        one.run("DELETE FROM t WHERE id = 1");
        assertEquals("22012", one.refusal("SELECT 1 / 0"));
        assertEquals("25P02", one.refusal("SELECT 1"));
        assertEquals("25P02", one.refusal("BEGIN"));
        assertEquals("25P02", one.refusal("INSERT INTO t VALUES (4, 40)"));
        assertEquals("25P02", one.refusal("COMMIT"));
        assertEquals(List.of("1|10", "2|20"), all(one));

        one.run("BEGIN");
        assertEquals("42601", one.refusal("SELEC 1"));
        one.run("ROLLBACK");
        assertEquals(List.of("1|10", "2|20"), all(one));

        one.run("BEGIN");
        assertEquals("25001", one.refusal("BEGIN"));
        one.run("ROLLBACK");
    }

    @Test
    void readOnlyTransactionsReadOneSnapshotAndWriteNothing() {
        one.run("BEGIN READ ONLY");
        assertEquals(List.of("1|10", "2|20"), all(one));
        two.run("UPDATE t SET value = 0");
        sessions.settle();
        two.run("INSERT INTO t VALUES (3, 3)");
        assertEquals(List.of("1|10", "2|20"), all(one));
        assertEquals("25006", one.refusal("DELETE FROM t"));
        one.run("ROLLBACK");
        assertEquals(List.of("1|0", "2|0", "3|3"), all(one));
    }

    @Test
    void readOnlySessionsWriteNothing() {
        one.run("SET read_only = true");
        one.run("RESET ALL");
        assertEquals("25006", one.refusal("INSERT INTO t VALUES (3, 3)"));
        assertEquals("25006", one.refusal("INSERT INTO t SELECT 3, 3"));
        assertEquals("25006", one.refusal("ALTER TABLE t ADD COLUMN x INTEGER"));
        assertEquals(List.of("1|10", "2|20"), all(one));
        one.run("SET read_only = false");
        one.run("DELETE FROM t");
        assertEquals(List.of(), all(two));
    }

    @Test
    void settingsGoBackWithTheirTransaction() {
        one.run("SET time_zone = 'Europe/Berlin'");
        one.run("BEGIN");
        one.run("SET time_zone = 'Asia/Tokyo'");
        one.run("SET query_timeout = 100000");
        one.run("ROLLBACK");
        assertEquals(List.of("Europe/Berlin"), one.rows("SHOW time_zone"));
        assertEquals(List.of("0"), one.rows("SHOW query_timeout"));
        one.run("BEGIN");
        one.run("SET time_zone = 'Asia/Tokyo'");
        one.refusal("SELECT nothing");
        one.run("ROLLBACK");
        assertEquals(List.of("Europe/Berlin"), one.rows("SHOW time_zone"));
        one.run("BEGIN");
        one.run("SET time_zone = 'Asia/Tokyo'");
        one.run("COMMIT");
        assertEquals(List.of("Asia/Tokyo"), one.rows("SHOW time_zone"));
    }

    @Test
    void withoutAutocommitTheFirstStatementBegins() {
        one.run("SET autocommit = off");
        one.run("COMMIT");
        one.run("ROLLBACK");
        one.run("INSERT INTO t VALUES (3, 30)");
        assertEquals(List.of("1|10", "2|20"), all(two));
        one.run("COMMIT");
        assertEquals(List.of("1|10", "2|20", "3|30"), all(two));
        one.run("DELETE FROM t");
        one.run("RESET ALL");
        one.run("ROLLBACK");
        assertEquals(List.of("1|10", "2|20", "3|30"), all(one));
        one.run("COMMIT");
        one.run("SET autocommit = on");
        one.run("DELETE FROM t WHERE id = 3");
        assertEquals(List.of("1|10", "2|20"), all(two));
    }

    @Test
    void batchesBelongToTheTransaction() {
        one.run("BEGIN");
        try (Session.BulkInsert insert = one.session().insert("main", "t", List.of("id"))) {
            insert.append(
                    new Batch(1, List.of(ValueVectors.of(Type.BIGINT, List.of(Value.of(5L))))));
            assertEquals(1, insert.commit());
        }
        assertEquals(List.of("1|10", "2|20", "5|NULL"), all(one));
        assertEquals(List.of("1|10", "2|20"), all(two));
        one.run("COMMIT");
        assertEquals(List.of("1|10", "2|20", "5|NULL"), all(two));

        one.run("BEGIN");
        try (Session.BulkInsert insert = one.session().insert("main", "t", List.of("id"))) {
            insert.append(
                    new Batch(1, List.of(ValueVectors.of(Type.BIGINT, List.of(Value.of(6L))))));
        }
        assertEquals("25P02", one.refusal("SELECT 1"));
        one.run("ROLLBACK");
        assertEquals(List.of("1|10", "2|20", "5|NULL"), all(one));
    }

    @Test
    void aResultOutlivesItsTransaction() {
        one.run("BEGIN");
        one.run(
                "INSERT INTO t SELECT a.id * 100 + b.id, 0 FROM t a, t b, t c, t d, t e, t f, t g, t h, t i, t j");
        Result open = one.session().execute("SELECT id FROM t");
        assertNotNull(open.next());
        one.run("ROLLBACK");
        sessions.settle();
        two.run("DROP TABLE t");
        sessions.settle();
        while (open.next() != null) {
            // all rows are still there
        }
        open.close();
        assertEquals("42P01", one.refusal("SELECT * FROM t"));
    }

    @Test
    void closingTheSessionRollsBack() {
        TestSessions.Client three = sessions.client();
        three.run("BEGIN");
        three.run("DELETE FROM t");
        three.session().close();
        assertEquals(List.of("1|10", "2|20"), all(one));
    }

    // ---- Hermitage

    private void beginBoth() {
        one.run("BEGIN");
        two.run("BEGIN");
        all(one);
        all(two);
    }

    @Test
    void g0DirtyWrites() {
        beginBoth();
        one.run("UPDATE t SET value = 11 WHERE id = 1");
        two.run("UPDATE t SET value = 12 WHERE id = 1");
        one.run("UPDATE t SET value = 21 WHERE id = 2");
        one.run("COMMIT");
        two.run("UPDATE t SET value = 22 WHERE id = 2");
        assertEquals("40001", two.refusal("COMMIT"));
        assertEquals(List.of("1|11", "2|21"), all(two));
    }

    @Test
    void g1aAbortedReads() {
        beginBoth();
        one.run("UPDATE t SET value = 101 WHERE id = 1");
        assertEquals(List.of("1|10", "2|20"), all(two));
        one.run("ROLLBACK");
        assertEquals(List.of("1|10", "2|20"), all(two));
        two.run("COMMIT");
    }

    @Test
    void g1bIntermediateReads() {
        beginBoth();
        one.run("UPDATE t SET value = 101 WHERE id = 1");
        assertEquals(List.of("1|10", "2|20"), all(two));
        one.run("UPDATE t SET value = 11 WHERE id = 1");
        one.run("COMMIT");
        assertEquals(List.of("1|10", "2|20"), all(two));
        two.run("COMMIT");
    }

    @Test
    void g1cCircularInformationFlow() {
        beginBoth();
        one.run("UPDATE t SET value = 11 WHERE id = 1");
        two.run("UPDATE t SET value = 22 WHERE id = 2");
        assertEquals(List.of("20"), one.rows("SELECT value FROM t WHERE id = 2"));
        assertEquals(List.of("10"), two.rows("SELECT value FROM t WHERE id = 1"));
        one.run("COMMIT");
        two.run("COMMIT");
        assertEquals(List.of("1|11", "2|22"), all(one));
    }

    @Test
    void otvObservedTransactionVanishes() {
        TestSessions.Client three = sessions.client();
        beginBoth();
        three.run("BEGIN");
        one.run("UPDATE t SET value = 11 WHERE id = 1");
        one.run("UPDATE t SET value = 19 WHERE id = 2");
        two.run("UPDATE t SET value = 12 WHERE id = 1");
        one.run("COMMIT");
        assertEquals(List.of("1|10", "2|20"), all(three));
        two.run("UPDATE t SET value = 18 WHERE id = 2");
        assertEquals(List.of("1|10", "2|20"), all(three));
        assertEquals("40001", two.refusal("COMMIT"));
        assertEquals(List.of("1|10", "2|20"), all(three));
        three.run("COMMIT");
        assertEquals(List.of("1|11", "2|19"), all(three));
    }

    @Test
    void pmpPredicateManyPreceders() {
        beginBoth();
        assertEquals(List.of(), one.rows("SELECT * FROM t WHERE value = 30"));
        two.run("INSERT INTO t VALUES (3, 30)");
        two.run("COMMIT");
        assertEquals(List.of(), one.rows("SELECT * FROM t WHERE value % 3 = 0"));
        one.run("COMMIT");
    }

    @Test
    void pmpPredicateManyPrecedersOfAWrite() {
        beginBoth();
        one.run("UPDATE t SET value = value + 10");
        assertEquals(1, two.run("DELETE FROM t WHERE value = 20"));
        one.run("COMMIT");
        assertEquals("40001", two.refusal("COMMIT"));
        assertEquals(List.of("1|20", "2|30"), all(two));
    }

    @Test
    void p4LostUpdate() {
        beginBoth();
        one.run("UPDATE t SET value = 11 WHERE id = 1");
        two.run("UPDATE t SET value = 11 WHERE id = 1");
        one.run("COMMIT");
        assertEquals("40001", two.refusal("COMMIT"));
    }

    @Test
    void gSingleReadSkew() {
        beginBoth();
        assertEquals(List.of("10"), one.rows("SELECT value FROM t WHERE id = 1"));
        two.run("UPDATE t SET value = 12 WHERE id = 1");
        two.run("UPDATE t SET value = 18 WHERE id = 2");
        two.run("COMMIT");
        assertEquals(List.of("20"), one.rows("SELECT value FROM t WHERE id = 2"));
        one.run("COMMIT");
    }

    @Test
    void gSingleReadSkewByPredicates() {
        beginBoth();
        assertEquals(
                List.of("1|10", "2|20"),
                one.rows("SELECT * FROM t WHERE value % 5 = 0 ORDER BY id"));
        two.run("UPDATE t SET value = 12 WHERE value = 10");
        two.run("COMMIT");
        assertEquals(List.of(), one.rows("SELECT * FROM t WHERE value % 3 = 0"));
        one.run("COMMIT");
    }

    @Test
    void gSingleReadSkewOfAWrite() {
        beginBoth();
        two.run("UPDATE t SET value = 12 WHERE id = 1");
        two.run("UPDATE t SET value = 18 WHERE id = 2");
        two.run("COMMIT");
        assertEquals(1, one.run("DELETE FROM t WHERE value = 20"));
        assertEquals("40001", one.refusal("COMMIT"));
        assertEquals(List.of("1|12", "2|18"), all(one));
    }

    /// Snapshot isolation allows write skew: both transactions read both rows, and each changes another one.
    @Test
    void g2ItemWriteSkewIsAllowed() {
        beginBoth();
        one.run("UPDATE t SET value = 11 WHERE id = 1");
        two.run("UPDATE t SET value = 21 WHERE id = 2");
        one.run("COMMIT");
        two.run("COMMIT");
        assertEquals(List.of("1|11", "2|21"), all(one));
    }

    @Test
    void conflictsAreFoundWhereverTheRowsWent() {
        beginBoth();
        one.run("UPDATE t SET value = 11 WHERE id = 1");
        sessions.settle();
        two.run("INSERT INTO t VALUES (3, 30), (4, 40), (5, 50)");
        two.run("UPDATE t SET value = 22 WHERE id = 2");
        two.run("COMMIT");
        sessions.settle();
        one.run("COMMIT");
        assertEquals(List.of("1|11", "2|22", "3|30", "4|40", "5|50"), all(one));
    }

    @Test
    void truncateAndDropMeetWriters() {
        beginBoth();
        one.run("UPDATE t SET value = 11 WHERE id = 1");
        two.run("TRUNCATE TABLE t");
        two.run("COMMIT");
        assertEquals("40001", one.refusal("COMMIT"));
        one.run("BEGIN");
        one.run("INSERT INTO t VALUES (1, 1)");
        two.run("DROP TABLE t");
        assertEquals("40001", one.refusal("COMMIT"));
    }
}
