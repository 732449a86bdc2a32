package io.basaltdb.benchmarks.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.benchmarks.answer.AnswerDigest;
import io.basaltdb.benchmarks.answer.AnswerReader;
import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.hits.HitsDataSet;
import io.basaltdb.benchmarks.hits.HitsQueries;
import io.basaltdb.benchmarks.suite.BenchQuery;
import io.basaltdb.benchmarks.suite.Suite;
import io.basaltdb.benchmarks.tpch.TpchDataSet;
import io.basaltdb.benchmarks.tpch.TpchQueries;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The answers of both suites are the same, bit for bit, whatever the storage has done to the rows and however many
/// workers there are. `-Dsamebits.rows=N` asks for other sizes of the largest table than two hundred thousand rows.
abstract class SameBitsTest {
    /// Rows of the largest table.
    static final long ROWS = Long.getLong("samebits.rows", 200_000);

    private static final double LINE_ITEMS_AT_SCALE_1 = 6_000_000;

    /// Asks the queries of a database in one state.
    @FunctionalInterface
    interface Visitor {
        void visit(String state, int workers, Connection connection) throws SQLException;
    }

    /// Loads the tables and shows them to the visitor in at least three states, each with one and with two workers.
    abstract void visitStates(DataSet data, Visitor visitor) throws IOException, SQLException;

    @Test
    void tpchAnswersDoNotDependOnStateAndWorkers() throws IOException, SQLException {
        check(
                new Suite(
                        "tpch",
                        TpchDataSet.ofScale(ROWS / LINE_ITEMS_AT_SCALE_1),
                        TpchQueries.all()));
    }

    @Test
    void hitsAnswersDoNotDependOnStateAndWorkers() throws IOException, SQLException {
        DataSet data = HitsDataSet.ofRows(ROWS, HitsDataSet.DEFAULT_SEED);
        check(new Suite("hits", data, HitsQueries.all()));
    }

    private void check(Suite suite) throws IOException, SQLException {
        Map<String, Map<String, String>> digests = new LinkedHashMap<>();
        visitStates(
                suite.data(),
                (state, workers, connection) ->
                        digests.put(
                                state + ", " + workers + " workers", digests(suite, connection)));
        assertTrue(digests.size() >= 6, () -> "only " + digests.keySet());
        Map<String, String> first = digests.values().iterator().next();
        assertEquals(suite.queries().size(), first.size());
        List<String> differences = new ArrayList<>();
        digests.forEach((way, found) ->
                first.forEach((query, digest) -> {
                    if (!digest.equals(found.get(query))) {
                        differences.add(query + " with " + way);
                    }
                }));
        System.out.println(suite.name() + ": " + digests.keySet() + ", differences " + differences);
        assertEquals(List.of(), differences);
    }

    private static Map<String, String> digests(Suite suite, Connection connection)
            throws SQLException {
        Map<String, String> digests = new LinkedHashMap<>();
        for (BenchQuery query : suite.queries()) {
            digests.put(
                    query.name(),
                    AnswerDigest.of(query.shape(), AnswerReader.read(connection, query.sql())));
        }
        return digests;
    }
}
