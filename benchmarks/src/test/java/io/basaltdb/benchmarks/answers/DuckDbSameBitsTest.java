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

    private enum Order {
        AS_GENERATED(""),
        LAST_FIRST(" ORDER BY file_row_number DESC"),
        SHUFFLED(" ORDER BY hash(file_row_number)");

        private final String clause;

        Order(String clause) {
            this.clause = clause;
        }
    }

    @Override
    void visitStates(DataSet data, long rows, Visitor visitor) throws IOException, SQLException {
        for (Order order : Order.values()) {
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = connection.createStatement()) {
                for (TableSource table : data.tables()) {
                    statement.execute(table.definition().createStatement());
                    load(statement, table, order);
                }
                for (int workers = 1; workers <= 2; workers++) {
                    statement.execute("SET threads = " + workers);
                    visitor.visit(order.name(), workers, connection);
                }
            }
        }
    }

    private static void load(Statement statement, TableSource table, Order order)
            throws IOException, SQLException {
        String name = table.definition().name();
        DataSet data = new DataSet("same-bits", 0, List.of(table));
        DataFiles.Location files = new DataFiles(folder, 2).ensure(data);
        statement.execute(
                "INSERT INTO "
                        + name
                        + " SELECT * EXCLUDE (file_row_number) FROM read_parquet('"
                        + files.glob(name)
                        + "', file_row_number = true)"
                        + order.clause);
    }
}
