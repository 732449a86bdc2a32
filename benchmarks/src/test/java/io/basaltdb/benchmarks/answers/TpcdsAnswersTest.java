package io.basaltdb.benchmarks.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.benchmarks.answer.Answer;
import io.basaltdb.benchmarks.answer.AnswerCheck;
import io.basaltdb.benchmarks.answer.AnswerReader;
import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.data.TableSource;
import io.basaltdb.benchmarks.engine.TestEngine;
import io.basaltdb.benchmarks.files.DataFiles;
import io.basaltdb.benchmarks.suite.BenchQuery;
import io.basaltdb.benchmarks.tpcds.TpcdsDataSet;
import io.basaltdb.benchmarks.tpcds.TpcdsQueries;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The answers to the 99 queries of TPC-DS, 103 statements, are those of DuckDB over the same files.
@EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
class TpcdsAnswersTest {
    private static final double TINY = 0.01;
    private static final double TENTH = 0.1;

    /// At small scales nothing passes the filter of its divisor.
    private static final Set<String> DIVIDING_BY_ZERO = Set.of("q90");

    /// What a query answers that finds nothing to divide by.
    private static final String DIVISION_BY_ZERO = "22012";

    @TempDir private Path folder;

    @Test
    void answersAtTinyScaleAreThoseOfDuckDb() throws IOException, SQLException {
        answersAreThoseOfDuckDb(TINY);
    }

    @Test
    @Tag("long")
    void answersAtATenthAreThoseOfDuckDb() throws IOException, SQLException {
        answersAreThoseOfDuckDb(TENTH);
    }

    private void answersAreThoseOfDuckDb(double scale) throws IOException, SQLException {
        DataSet data = TpcdsDataSet.ofScale(scale);
        DataFiles.Location files = new DataFiles(folder, 2).ensure(data);
        List<String> differences = new ArrayList<>();
        try (Connection reference = TestEngine.DUCKDB.open();
                Connection tested = TestEngine.BASALT.open()) {
            execute(tested, "SET query_timeout = 60000");
            for (TableSource table : data.tables()) {
                String from = " SELECT * FROM '" + files.glob(table.definition().name()) + "'";
                String insert = "INSERT INTO " + table.definition().name() + from;
                execute(reference, table.definition().createStatement());
                execute(reference, insert);
                execute(tested, table.definition().sortedCreateStatement());
                execute(tested, insert);
            }
            for (BenchQuery query : TpcdsQueries.all()) {
                (DIVIDING_BY_ZERO.contains(query.name())
                                ? unlessRefused(tested, query)
                                : difference(reference, tested, query))
                        .ifPresent(differences::add);
            }
        }
        System.out.println("TPC-DS answers: " + (103 - differences.size()) + " of 103 as DuckDB's");
        assertEquals("", String.join("\n", differences));
    }

    private static Optional<String> difference(
            Connection reference, Connection tested, BenchQuery query) throws SQLException {
        Answer expected = AnswerReader.read(reference, query.sql());
        Answer found;
        try {
            found = AnswerReader.read(tested, query.sql());
        } catch (SQLException refused) {
            return Optional.of(query.name() + ": " + refused.getMessage());
        }
        return AnswerCheck.difference(
                        query.shape(),
                        expected,
                        found,
                        wanted -> AnswerReader.read(reference, query.body(), wanted))
                .map(text -> query.name() + ": " + text);
    }

    private static Optional<String> unlessRefused(Connection tested, BenchQuery query) {
        try {
            return Optional.of(
                    query.name() + ": answered " + AnswerReader.read(tested, query.sql()).rows());
        } catch (SQLException refused) {
            return DIVISION_BY_ZERO.equals(refused.getSQLState())
                    ? Optional.empty()
                    : Optional.of(query.name() + ": " + refused.getMessage());
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
