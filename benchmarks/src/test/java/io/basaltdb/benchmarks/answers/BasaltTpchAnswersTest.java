package io.basaltdb.benchmarks.answers;

import io.basaltdb.benchmarks.data.DataSet;
import io.basaltdb.benchmarks.data.TableSource;
import io.basaltdb.benchmarks.engine.JdbcInsert;
import io.basaltdb.benchmarks.engine.TestEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.condition.EnabledIf;

/// Basalt, loaded over JDBC.
@EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
class BasaltTpchAnswersTest extends TpchAnswersTest {
    @Override
    Connection load(DataSet data) throws SQLException {
        Connection connection = TestEngine.BASALT.open();
        for (TableSource table : data.tables()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(table.definition().sortedCreateStatement());
            }
            JdbcInsert.all(connection, table, 10_000);
        }
        return connection;
    }
}
