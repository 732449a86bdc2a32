package io.basaltdb.benchmarks.engine;

import io.basaltdb.benchmarks.data.TableDefinition;
import io.basaltdb.benchmarks.files.DataFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// DuckDB with a database file. Its division of integers is made the one of the SQL standard, as Basalt's is.
final class DuckDbEngine implements Engine {
    private final Path folder;
    private final String url;
    private final Connection connection;

    DuckDbEngine(Path folder, int threads) throws SQLException {
        this.folder = folder;
        url = "jdbc:duckdb:" + folder.resolve("database.duckdb");
        connection = DriverManager.getConnection(url);
        execute("SET threads = " + threads);
        execute("SET integer_division = true");
    }

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    @Override
    public void create(TableDefinition table) throws SQLException {
        execute(table.createStatement());
    }

    @Override
    public void load(TableDefinition table, DataFiles.Location files) throws SQLException {
        execute(
                "INSERT INTO "
                        + table.name()
                        + " SELECT * FROM read_parquet('"
                        + files.glob(table.name())
                        + "')");
        execute("CHECKPOINT");
    }

    @Override
    public long sizeBytes() throws IOException {
        return Folders.sizeBytes(folder);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
