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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The answers of both suites are the same, bit for bit, whatever the storage has done to the rows and however many
/// workers there are.
abstract class SameBitsTest {
    private static final long SMALL_ROWS = 200_000;
    private static final long FULL_HITS_ROWS = 1_000_000;
    private static final long LINE_ITEMS_AT_SCALE_1 = 6_000_000;

    /// Asks the queries of a database in one state.
    @FunctionalInterface
    interface Visitor {
        void visit(String state, int workers, Connection connection) throws SQLException;
    }

    /// Loads the tables and shows them to the visitor in at least three states, each with one and with two workers.
    ///
    /// @param rows about how many the largest table has
    abstract void visitStates(DataSet data, long rows, Visitor visitor)
            throws IOException, SQLException;

    @Test
    void tpchAnswersDoNotDependOnStateAndWorkers() throws IOException, SQLException {
        checkTpch(SMALL_ROWS);
    }

    @Test
    void hitsAnswersDoNotDependOnStateAndWorkers() throws IOException, SQLException {
        checkHits(SMALL_ROWS);
    }

    @Test
    @Tag("long")
    void tpchAnswersAtScale1DoNotDependOnStateAndWorkers() throws IOException, SQLException {
        checkTpch(LINE_ITEMS_AT_SCALE_1);
    }

    @Test
    @Tag("long")
    void hitsAnswersOverAMillionRowsDoNotDependOnStateAndWorkers()
            throws IOException, SQLException {
        checkHits(FULL_HITS_ROWS);
    }

    private void checkTpch(long rows) throws IOException, SQLException {
        DataSet data = TpchDataSet.ofScale(rows / (double) LINE_ITEMS_AT_SCALE_1);
        check(new Suite("tpch", data, TpchQueries.all()), rows);
    }

    private void checkHits(long rows) throws IOException, SQLException {
        DataSet data = HitsDataSet.ofRows(rows, HitsDataSet.DEFAULT_SEED);
        check(new Suite("hits", data, HitsQueries.all()), rows);
    }

    private void check(Suite suite, long rows) throws IOException, SQLException {
        Map<String, Map<String, String>> digests = new LinkedHashMap<>();
        visitStates(
                suite.data(),
                rows,
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
        System.out.println(
                suite.name()
                        + " of "
                        + rows
                        + " rows: "
                        + digests.keySet()
                        + ", differences "
                        + differences);
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
