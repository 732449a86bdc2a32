package io.basaltdb.benchmarks.answers;

import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.data.TableSource;
import io.basaltdb.benchmarks.files.DataFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// Proves the harness: the answers of both suites are determined enough for another engine to repeat them over rows in
/// another order.
@Tag("long")
class DuckDbSameBitsTest extends SameBitsTest {
    @TempDir private static Path folder;

    @Override
    List<State> states() {
        return List.of(
                new State("as generated", 0, List.of()),
                new State("last first", -1, List.of()),
                new State("shuffled", 1, List.of()));
    }

    @Override
    Connection open(int workers) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + workers);
        }
        return connection;
    }

    @Override
    String createStatement(TableSource table) {
        return table.definition().createStatement();
    }

    @Override
    void load(Connection connection, TableSource table, State state)
            throws IOException, SQLException {
        String name = table.definition().name();
        DataSet data = new DataSet("same-bits", 0, List.of(table));
        DataFiles.Location files = new DataFiles(folder, 2).ensure(data);
        String order =
                switch (state.rowsPerCommit()) {
                    case 0 -> "";
                    case -1 -> " ORDER BY file_row_number DESC";
                    default -> " ORDER BY hash(file_row_number)";
                };
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO "
                            + name
                            + " SELECT * EXCLUDE (file_row_number) FROM read_parquet('"
                            + files.glob(name)
                            + "', file_row_number = true)"
                            + order);
        }
    }
}
