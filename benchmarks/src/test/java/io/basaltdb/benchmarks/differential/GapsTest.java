package io.basaltdb.benchmarks.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.benchmarks.answer.Answer;
import io.basaltdb.benchmarks.answer.AnswerCheck;
import io.basaltdb.benchmarks.answer.AnswerReader;
import io.basaltdb.benchmarks.answer.QueryShape;
import io.basaltdb.benchmarks.engine.TestEngine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// Gaps that are filled in: DuckDB has no word for it, so it is asked for the same with series and ASOF joins. `-Dtest.seed=N` replays a run.
@EnabledIf("io.basaltdb.benchmarks.engine.TestEngine#basaltStands")
class GapsTest {
    private static final int ROUNDS = 40;

    private final long seed = Long.getLong("test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void gapsAreThoseOfASeries() throws SQLException {
        List<String> differences = new ArrayList<>();
        try (Connection basalt = TestEngine.BASALT.open();
                Connection duckDb = TestEngine.DUCKDB.open()) {
            for (int round = 0; round < ROUNDS; round++) {
                String table = "r" + round;
                create(table, basalt, duckDb);
                compare(buckets(table), basalt, duckDb, differences);
                compare(filledOrder(table), basalt, duckDb, differences);
            }
        }
        assertEquals("", String.join("\n", differences), "seed " + seed);
    }

    private record Pair(String basalt, String duckDb) {}

