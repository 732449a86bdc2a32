package io.basaltdb.benchmarks.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.benchmarks.answer.AnswerDigest;
import io.basaltdb.benchmarks.answer.AnswerReader;
import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.data.TableSource;
import io.basaltdb.benchmarks.engine.JdbcInsert;
import io.basaltdb.benchmarks.hits.HitsDataSet;
import io.basaltdb.benchmarks.hits.HitsQueries;
import io.basaltdb.benchmarks.suite.BenchQuery;
import io.basaltdb.benchmarks.suite.Suite;
import io.basaltdb.benchmarks.tpch.TpchDataSet;
import io.basaltdb.benchmarks.tpch.TpchQueries;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The answers of both suites are the same, bit for bit, whatever the storage has done to the rows and however many
/// workers there are.
abstract class SameBitsTest {
    /// Scale at which `lineitem` has two hundred thousand rows.
    private static final double TPCH_SCALE = 0.0334;

    private static final long HITS_ROWS = 200_000;

    /// A way to bring the rows into the database.
    ///
    /// @param afterTable statements that run after each table is loaded, with the table's name for `%s`
    record State(String name, int rowsPerCommit, List<String> afterTable) {}

    /// At least three.
    abstract List<State> states();

    /// A new, empty database whose queries run on that many workers.
    abstract Connection open(int workers) throws SQLException;

    /// The CREATE TABLE of this engine.
    abstract String createStatement(TableSource table);

    /// Loads a table. Engines whose INSERT over JDBC is slow have another way.
    void load(Connection connection, TableSource table, State state)
            throws IOException, SQLException {
        JdbcInsert.all(connection, table, state.rowsPerCommit());
    }

    @Test
    void tpchAnswersDoNotDependOnStateAndWorkers() throws IOException, SQLException {
        check(new Suite("tpch", TpchDataSet.ofScale(TPCH_SCALE), TpchQueries.all()));
    }

    @Test
    void hitsAnswersDoNotDependOnStateAndWorkers() throws IOException, SQLException {
        DataSet data = HitsDataSet.ofRows(HITS_ROWS, HitsDataSet.DEFAULT_SEED);
        check(new Suite("hits", data, HitsQueries.all()));
    }

    private void check(Suite suite) throws IOException, SQLException {
        Map<String, Map<String, String>> digests = new LinkedHashMap<>();
        for (State state : states()) {
            for (int workers = 1; workers <= 2; workers++) {
                String way = state.name() + ", " + workers + " workers";
                digests.put(way, digests(suite, state, workers));
            }
        }
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
                suite.name() + ": " + digests.size() + " ways, differences " + differences);
        assertEquals(List.of(), differences);
    }

    private Map<String, String> digests(Suite suite, State state, int workers)
            throws IOException, SQLException {
        Map<String, String> digests = new LinkedHashMap<>();
        try (Connection connection = open(workers);
                Statement statement = connection.createStatement()) {
            for (TableSource table : suite.data().tables()) {
                statement.execute(createStatement(table));
                load(connection, table, state);
                for (String sql : state.afterTable()) {
                    statement.execute(sql.formatted(table.definition().name()));
                }
            }
            for (BenchQuery query : suite.queries()) {
                digests.put(
                        query.name(),
                        AnswerDigest.of(query.shape(), AnswerReader.read(connection, query.sql())));
            }
        }
        return digests;
    }
}
