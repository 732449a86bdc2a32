package io.basaltdb.benchmarks.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.benchmarks.answer.AnswerReader;
import io.basaltdb.benchmarks.answer.AnswerRow;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random JSON and random paths into it, against DuckDB. Documents have no blanks and whole numbers only, since DuckDB writes anew what it takes out.
@Timeout(120)
class JsonTest {
    private static final String[] NAMES = {"a", "b", "c", "dd", "é"};
    private static final String[] SCALARS = {
        "0", "-17", "true", "false", "null", "\"\"", "\"x y\"", "\"ä\""
    };
    private static final int DOCUMENTS = 300;
    private static final int PATHS = 60;

    private final Random random = new Random(Long.getLong("test.seed", 20261123L));

    @Test
    void answersAreThoseOfDuckDb() throws SQLException {
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Connection basalt = DriverManager.getConnection("jdbc:basalt:mem:")) {
            List<String> documents = new ArrayList<>();
            for (int i = 0; i < DOCUMENTS; i++) {
                documents.add(random.nextInt(10) == 0 ? null : value(3));
            }
            fill(duckDb, documents);
            fill(basalt, documents);
            for (int i = 0; i < PATHS; i++) {
                String path = path();
                String plain =
                        "SELECT id, CAST(json_extract(j, '"
                                + path
                                + "') AS VARCHAR(100)),"
                                + " json_extract_string(j, '"
                                + path
                                + "'), json_exists(j, '"
                                + path
                                + "'), j ->> 'a', CAST(j -> 'b' -> 0 AS VARCHAR(100)) FROM d ORDER BY id";
                List<AnswerRow> expected = AnswerReader.read(duckDb, plain).rows();
                List<AnswerRow> found = AnswerReader.read(basalt, plain).rows();
                for (int row = 0; row < DOCUMENTS; row++) {
                    String what = path + " of " + documents.get(row);
                    assertEquals(expected.get(row).toString(), found.get(row).toString(), what);
                }
            }
        }
    }

    private static void fill(Connection connection, List<String> documents) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE d (id INTEGER, j JSON)");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO d VALUES (?, ?)")) {
            for (int i = 0; i < documents.size(); i++) {
                insert.setInt(1, i);
                insert.setString(2, documents.get(i));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private String value(int depth) {
        int drawn = depth == 0 ? 9 : random.nextInt(10);
        if (drawn < 4) {
            StringBuilder text = new StringBuilder("{");
            for (String name : NAMES) {
                if (random.nextBoolean()) {
                    text.append(text.length() == 1 ? "\"" : ",\"").append(name).append("\":");
                    text.append(value(depth - 1));
                }
            }
            return text.append('}').toString();
        }
        if (drawn < 7) {
            List<String> elements = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                elements.add(value(depth - 1));
            }
            return "[" + String.join(",", elements) + "]";
        }
        return SCALARS[random.nextInt(SCALARS.length)];
    }

    private String path() {
        StringBuilder path = new StringBuilder("$");
        for (int i = random.nextInt(4); i > 0; i--) {
            if (random.nextBoolean()) {
                path.append('[').append(random.nextInt(3)).append(']');
            } else {
                path.append(random.nextBoolean() ? "." : ".\"");
                boolean quoted = path.charAt(path.length() - 1) == '"';
                path.append(NAMES[random.nextInt(NAMES.length)]).append(quoted ? "\"" : "");
            }
        }
        return path.toString();
    }
}
