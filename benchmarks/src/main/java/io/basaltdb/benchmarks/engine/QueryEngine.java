package io.basaltdb.benchmarks.engine;

import io.basaltdb.benchmarks.answer.Answer;
import io.basaltdb.benchmarks.answer.AnswerRow;
import io.basaltdb.benchmarks.data.TableDefinition;
import io.basaltdb.benchmarks.files.DataFiles;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Predicate;

/// One database of one engine, as far as suites need it: it loads files and answers queries.
public interface QueryEngine extends AutoCloseable {

    /// One call of a query.
    ///
    /// @param millis from the call to the last cell of the answer, in the process that asks
    record Timing(double millis, long rows) {}

    String name();

    /// Creates the table, sorted where the engine sorts.
    void create(TableDefinition table) throws SQLException;

    /// Loads the files of the table and makes them durable.
    void load(TableDefinition table, DataFiles.Location files) throws SQLException;

    /// Waits until the engine does nothing more of its own accord after a load.
    default void settle() throws SQLException {}

    /// Runs a query to its last row and forgets the rows.
    Timing time(String sql) throws SQLException;

    /// Runs a query and keeps the rows that are wanted.
    Answer read(String sql, Predicate<AnswerRow> wanted) throws SQLException;

    /// How the engine carries out a query, in its own words.
    String explain(String sql) throws SQLException;

    /// What the database takes on disk.
    long sizeBytes() throws IOException, SQLException;

    @Override
    void close() throws SQLException;
}