    private void create(String table, Connection... connections) throws SQLException {
        StringBuilder rows = new StringBuilder("INSERT INTO " + table + " VALUES ");
        int count = 1 + random.nextInt(30);
        for (int i = 0; i < count; i++) {
            rows.append(i == 0 ? "" : ", ")
                    .append('(')
                    .append(random.nextInt(3))
                    .append(", ")
                    .append(random.nextInt(200) - 100)
                    .append(", ")
                    .append(random.nextInt(5) == 0 ? "NULL" : random.nextInt(1000))
                    .append(", ")
                    .append(random.nextInt(5) == 0 ? "NULL" : random.nextInt(1000) / 8.0 + "e0")
                    .append(')');
        }
        for (Connection connection : connections) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TABLE "
                                + table
                                + " (k INTEGER NOT NULL, n INTEGER, v INTEGER, d DOUBLE)");
                statement.execute(rows.toString());
            }
        }
    }

    /// Buckets of random width as whole numbers, minutes or days, by a key or of everything.
    private Pair buckets(String table) {
        int width = 1 + random.nextInt(20);
        int start = random.nextInt(120) - 100;
        int finish = start + random.nextInt(150);
        String key = random.nextBoolean() ? "k" : "0";
        boolean fromWhere = random.nextBoolean();
        String[] units = {"", "MINUTE", "DAY"};
        String unit = units[random.nextInt(units.length)];
        String time =
                unit.isEmpty() ? "n" : "TIMESTAMP '2000-01-03 00:00:00' + n * INTERVAL '1' " + unit;
        String from = unit.isEmpty() ? "" + start : point(start, unit);
        String to = unit.isEmpty() ? "" + finish : point(finish, unit);
        String by = unit.isEmpty() ? "" + width : "INTERVAL '" + width + "' " + unit;
        String inner = "SELECT " + key + " AS k, " + time + " AS t, v, d FROM " + table;
        String basalt =
                "SELECT k, time_bucket_gapfill("
                        + by
                        + ", t"
                        + (fromWhere ? "" : ", " + from + ", " + to)
                        + ") AS b, count(*), locf(sum(v)), interpolate(max(d)) FROM ("
                        + inner
                        + ") AS q "
                        + (fromWhere ? "WHERE t >= " + from + " AND t < " + to : "")
                        + " GROUP BY k, b";
        String bucket = "CAST(floor(n / " + width + ".0) AS INTEGER) * " + width;
        String shown =
                unit.isEmpty()
                        ? "a.b"
                        : "TIMESTAMP '2000-01-03 00:00:00' + a.b * INTERVAL '1' " + unit;
        String first = "CAST(floor(" + start + " / " + width + ".0) AS INTEGER) * " + width;
        String duckDb =
                "WITH g AS (SELECT "
                        + key
                        + " AS k, "
                        + bucket
                        + " AS b, count(*) AS c, sum(v) AS s, max(d) AS m FROM "
                        + table
                        + (fromWhere ? " WHERE n >= " + start + " AND n < " + finish : "")
                        + " GROUP BY 1, 2), a AS (SELECT DISTINCT k, CAST(x AS INTEGER) AS b FROM g, range("
                        + first
                        + ", "
                        + finish
                        + ", "
                        + width
                        + ") AS r (x) UNION SELECT k, b FROM g)"
                        + " SELECT a.k, "
                        + shown
                        + ", g.c, p.s, CASE WHEN p.b = a.b THEN p.m ELSE p.m + (q.m - p.m)"
                        + " * (CAST(a.b - p.b AS DOUBLE) / (q.b - p.b)) END FROM a LEFT JOIN g ON a.k = g.k AND a.b = g.b"
                        + " ASOF LEFT JOIN g AS p ON a.k = p.k AND a.b >= p.b"
                        + " ASOF LEFT JOIN g AS q ON a.k = q.k AND a.b <= q.b";
        return new Pair(basalt, duckDb);
    }

    private static String point(int number, String unit) {
        return "(TIMESTAMP '2000-01-03 00:00:00' + "
                + (number < 0 ? "(" + number + ")" : number)
                + " * INTERVAL '1' "
                + unit
                + ")";
    }

    /// One row for each point that there is, and what lies between them in steps.
    private Pair filledOrder(String table) {
        int step = 1 + random.nextInt(12);
        boolean hasFrom = random.nextBoolean();
        boolean hasTo = random.nextBoolean();
        boolean descends = random.nextBoolean();
        int sign = descends ? -1 : 1;
        int from = sign * (random.nextInt(200) - 120);
        int to = sign * (random.nextInt(200) - 80);
        String inner =
                "SELECT k, n, max(v) AS v, max(d) AS d, count(*) AS c FROM "
                        + table
                        + " GROUP BY k, n";
        String basalt =
                "SELECT k, n, v, d, c FROM ("
                        + inner
                        + ") AS q ORDER BY k, n "
                        + (descends ? "DESC " : "")
                        + "WITH FILL"
                        + (hasFrom ? " FROM " + from : "")
                        + (hasTo ? " TO " + to : "")
                        + " STEP "
                        + sign * step
                        + " INTERPOLATE (v)";
        // The other engine counts upwards: numbers are turned where the order descends.
        String begin = hasFrom ? "" + sign * from : "(SELECT min(o) FROM g WHERE g.k = e.k)";
        String end = hasTo ? "" + sign * to : "(SELECT max(o) FROM g WHERE g.k = e.k)";
        String duckDb =
                "WITH g AS (SELECT *, "
                        + sign
                        + " * n AS o FROM ("
                        + inner
                        + ")), e AS (SELECT DISTINCT k FROM g), s AS (SELECT k, unnest(range("
                        + begin
                        + ", "
                        + end
                        + ", "
                        + step
                        + ")) AS o FROM e), a AS (SELECT k, CAST(o AS INTEGER) AS o FROM s UNION SELECT k, o FROM g)"
                        + " SELECT a.k, "
                        + sign
                        + " * a.o, p.v, g.d, coalesce(g.c, 0) FROM a LEFT JOIN g ON a.k = g.k AND a.o = g.o"
                        + " ASOF LEFT JOIN g AS p ON a.k = p.k AND a.o >= p.o";
        return new Pair(basalt, duckDb);
    }

    private static void compare(
            Pair pair, Connection basalt, Connection duckDb, List<String> differences)
            throws SQLException {
        Answer found = answer(basalt, pair.basalt);
        Answer expected = answer(duckDb, pair.duckDb);
        AnswerCheck.difference(new QueryShape(List.of(), false), expected, found, wanted -> found)
                .ifPresent(text -> differences.add(pair.basalt + "\n" + pair.duckDb + "\n" + text));
    }

    private static Answer answer(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return AnswerReader.read(rows);
        } catch (SQLException e) {
            throw new SQLException(sql + ": " + e.getMessage(), e);
        }
    }
}
