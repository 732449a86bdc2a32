package io.basaltdb.benchmarks.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.benchmarks.engine.TestEngine;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// What answers are at the edges, as `semantics.txt` lists them, is the same whatever the time zone of the JVM, and what is written in
/// `semantics-outcomes.txt` and on the page: with DuckDB's answer where that is another one.
@EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
@Timeout(120)
class SemanticsTest {
    private static final Path WRITTEN =
            Path.of("src/test/resources/io/basaltdb/benchmarks/features/semantics-outcomes.txt");
    private static final List<String> ZONES = List.of("UTC", "America/New_York", "Asia/Kathmandu");
    private static final String SESSION_ZONE = "America/New_York";

    /// One thing that is pinned.
    private record Pinned(String section, String what, String query, String remark) {
        static List<Pinned> all() {
            return Feature.lines("semantics.txt").stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Pinned::parse)
                    .toList();
        }

        private static Pinned parse(String line) {
            String[] parts = line.split("(?<!\\\\)\\|", -1);
            assertEquals(4, parts.length, line);
            return new Pinned(
                    parts[0],
                    parts[1],
                    parts[2].replace("\\|", "|").replace("\\\\", "\\"),
                    parts[3]);
        }
    }

    @Test
    void answersAreTheSameInEveryTimeZone() throws SQLException, IOException {
        List<Pinned> pinned = Pinned.all();
        List<String> outcomes = new ArrayList<>();
        TimeZone before = TimeZone.getDefault();
        try {
            for (String zone : ZONES) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                List<String> found = answers(pinned);
                outcomes = outcomes.isEmpty() ? found : outcomes;
                assertEquals(
                        String.join("\n", outcomes), String.join("\n", found), "in zone " + zone);
            }
        } finally {
            TimeZone.setDefault(before);
        }
        List<String> lines = new ArrayList<>();
        List<String> others = duckDb(pinned);
        for (int i = 0; i < pinned.size(); i++) {
            String other = isSame(outcomes.get(i), others.get(i)) ? "" : others.get(i);
            lines.add(outcomes.get(i) + " | " + other);
        }
        if (Boolean.getBoolean("features.write")) {
            Files.write(WRITTEN, lines);
        }
        assertEquals(
                String.join("\n", Feature.lines("semantics-outcomes.txt")),
                String.join("\n", lines));
    }

    @Test
    void sessionsBeginInTheTimeZoneOfTheirJvm() throws SQLException {
        TimeZone before = TimeZone.getDefault();
        try {
            for (String zone : ZONES) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                try (Connection connection = TestEngine.BASALT.open()) {
                    assertEquals(zone, answer(connection, "SHOW time_zone"));
                }
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void thePageIsThatOfTheTable() throws IOException {
        Page page = new Page("semantics.md");
        page.line("# What answers are at the edges");
        page.line("");
        page.line(
                "Written by `SemanticsTest`, which runs every query in three time zones of the JVM, with the session in the zone");
        page.line(
                "`"
                        + SESSION_ZONE
                        + "`. Rows stand between semicolons; what DuckDB gives is named where it is something else.");
        List<Pinned> pinned = Pinned.all();
        List<String> outcomes = Feature.lines("semantics-outcomes.txt");
        String section = "";
        for (int i = 0; i < Math.min(pinned.size(), outcomes.size()); i++) {
            Pinned one = pinned.get(i);
            if (!one.section().equals(section)) {
                section = one.section();
                page.line("");
                page.line("## " + section);
                page.head(List.of("about", "query", "gives", "DuckDB", "remark"));
            }
            String[] answers = outcomes.get(i).split(" \\| ?", -1);
            page.row(
                    List.of(
                            one.what(),
                            Page.code(one.query()),
                            Page.code(answers[0]),
                            Page.code(answers[answers.length - 1]),
                            one.remark()));
        }
        page.check();
    }

    private static List<String> answers(List<Pinned> pinned) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (Connection connection = TestEngine.BASALT.open()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET time_zone = '" + SESSION_ZONE + "'");
            }
            for (Pinned one : pinned) {
                answers.add(answer(connection, one.query()));
            }
        }
        return answers;
    }

    /// DuckDB's answers, with its own division and its own time zone setting.
    private static List<String> duckDb(List<Pinned> pinned) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (Connection connection = TestEngine.DUCKDB.open()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET integer_division = false");
                statement.execute("SET TimeZone = '" + SESSION_ZONE + "'");
            }
            for (Pinned one : pinned) {
                String answer = answer(connection, one.query());
                answers.add(answer.startsWith("error") ? "error" : answer);
            }
        }
        return answers;
    }

    private static String answer(Connection connection, String query) {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join(", ", row));
            }
        } catch (SQLException refusal) {
            return "error " + refusal.getSQLState();
        }
        return rows.isEmpty() ? "no row" : String.join("; ", rows);
    }

    /// Whether both are the same but for how numbers and times are written.
    private static boolean isSame(String found, String other) {
        if (found.startsWith("error")) {
            return other.equals("error");
        }
        String[] mine = found.split("[,;] ", -1);
        String[] theirs = other.split("[,;] ", -1);
        boolean same = mine.length == theirs.length;
        for (int i = 0; same && i < mine.length; i++) {
            same = isSameValue(mine[i], theirs[i]);
        }
        return same;
    }

    private static boolean isSameValue(String mine, String theirs) {
        try {
            return new BigDecimal(mine).compareTo(new BigDecimal(theirs)) == 0;
        } catch (NumberFormatException e) {
            return mine.replaceAll("\\.0$", "").equals(theirs.replaceAll("\\.0$", ""));
        }
    }
}
