package io.basaltdb.benchmarks.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.benchmarks.answer.Answer;
import io.basaltdb.benchmarks.answer.AnswerCheck;
import io.basaltdb.benchmarks.answer.AnswerReader;
import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.data.TableSource;
import io.basaltdb.benchmarks.engine.JdbcInsert;
import io.basaltdb.benchmarks.engine.TestEngine;
import io.basaltdb.benchmarks.files.DataFiles;
import io.basaltdb.benchmarks.hits.HitsDataSet;
import io.basaltdb.benchmarks.hits.HitsQueries;
import io.basaltdb.benchmarks.suite.BenchQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The 43 answers over 200,000 rows are those of DuckDB.
@EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
class BasaltHitsAnswersTest {
    private static final long ROWS = 200_000;

    @TempDir private Path folder;

    @Test
    void answersAreThoseOfDuckDb() throws IOException, SQLException {
        DataSet data = HitsDataSet.ofRows(ROWS, HitsDataSet.DEFAULT_SEED);
        List<String> differences = new ArrayList<>();
        try (Connection reference = TestEngine.DUCKDB.open();
                Connection tested = TestEngine.BASALT.open()) {
            loadFiles(reference, data);
            for (TableSource table : data.tables()) {
                try (Statement statement = tested.createStatement()) {
                    statement.execute(table.definition().sortedCreateStatement());
                }
                JdbcInsert.all(tested, table, 10_000);
            }
            for (BenchQuery query : HitsQueries.all()) {
                difference(reference, tested, query).ifPresent(differences::add);
            }
        }
        System.out.println("hits answers: " + (43 - differences.size()) + " of 43 as DuckDB's");
        assertEquals("", String.join("\n", differences));
    }

    private void loadFiles(Connection connection, DataSet data) throws IOException, SQLException {
        DataFiles.Location files = new DataFiles(folder, 2).ensure(data);
        try (Statement statement = connection.createStatement()) {
            for (TableSource table : data.tables()) {
                String name = table.definition().name();
                statement.execute(table.definition().createStatement());
                statement.execute(
                        "INSERT INTO %s SELECT * FROM read_parquet('%s')"
                                .formatted(name, files.glob(name)));
            }
        }
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
}
