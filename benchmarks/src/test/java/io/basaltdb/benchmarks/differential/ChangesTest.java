package io.basaltdb.benchmarks.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.benchmarks.engine.SteppedDatabase;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.io.MemoryDisk;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// The same random changes, upserts by primary key among them, in DuckDB and in Basalt, alone and in transactions that commit or roll back, with Basalt's seals and merges between
/// them: after each, the session that changes and another one see the same rows in both. `-Dtest.seed=N` replays a run.
@EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
class ChangesTest {
    private static final String ROWS = "SELECT k, g, v, s FROM %s ORDER BY k, g, v, s";
    private static final String SUMS =
            "SELECT a.g, count(*), sum(a.v + b.v) FROM a JOIN b ON a.g = b.g GROUP BY a.g ORDER BY a.g";

    @Test
    @Timeout(120)
    void everyStateIsTheSame() throws SQLException {
        run(Long.getLong("test.seed", System.nanoTime()), 4, Duration.ofSeconds(15));
    }

    @Test
    @Tag("long")
    void everyStateIsTheSameForMinutes() throws SQLException {
        run(Long.getLong("test.seed", System.nanoTime()), 100_000, Duration.ofMinutes(3));
    }

    private static void run(long seed, int rounds, Duration time) throws SQLException {
        System.out.println("ChangesTest: -Dtest.seed=" + seed);
        long deadline = System.nanoTime() + time.toNanos();
        Random seeds = new Random(seed);
        int changes = 0;
        for (int round = 0; round < rounds; round++) {
            if (round > 0 && System.nanoTime() > deadline) {
                break;
            }
            changes += new Round(new Random(seeds.nextLong())).run(120);
        }
        System.out.println("ChangesTest: " + changes + " rows changed");
        assertTrue(changes > 100, "most statements should change something");
    }

    /// One pair of databases.
    private static final class Round {
        private final Random random;
        private final RandomChanges statements;
        private final List<String> script = new ArrayList<>();
        private boolean open;

        Round(Random random) {
            this.random = random;
            this.statements = new RandomChanges(random);
        }

        int run(int steps) throws SQLException {
            DatabaseOptions options =
                    DatabaseOptions.defaults()
                            .withManualSteps(new Random(random.nextLong()))
                            .withSeal(1 << 20, 20 + random.nextInt(100))
                            .withBulk(1 << 20, 100_000, 1 << 20, 30 + random.nextInt(100));
            int changed = 0;
            try (SteppedDatabase database =
                            new SteppedDatabase(new MemoryDisk("changes", 1L << 28), options);
                    Connection basalt = database.connect(2);
                    Connection basaltReader = database.connect(1);
                    Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                    Connection duckReader = duck.unwrap(DuckDBConnection.class).duplicate()) {
                create(
                        basalt,
                        " PARTITION BY g ORDER BY (v)",
                        " ORDER BY (k, s)",
                        random.nextBoolean() ? "" : " PARTITION BY g ORDER BY (v)");
                create(duck, "", "", "");
                for (int i = 0; i < steps; i++) {
                    for (int work = random.nextInt(6); work > 0 && database.step(); work--) {
                        // seals and merges go a little further
                    }
                    String sql = next();
                    script.add(sql);
                    int expected = execute(duck, sql);
                    int found = execute(basalt, sql);
                    assertEquals(expected, found, this::story);
                    changed += Math.max(0, found);
                    compare(duck, basalt);
                    compare(duckReader, basaltReader);
                }
            }
            return changed;
        }

        private static void create(
                Connection connection, String layoutOfA, String layoutOfB, String layoutOfC)
                throws SQLException {
            String columns = " (k INTEGER, g INTEGER, v BIGINT, s VARCHAR)";
            String keyed = " (k INTEGER PRIMARY KEY, g INTEGER, v BIGINT, s VARCHAR)";
            execute(connection, "CREATE TABLE a" + columns + layoutOfA);
            execute(connection, "CREATE TABLE b" + columns + layoutOfB);
            execute(connection, "CREATE TABLE c" + keyed + layoutOfC);
        }

        private String next() {
            int dice = random.nextInt(12);
            if (open && dice < 3) {
                open = false;
                return dice == 0 ? "ROLLBACK" : "COMMIT";
            }
            if (!open && dice < 2) {
                open = true;
                return "BEGIN TRANSACTION";
            }
            return random.nextInt(4) == 0 ? statements.nextKeyed(open) : statements.next();
        }

        /// How many rows were changed, or what was returned as one number. Of rows that an upsert leaves alone, DuckDB counts some.
        private static int execute(Connection connection, String sql) throws SQLException {
            if (sql.contains("RETURNING")) {
                List<String> returned = rows(connection, sql);
                returned.sort(null);
                return returned.hashCode() & 0xff;
            }
            boolean isCounted = !sql.contains("CONFLICT") && !sql.contains("OR REPLACE");
            try (Statement statement = connection.createStatement()) {
                boolean rows = statement.execute(sql);
                return rows || !isCounted ? 0 : Math.max(0, statement.getUpdateCount());
            }
        }

        private void compare(Connection duck, Connection basalt) throws SQLException {
            for (String sql :
                    List.of(ROWS.formatted("a"), ROWS.formatted("b"), ROWS.formatted("c"), SUMS)) {
                assertEquals(rows(duck, sql), rows(basalt, sql), this::story);
            }
        }

        private static List<String> rows(Connection connection, String sql) throws SQLException {
            List<String> rows = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int i = 1; i <= columns; i++) {
                        row.append(result.getString(i)).append('|');
                    }
                    rows.add(row.toString());
                }
            }
            return rows;
        }

        private String story() {
            return String.join(";\n", script) + ";\n";
        }
    }
}
