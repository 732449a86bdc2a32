package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Statements of a size that programs make: each is answered, or refused by name, and never takes long.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LimitsTest {
    private final TestSessions sessions = TestSessions.inMemory();
    private final TestSessions.Client client = sessions.client();

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void twentyThousandElementsOfIn() {
        String list =
                IntStream.range(0, 20_000)
                        .mapToObj(i -> "" + i * 3)
                        .collect(Collectors.joining(","));
        assertEquals(334, whole("SELECT count(*) FROM range(1000) WHERE range IN (" + list + ")"));
    }

    @Test
    void aMegabyteOfText() {
        String text = "x".repeat(1 << 20);
        assertEquals(1 << 20, whole("SELECT length('" + text + "')"));
    }

    @Test
    void aThousandParentheses() {
        assertEquals(1, whole("SELECT " + "(".repeat(1000) + "1" + ")".repeat(1000)));
    }

    @Test
    void farTooManyParenthesesAreRefusedByName() {
        BasaltException refused =
                assertThrows(
                        BasaltException.class,
                        () -> whole("SELECT " + "(".repeat(100_000) + "1" + ")".repeat(100_000)));
        assertEquals(ErrorCode.STATEMENT_TOO_COMPLEX, refused.code());
    }

    @Test
    void aThousandBranchesOfUnionAll() {
        String union =
                IntStream.range(0, 1000)
                        .mapToObj(i -> "SELECT " + i + " AS x")
                        .collect(Collectors.joining(" UNION ALL "));
        assertEquals(499_500, whole("SELECT sum(x) FROM (" + union + ") AS u"));
    }

    @Test
    void fiveHundredColumns() {
        String columns =
                IntStream.range(0, 500)
                        .mapToObj(i -> "c" + i + " INTEGER")
                        .collect(Collectors.joining(", "));
        String values =
                IntStream.range(0, 500).mapToObj(i -> "" + i).collect(Collectors.joining(", "));
        String sum =
                IntStream.range(0, 500).mapToObj(i -> "c" + i).collect(Collectors.joining("+"));
        client.run("CREATE TABLE wide (" + columns + ")");
        client.run("INSERT INTO wide VALUES (" + values + ")");
        assertEquals(124_750, whole("SELECT " + sum + " FROM wide"));
        assertEquals(499, whole("SELECT c499 FROM (SELECT * FROM wide) AS w"));
    }

    @Test
    void numbersOfTextsAreRefusedWhateverTheRows() {
        for (String call : List.of("sum(x)", "avg(x)", "median(x)", "stddev(x)")) {
            BasaltException refused =
                    assertThrows(
                            BasaltException.class,
                            () -> whole("SELECT " + call + " FROM (VALUES ('1')) AS t(x)"));
            assertEquals(ErrorCode.DATATYPE_MISMATCH, refused.code(), call);
        }
    }

    private long whole(String sql) {
        return Long.parseLong(client.rows(sql).getFirst());
    }
}
