package io.basaltdb.benchmarks.engine;

import io.basaltdb.benchmarks.answer.Answer;
import io.basaltdb.benchmarks.answer.AnswerReader;
import io.basaltdb.benchmarks.answer.AnswerRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Predicate;

/// One database of an engine that is reached through JDBC.
public interface Engine extends QueryEngine {

    /// The connection that measured queries use.
    Connection connection();

    /// One more connection to the same database.
    Connection connect() throws SQLException;

    @Override
    default Timing time(String sql) throws SQLException {
        long start = System.nanoTime();
        try (Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            long rows = AnswerReader.drain(result);
            return new Timing((System.nanoTime() - start) / 1e6, rows);
        }
    }

    @Override
    default Answer read(String sql, Predicate<AnswerRow> wanted) throws SQLException {
        return AnswerReader.read(connection(), sql, wanted);
    }

    @Override
    default String explain(String sql) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery("EXPLAIN ANALYZE " + sql)) {
            int last = result.getMetaData().getColumnCount();
            while (result.next()) {
                text.append(result.getString(last)).append('\n');
            }
        }
        return text.toString();
    }
}
