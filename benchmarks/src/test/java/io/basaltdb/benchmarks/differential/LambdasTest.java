package io.basaltdb.benchmarks.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.benchmarks.answer.AnswerReader;
import io.basaltdb.benchmarks.answer.AnswerRow;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random lambdas over random lists, against DuckDB: elements, their places, columns of the row, lambdas in lambdas, lists that are NULL, empty, or longer
/// than a batch.
@Timeout(120)
class LambdasTest {
    private static final int ROWS = 1500;
    private static final int QUERIES = Integer.getInteger("lambdas.queries", 15);

    private final Random random = new Random(Long.getLong("test.seed", 20261123L));

    /// Names of numbers where an expression is drawn.
    private List<String> numbers = List.of("k", "id");

    private int names;

    @Test
    void answersAreThoseOfDuckDb() throws SQLException {
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Connection basalt = DriverManager.getConnection("jdbc:basalt:mem:")) {
            fill(duckDb, basalt);
            for (int i = 0; i < QUERIES; i++) {
                String query =
                        "SELECT id, %s AS a, %s AS b, %s AS c, %s AS d FROM t %s ORDER BY id"
                                .formatted(
                                        list(2),
                                        number(2),
                                        texts(),
                                        "list_transform(m, " + lambda(1, false) + ")",
                                        random.nextInt(3) == 0 ? "WHERE " + condition(1) : "");
                List<AnswerRow> expected = AnswerReader.read(duckDb, query).rows();
                List<AnswerRow> found = AnswerReader.read(basalt, query).rows();
                assertEquals(expected.size(), found.size(), query);
                for (int row = 0; row < expected.size(); row++) {
                    assertEquals(expected.get(row).toString(), found.get(row).toString(), query);
                }
            }
        }
    }

    private void fill(Connection duckDb, Connection basalt) throws SQLException {
        String create =
                "CREATE TABLE t (id BIGINT, k BIGINT, l BIGINT[], s VARCHAR, n VARCHAR[], m BIGINT[])";
        try (Statement one = duckDb.createStatement();
                Statement other = basalt.createStatement()) {
            one.execute("SET lambda_syntax = 'ENABLE_SINGLE_ARROW'");
            one.execute(create);
            other.execute(create);
            for (int id = 0; id < ROWS; id += 500) {
                List<String> rows = new ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    rows.add(row(id + i));
                }
                String insert = "INSERT INTO t VALUES " + String.join(", ", rows);
                one.execute(insert);
                other.execute(insert);
            }
        }
    }

    private String row(int id) {
        List<String> words = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            words.add(orNull("'" + "abc".substring(random.nextInt(4)) + "'"));
        }
        return "(%d, %s, %s, %s, %s, %s)"
                .formatted(
                        id,
                        orNull(Integer.toString(random.nextInt(7))),
                        orNull(numbers(random.nextInt(6)) + "::BIGINT[]"),
                        orNull("'w" + random.nextInt(5) + "'"),
                        orNull(words + "::VARCHAR[]"),
                        numbers(id % 500 == 7 ? 9000 : 1) + "::BIGINT[]");
    }

    private String orNull(String value) {
        return random.nextInt(9) == 0 ? "NULL" : value;
    }

    private List<String> numbers(int count) {
        List<String> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(orNull(Integer.toString(random.nextInt(21) - 10)));
        }
        return drawn;
    }

    private String list(int depth) {
        int drawn = depth == 0 ? 0 : random.nextInt(6);
        return switch (drawn) {
            case 0 -> "l";
            case 1, 2 ->
                    "list_transform(" + list(depth - 1) + ", " + lambda(depth - 1, false) + ")";
            case 3, 4 -> "list_filter(" + list(depth - 1) + ", " + lambda(depth - 1, true) + ")";
            default -> {
                String list = list(depth - 1);
                String name = "e" + names++;
                List<String> outer = numbers;
                numbers = with(outer, name);
                String text =
                        "[%s for %s in %s if %s]"
                                .formatted(number(depth - 1), name, list, condition(depth - 1));
                numbers = outer;
                yield text;
            }
        };
    }

    private static List<String> with(List<String> names, String... more) {
        List<String> all = new ArrayList<>(names);
        all.addAll(List.of(more));
        all.add(more[0]); // the element is what is spoken of most
        all.add(more[0]);
        return all;
    }

    /// Of one parameter, or two; its first parameter may hide a column.
    private String lambda(int depth, boolean isCondition) {
        String name = random.nextInt(8) == 0 ? "k" : "e" + names++;
        List<String> outer = numbers;
        boolean numbered = random.nextInt(3) == 0;
        String place = "i" + names++;
        numbers = numbered ? with(outer, name, place) : with(outer, name);
        String body = isCondition ? condition(depth) : number(depth);
        numbers = outer;
        String parameters = numbered ? name + ", " + place : name;
        return random.nextBoolean()
                ? "lambda " + parameters + ": " + body
                : (numbered ? "(" + parameters + ")" : parameters) + " -> " + body;
    }

    private String number(int depth) {
        return switch (depth == 0 ? random.nextInt(2) : random.nextInt(9)) {
            case 0 -> Integer.toString(random.nextInt(9) + 1);
            case 1 -> numbers.get(random.nextInt(numbers.size()));
            case 2 -> "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
            case 3 -> "((" + number(depth - 1) + " * " + number(depth - 1) + ") % 1009)";
            case 4 -> "coalesce(" + number(depth - 1) + ", " + number(depth - 1) + ")";
            case 5 ->
                    "CASE WHEN %s THEN %s ELSE %s END"
                            .formatted(condition(depth - 1), number(depth - 1), number(depth - 1));
            case 6 -> "length(" + list(depth - 1) + ")";
            case 7 -> "list_max(" + list(depth - 1) + ")";
            default -> reduction(depth);
        };
    }

    private String reduction(int depth) {
        String list = list(depth - 1);
        String running = "a" + names++;
        String name = "e" + names++;
        List<String> outer = numbers;
        numbers = with(outer, name, running);
        String body = number(depth - 1);
        numbers = outer;
        return "list_reduce(%s, (%s, %s) -> (%s + %s) %% 1009, %d::BIGINT)"
                .formatted(list, running, name, running, body, random.nextInt(9));
    }

    private String condition(int depth) {
        return switch (depth == 0 ? random.nextInt(3) : random.nextInt(7)) {
            case 0 -> number(0) + " > " + number(0);
            case 1 -> number(0) + " IN (1, 3, 5, " + number(0) + ")";
            case 2 -> number(0) + " IS NOT NULL";
            case 3 -> "(" + condition(depth - 1) + " OR " + condition(depth - 1) + ")";
            case 4 -> "NOT (" + condition(depth - 1) + ")";
            case 5 -> number(depth - 1) + " BETWEEN -3 AND " + number(depth - 1);
            default -> "list_contains(" + list(depth - 1) + ", " + number(depth - 1) + ")";
        };
    }

    private String texts() {
        return switch (random.nextInt(4)) {
            case 0 -> "list_transform(n, w -> w || s)";
            case 1 -> "list_filter(n, (w, i) -> w LIKE '%c' OR length(w) < i)";
            case 2 -> "list_transform(n, w -> CASE WHEN w = '' THEN s ELSE upper(w) END)";
            default ->
                    "list_reduce(list_transform(n, w -> coalesce(w, '-')), (a, w) -> left(a || w, 20), '')";
        };
    }
}
