package io.basaltdb.benchmarks.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.benchmarks.answer.AnswerReader;
import io.basaltdb.benchmarks.answer.AnswerRow;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Functions over random values, against DuckDB, where both give the same by intention.
@Timeout(120)
class FunctionsTest {
    private static final int ROWS = 500;

    /// Expressions over `i BIGINT`, `n DECIMAL(12, 3)`, `d DOUBLE`, `s TEXT`. Of NULL, `format` makes nothing and DuckDB's NULL.
    private static final List<String> EXPRESSIONS =
            List.of(
                    "printf('%d|%5d|%-8d|%08d|%+d', i, i, i, i, i)",
                    "printf('%x', abs(i % 100000))",
                    "printf('%s|%10s|%-10s', s, s, s)",
                    "printf('%.2f|%12.4f|%e|%.3e', d, d, d, d)",
                    "printf('%g|%.10g', d, d)",
                    "format('{}|{}', coalesce(i, 0), coalesce(s, 'x'))",
                    "format('{:>10}|{:<10}|{:^10}', coalesce(s, 'x'), coalesce(s, 'x'), coalesce(s, 'x'))",
                    "format('{:.3f}|{:e}', coalesce(d, 0), coalesce(d, 0))",
                    "format('{:08d}|{:,}', coalesce(i, 0), coalesce(i, 0))",
                    "md5(s)",
                    "sha1(s)",
                    "sha256(s)",
                    "round(n, 2)",
                    "round(n, 0)",
                    "round(n, 1)",
                    "to_json(i)",
                    "to_json(s)",
                    "CAST(json_keys(json_object('a', i, 'b', s)) AS VARCHAR)",
                    "json_extract_string(json_object('a', i, 'b', s), '$.b')",
                    "TIME '12:34:56' + (i % 100000) * INTERVAL '1' SECOND",
                    "CAST('2024-02-29' AS DATE) + TIME '12:34:56'",
                    "regexp_replace(s, '[aeiou]', '#', 'g')",
                    "bit_count(i)",
                    "xor(i, 12345)",
                    "even(d)",
                    "CAST(factorial(CAST(abs(i % 30) AS INTEGER)) AS VARCHAR)",
                    "damerau_levenshtein(left(md5(s), 8), substr(md5(s), 3, 8))",
                    "round(jaccard(left(md5(s), 8), right(md5(s), 8)), 9)",
                    "round(jaro_similarity(left(md5(s), 8), substr(md5(s), 2, 9)), 9)",
                    "round(jaro_winkler_similarity(left(md5(s), 8), left(md5(s), 5)), 9)",
                    "array_to_string(string_split_regex(md5(s), '[0-9]'), '|')",
                    "TIMESTAMP '2024-01-31 10:00:00' + to_months(CAST(i % 90 AS INTEGER)) + to_hours(CAST(i % 500 AS INTEGER))");

    private final Random random = new Random(Long.getLong("test.seed", 20261123L));

    @Test
    void answersAreThoseOfDuckDb() throws SQLException {
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Connection basalt = DriverManager.getConnection("jdbc:basalt:mem:")) {
            List<@Nullable Object[]> rows = rows();
            fill(duckDb, rows);
            fill(basalt, rows);
            for (String expression : EXPRESSIONS) {
                // JSON_OBJECT with commas is a function in DuckDB, and syntax of its own in the
                // standard.
                List<AnswerRow> expected = rows(duckDb, expression);
                List<AnswerRow> found =
                        rows(basalt, expression.replace("json_object(", "json_build_object("));
                for (int row = 0; row < ROWS; row++) {
                    assertEquals(
                            expected.get(row).toString(),
                            found.get(row).toString(),
                            expression + " in row " + row);
                }
            }
        }
    }

    private static List<AnswerRow> rows(Connection connection, String expression)
            throws SQLException {
        return AnswerReader.read(connection, "SELECT id, " + expression + " FROM t ORDER BY id")
                .rows();
    }

    private List<@Nullable Object[]> rows() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int id = 0; id < ROWS; id++) {
            rows.add(
                    new @Nullable Object[] {
                        id,
                        orNull(random.nextLong() >> random.nextInt(1, 64)),
                        orNull(BigDecimal.valueOf(random.nextInt(-999_999, 1_000_000), 3)),
                        orNull((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-8, 12))),
                        orNull(text())
                    });
        }
        return rows;
    }

    private @Nullable Object orNull(Object value) {
        return random.nextInt(12) == 0 ? null : value;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append("abcdeéü \"\\{}%x19".charAt(random.nextInt(16)));
        }
        return text.toString();
    }

    private static void fill(Connection connection, List<@Nullable Object[]> rows)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE t (id INTEGER, i BIGINT, n DECIMAL(12, 3), d DOUBLE, s VARCHAR)");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?, ?)")) {
            for (@Nullable Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
