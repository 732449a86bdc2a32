package io.basaltdb.query.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.query.TestSessions;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.MemoryDisk;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The cases of Hermitage: who does what, and what comes of it. A line is a session, a statement, and after `=>` the rows, the number of rows
/// that were changed, or a SQLSTATE. Of two who write one row the second fails at its COMMIT: no statement waits for another.
@Tag("D3")
@Timeout(60)
class HermitageTest {
    private static Arguments example(String name, String script) {
        return Arguments.of(name, script);
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                example(
                        "G0: dirty writes",
                        """
                        1 UPDATE test SET value = 11 WHERE id = 1 => 1
                        2 UPDATE test SET value = 12 WHERE id = 1 => 1
                        1 UPDATE test SET value = 21 WHERE id = 2 => 1
                        1 COMMIT => 0
                        3 SELECT * FROM test ORDER BY id => 1|11 2|21
                        2 UPDATE test SET value = 22 WHERE id = 2 => 1
                        2 COMMIT => 40001
                        3 SELECT * FROM test ORDER BY id => 1|11 2|21
                        """),
                example(
                        "G1a: aborted reads",
                        """
                        1 UPDATE test SET value = 101 WHERE id = 1 => 1
                        2 SELECT * FROM test ORDER BY id => 1|10 2|20
                        1 ROLLBACK => 0
                        2 SELECT * FROM test ORDER BY id => 1|10 2|20
                        2 COMMIT => 0
                        """),
                example(
                        "G1b: intermediate reads",
                        """
                        1 UPDATE test SET value = 101 WHERE id = 1 => 1
                        2 SELECT * FROM test ORDER BY id => 1|10 2|20
                        1 UPDATE test SET value = 11 WHERE id = 1 => 1
                        1 COMMIT => 0
                        2 SELECT * FROM test ORDER BY id => 1|10 2|20
                        2 COMMIT => 0
                        3 SELECT * FROM test ORDER BY id => 1|11 2|20
                        """),
                example(
                        "G1c: circular information flow",
                        """
                        1 UPDATE test SET value = 11 WHERE id = 1 => 1
                        2 UPDATE test SET value = 22 WHERE id = 2 => 1
                        1 SELECT value FROM test WHERE id = 2 => 20
                        2 SELECT value FROM test WHERE id = 1 => 10
                        1 COMMIT => 0
                        2 COMMIT => 0
                        """),
                example(
                        "OTV: observed transaction vanishes",
                        """
                        1 UPDATE test SET value = 11 WHERE id = 1 => 1
                        1 UPDATE test SET value = 19 WHERE id = 2 => 1
                        1 COMMIT => 0
                        3 SELECT value FROM test WHERE id = 1 => 11
                        2 UPDATE test SET value = 12 WHERE id = 1 => 1
                        2 UPDATE test SET value = 18 WHERE id = 2 => 1
                        3 SELECT value FROM test WHERE id = 2 => 19
                        2 COMMIT => 40001
                        3 SELECT * FROM test ORDER BY id => 1|11 2|19
                        """),
                example(
                        "PMP: a predicate that others make true",
                        """
                        1 SELECT * FROM test WHERE value = 30 =>
                        2 INSERT INTO test VALUES (3, 30) => 1
                        2 COMMIT => 0
                        1 SELECT * FROM test WHERE value % 3 = 0 =>
                        1 COMMIT => 0
                        """),
                example(
                        "PMP with a write: what was deleted by value is what was seen",
                        """
                        1 UPDATE test SET value = value + 10 => 2
                        2 SELECT * FROM test WHERE value = 20 => 2|20
                        2 DELETE FROM test WHERE value = 20 => 1
                        1 COMMIT => 0
                        2 COMMIT => 40001
                        3 SELECT * FROM test ORDER BY id => 1|20 2|30
                        """),
                example(
                        "P4: lost update",
                        """
                        1 SELECT value FROM test WHERE id = 1 => 10
                        2 SELECT value FROM test WHERE id = 1 => 10
                        1 UPDATE test SET value = 11 WHERE id = 1 => 1
                        2 UPDATE test SET value = 11 WHERE id = 1 => 1
                        1 COMMIT => 0
                        2 COMMIT => 40001
                        """),
                example(
                        "G-single: read skew",
                        """
                        1 SELECT value FROM test WHERE id = 1 => 10
                        2 SELECT * FROM test ORDER BY id => 1|10 2|20
                        2 UPDATE test SET value = 12 WHERE id = 1 => 1
                        2 UPDATE test SET value = 18 WHERE id = 2 => 1
                        2 COMMIT => 0
                        1 SELECT value FROM test WHERE id = 2 => 20
                        1 COMMIT => 0
                        """),
                example(
                        "G-single with a predicate",
                        """
                        1 SELECT * FROM test WHERE value % 5 = 0 ORDER BY id => 1|10 2|20
                        2 UPDATE test SET value = 12 WHERE value = 10 => 1
                        2 COMMIT => 0
                        1 SELECT * FROM test WHERE value % 3 = 0 =>
                        1 COMMIT => 0
                        """),
                example(
                        "G-single with a write",
                        """
                        1 SELECT value FROM test WHERE id = 1 => 10
                        2 UPDATE test SET value = 12 WHERE id = 1 => 1
                        2 UPDATE test SET value = 18 WHERE id = 2 => 1
                        2 COMMIT => 0
                        1 DELETE FROM test WHERE value = 20 => 1
                        1 COMMIT => 40001
                        """),
                example(
                        "two inserts of one key",
                        """
                        1 INSERT INTO test VALUES (5, 1) => 1
                        2 INSERT INTO test VALUES (5, 2) => 1
                        1 COMMIT => 0
                        2 COMMIT => 23505
                        3 SELECT value FROM test WHERE id = 5 => 1
                        """),
                example(
                        "G2-item: write skew, which snapshot isolation allows",
                        """
                        1 SELECT * FROM test WHERE id IN (1, 2) ORDER BY id => 1|10 2|20
                        2 SELECT * FROM test WHERE id IN (1, 2) ORDER BY id => 1|10 2|20
                        1 UPDATE test SET value = 11 WHERE id = 1 => 1
                        2 UPDATE test SET value = 21 WHERE id = 2 => 1
                        1 COMMIT => 0
                        2 COMMIT => 0
                        3 SELECT * FROM test ORDER BY id => 1|11 2|21
                        """),
                example(
                        "G2: an anti-dependency on a predicate, which it allows too",
                        """
                        1 SELECT * FROM test WHERE value % 3 = 0 =>
                        2 SELECT * FROM test WHERE value % 3 = 0 =>
                        1 INSERT INTO test VALUES (3, 30) => 1
                        2 INSERT INTO test VALUES (4, 42) => 1
                        1 COMMIT => 0
                        2 COMMIT => 0
                        3 SELECT * FROM test WHERE value % 3 = 0 ORDER BY id => 3|30 4|42
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void comesOutAsWritten(String name, String script) {
        try (TestSessions sessions =
                new TestSessions(
                        new MemoryDisk(name, 1L << 28),
                        DatabaseOptions.defaults().withManualSteps(new Random(1)).withSeal(1, 1))) {
            TestSessions.Client first = sessions.client();
            first.run("CREATE TABLE test (id BIGINT PRIMARY KEY, value BIGINT)");
            first.run("INSERT INTO test VALUES (1, 10), (2, 20)");
            sessions.settle();
            Map<String, TestSessions.Client> clients =
                    Map.of("1", sessions.client(), "2", sessions.client(), "3", first);
            clients.get("1").run("BEGIN");
            clients.get("2").run("BEGIN"); // the third only looks, each time anew
            for (String line : script.strip().split("\n")) {
                int arrow = line.indexOf("=>");
                String sql = line.substring(2, arrow).strip();
                TestSessions.Client client = clients.get(line.substring(0, 1));
                assertEquals(line.substring(arrow + 2).strip(), outcome(client, sql), line);
                sessions.settle();
            }
        }
    }

    private static String outcome(TestSessions.Client client, String sql) {
        try {
            return sql.startsWith("SELECT")
                    ? String.join(" ", client.rows(sql))
                    : "" + client.run(sql);
        } catch (BasaltException refused) {
            return refused.code().sqlState();
        }
    }
}
