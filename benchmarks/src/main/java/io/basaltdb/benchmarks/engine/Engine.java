package io.basaltdb.benchmarks.engine;

import io.basaltdb.benchmarks.data.TableDefinition;
import io.basaltdb.benchmarks.files.DataFiles;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/// One database of one engine.
public interface Engine extends AutoCloseable {

    String name();

    /// The connection that measured queries use.
    Connection connection();

    /// One more connection to the same database.
    Connection connect() throws SQLException;

    /// Creates the table, sorted where the engine sorts.
    void create(TableDefinition table) throws SQLException;

    /// Loads the files of the table and makes them durable.
    void load(TableDefinition table, DataFiles.Location files) throws SQLException;

    /// Waits until the engine does nothing more of its own accord after a load.
    default void settle() throws SQLException {}

    /// What the database takes on disk.
    long sizeBytes() throws IOException;

    @Override
    void close() throws SQLException;
}
