package io.basaltdb.benchmarks.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.benchmarks.answer.Answer;
import io.basaltdb.benchmarks.answer.AnswerCheck;
import io.basaltdb.benchmarks.answer.AnswerReader;
import io.basaltdb.benchmarks.answer.QueryShape;
import io.basaltdb.benchmarks.engine.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// Every feature has the outcome that is written down, and none ends in an error of Basalt's own making.
@EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
class FeaturesTest {
    private static final Path WRITTEN =
            Path.of("src/test/resources/io/basaltdb/benchmarks/features/outcomes.txt");
    private static final int QUERY_TIMEOUT_SECONDS = 20;
    private static final Pattern CHANGES =
            Pattern.compile(
                    "now\\(|current_|version|uuid|rand|today|sample", Pattern.CASE_INSENSITIVE);
    private static final QueryShape ANY_ORDER = new QueryShape(List.of(), false);

    @Test
    void everyFeatureHasItsOutcome() throws SQLException, IOException {
        List<String> outcomes = new ArrayList<>();
        int taken = 0;
        FeatureTables tables;
        try (Connection connection = TestEngine.BASALT.open()) {
            tables = FeatureTables.knownTo(connection);
        }
        for (Feature feature : Feature.all()) {
            String outcome = outcome(feature, tables);
            outcomes.add(feature.name() + " | " + outcome);
            taken += outcome.startsWith("taken") ? 1 : 0;
        }
        System.out.println("features taken: " + taken + " of " + outcomes.size());
        if (Boolean.getBoolean("features.write")) {
            Files.write(WRITTEN, outcomes);
        }
        assertEquals(
                List.of(), outcomes.stream().filter(line -> line.contains("| XX000")).toList());
        assertEquals(String.join("\n", Feature.lines("outcomes.txt")), String.join("\n", outcomes));
    }

    @Test
    void thePageIsThatOfTheTables() throws IOException {
        Page page = new Page("statements.md");
        page.line("# Statements");
        page.line("");
        page.line(
                "What users of PostgreSQL, DuckDB and ClickHouse write, one statement a feature, and what comes of it; written by");
        page.line(
                "`FeaturesTest`, which runs every one of them. CH stands for ClickHouse, PG for PostgreSQL.");
        page.head(List.of("feature", "statement", "outcome"));
        List<Feature> features = Feature.all();
        List<String> outcomes = Feature.lines("outcomes.txt");
        for (int i = 0; i < Math.min(features.size(), outcomes.size()); i++) {
            Feature feature = features.get(i);
            String outcome = outcomes.get(i).substring(feature.name().length() + 3);
            page.row(List.of(feature.name(), Page.code(feature.sql()), outcome));
        }
        page.check();
    }

    private static String outcome(Feature feature, FeatureTables tables) throws SQLException {
        Answer found;
        try (Connection connection = TestEngine.BASALT.open()) {
            tables.create(connection);
            found = run(connection, feature);
        } catch (SQLException refusal) {
            return refusal.getSQLState()
                    + " "
                    + String.valueOf(refusal.getMessage()).lines().findFirst().orElse("");
        }
        if (feature.kind() != Feature.Kind.QUERY || CHANGES.matcher(feature.sql()).find()) {
            return "taken";
        }
        try (Connection connection = TestEngine.DUCKDB.open()) {
            tables.create(connection);
            Answer expected = run(connection, feature);
            Optional<String> difference =
                    AnswerCheck.difference(ANY_ORDER, expected, found, wanted -> found);
            return difference
                    .map(text -> "taken, DuckDB answers otherwise: " + text)
                    .orElse("taken, as DuckDB");
        } catch (SQLException refusal) {
            return "taken";
        }
    }

    private static Answer run(Connection connection, Feature feature) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : feature.setUp()) {
                statement.execute(sql);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(feature.sql())) {
            statement.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
            for (int i = 1; i <= feature.parameters(); i++) {
                statement.setInt(i, 10);
            }
            if (!statement.execute()) {
                return new Answer(List.of(), List.of());
            }
            try (ResultSet result = statement.getResultSet()) {
                return AnswerReader.read(result);
            }
        }
    }
}
