package io.basaltdb.benchmarks.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.benchmarks.engine.TestEngine;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// The types that `types.txt` lists: their other names, their least and greatest values, and what the driver says of them.
@EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
@Timeout(60)
class TypesTest {
    @Test
    void thePageIsWhatTheEngineSaysOfTheTable() throws SQLException, IOException {
        Page page = new Page("types.md");
        page.line("# Types");
        page.line("");
        page.line(
                "Written by `TypesTest`, which reads every name and every bound. The last two columns are what the JDBC driver says.");
        page.head(
                List.of("type", "also written", "from", "to", "holds", "JDBC type", "Java class"));
        List<String> wrong = new ArrayList<>();
        try (Connection connection = TestEngine.BASALT.open();
                Statement statement = connection.createStatement()) {
            for (String line : Feature.lines("types.txt")) {
                if (line.startsWith("#")) {
                    continue;
                }
                String[] parts = line.replace("\\\\", "\\").split("\\|", -1);
                row(page, statement, parts, wrong);
            }
        }
        assertEquals(List.of(), wrong);
        page.check();
    }

    private static void row(Page page, Statement statement, String[] parts, List<String> wrong)
            throws SQLException {
        String type = parts[0];
        List<String> names = new ArrayList<>(List.of(type));
        names.addAll(names(parts[1]));
        for (String name : names) {
            String found = one(statement, "SELECT typeof(CAST(NULL AS " + name + "))");
            if (!found.equals(type)) {
                wrong.add(name + " is " + found + ", not " + type);
            }
        }
        for (String value : List.of(parts[2], parts[3])) {
            String found =
                    one(
                            statement,
                            "SELECT CAST(CAST('" + quoted(value) + "' AS " + type + ") AS TEXT)");
            if (!found.equals(value)) {
                wrong.add(value + " of " + type + " is " + found);
            }
        }
        try (ResultSet result = statement.executeQuery("SELECT CAST(NULL AS " + type + ") AS x")) {
            page.row(
                    List.of(
                            Page.code(type),
                            parts[1],
                            Page.code(parts[2]),
                            Page.code(parts[3]),
                            parts[4],
                            result.getMetaData().getColumnTypeName(1),
                            result.getMetaData().getColumnClassName(1)));
        }
    }

    /// Names between commas that do not stand in parentheses.
    private static List<String> names(String list) {
        return list.isEmpty() ? List.of() : List.of(list.split(", (?![^(]*\\))", -1));
    }

    private static String quoted(String value) {
        return value.replace("'", "''");
    }

    private static String one(Statement statement, String query) {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return String.valueOf(result.getString(1));
        } catch (SQLException refusal) {
            return String.valueOf(refusal.getMessage());
        }
    }
}
