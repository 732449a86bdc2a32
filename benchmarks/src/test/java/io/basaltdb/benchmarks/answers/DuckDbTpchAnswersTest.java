package io.basaltdb.benchmarks.answers;

import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.data.TableSource;
import io.basaltdb.benchmarks.engine.TestEngine;
import io.basaltdb.benchmarks.files.DataFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;

/// Proves data, queries and answer files on DuckDB.
class DuckDbTpchAnswersTest extends TpchAnswersTest {
    @TempDir private Path folder;

    @Override
    Connection load(DataSet data) throws IOException, SQLException {
        DataFiles.Location files = new DataFiles(folder, 2).ensure(data);
        Connection connection = TestEngine.DUCKDB.open();
        try (Statement statement = connection.createStatement()) {
            for (TableSource table : data.tables()) {
                statement.execute(table.definition().createStatement());
                statement.execute(
                        "INSERT INTO %s SELECT * FROM read_parquet('%s')"
                                .formatted(
                                        table.definition().name(),
                                        files.glob(table.definition().name())));
            }
        }
        return connection;
    }
}
