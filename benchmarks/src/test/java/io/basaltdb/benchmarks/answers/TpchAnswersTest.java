package io.basaltdb.benchmarks.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.benchmarks.answer.Answer;
import io.basaltdb.benchmarks.answer.AnswerCheck;
import io.basaltdb.benchmarks.answer.AnswerReader;
import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.suite.BenchQuery;
import io.basaltdb.benchmarks.tpch.TpchDataSet;
import io.basaltdb.benchmarks.tpch.TpchQueries;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The 22 answers at scale 0.01.
abstract class TpchAnswersTest {
    private static final double SCALE = 0.01;

    /// A connection to a database that holds the tables.
    abstract Connection load(DataSet data) throws IOException, SQLException;

    @Test
    void answersAreThoseOfTheFiles() throws IOException, SQLException {
        List<String> differences = new ArrayList<>();
        try (Connection connection = load(TpchDataSet.ofScale(SCALE))) {
            for (BenchQuery query : TpchQueries.all()) {
                difference(connection, query).ifPresent(differences::add);
            }
        }
        System.out.println(
                "TPC-H answers: " + (22 - differences.size()) + " of 22 as in the files");
        assertEquals(List.of(), differences);
    }

    private static Optional<String> difference(Connection connection, BenchQuery query)
            throws IOException {
        try {
            Answer found = AnswerReader.read(connection, query.sql());
            Answer expected = AnswerFile.read(query.name(), found);
            return AnswerCheck.difference(
                            query.shape(),
                            expected,
                            found,
                            wanted -> AnswerReader.read(connection, query.body(), wanted))
                    .map(text -> query.name() + ": " + text);
        } catch (SQLException refused) {
            return Optional.of(query.name() + ": " + refused.getMessage());
        }
    }
}
