package io.basaltdb.benchmarks.answers;

import io.basaltdb.benchmarks.data.TableSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;

/// Basalt with rows in the delta, sealed into parts, and merged into one.
@EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
class BasaltSameBitsTest extends SameBitsTest {

    @Override
    List<State> states() {
        return List.of(
                new State("delta", 1000, List.of()),
                new State("sealed", 50_000, List.of("CHECKPOINT")),
                new State("merged", 7000, List.of("CHECKPOINT", "OPTIMIZE TABLE %s")));
    }

    @Override
    Connection open(int workers) throws SQLException {
        return DriverManager.getConnection("jdbc:basalt:mem:?threads=" + workers);
    }

    @Override
    String createStatement(TableSource table) {
        return table.definition().sortedCreateStatement();
    }
}
