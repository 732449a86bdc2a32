package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.expression.ValueText;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.DatabaseCheck;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.LocalUserFiles;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.SimulatedDisk;
import io.basaltdb.storage.vector.Batch;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// TTL: which rows go when, in every state of their parts, and that a clock that jumps takes none away.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ExpiryTest {
    private static final long TEN_YEARS_MICROS = Duration.ofDays(3650).toMillis() * 1000;

    private final SimulatedDisk disk = new SimulatedDisk();
    private final ManualClock clock = new ManualClock(); // 2023-11-14 22:13:20
    private final Random random = new Random(Long.getLong("test.seed", 5));
    private Database database = database();
    private Engine engine = engine();

    private Database database() {
        return Database.open(
                disk,
                clock,
                DatabaseOptions.defaults()
                        .withManualSteps(random)
                        .withSeal(1 << 20, 60)
                        .withBulk(1 << 20, 300, 1 << 19, 150)
                        .withLog(1 << 16, 1 << 17, 1 << 13)
                        .withMerge(1 << 24, 3));
    }

    private Engine engine() {
        return Engine.open(
                database,
                clock,
                EngineOptions.ofHeapShare(0.1),
                new FileFormats(new LocalUserFiles(), List.of()));
    }

    private List<String> rows(String sql) {
        List<String> lines = new ArrayList<>();
        try (Session session = engine.session("test");
                Result result = session.execute(sql, List.of())) {
            Batch batch = result.next();
            while (batch != null) {
                for (int i = 0; i < batch.rowCount(); i++) {
                    int lane = batch.selection() == null ? i : batch.selection().rows()[i];
                    List<String> cells = new ArrayList<>();
                    batch.columns()
                            .forEach(column ->
                                    cells.add(
                                            ValueText.format(
                                                    Lanes.value(column, lane),
                                                    column.type(),
                                                    ZoneOffset.UTC)));
                    lines.add(String.join("|", cells));
                }
                batch = result.next();
            }
        }
        return lines;
    }

    private void settle() {
        while (database.backgroundStep()) {
            // until nothing is left
        }
    }

    private void pass(Duration time) {
        clock.advanceMillis(time.toMillis());
        settle();
    }

    private void reopen() {
        close();
        database = database();
        engine = engine();
    }

    @AfterEach
    void close() {
        engine.close();
        database.close();
        assertEquals(List.of(), DatabaseCheck.problems(disk));
    }

    @Test
    void rowsGoWhenTheirTimeHasCome() {
        rows("CREATE TABLE t (id INTEGER, at TIMESTAMP) ORDER BY (id) TTL at + INTERVAL '1' DAY");
        rows(
                "CREATE TABLE parts (id INTEGER, at TIMESTAMP) PARTITION BY (date_trunc('day', at))"
                        + " TTL at + INTERVAL '1' DAY");
        List<Integer> hours = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int hour = random.nextInt(96);
            hours.add(hour);
            String row =
                    "(" + i + ", TIMESTAMP '2023-11-14 22:00:00' + INTERVAL '" + hour + "' HOUR)";
            rows("INSERT INTO t VALUES " + row);
            rows("INSERT INTO parts VALUES " + row);
        }
        rows("INSERT INTO t VALUES (1000, NULL)");
        rows("INSERT INTO parts VALUES (1000, NULL)");
        settle();
        for (int hour = 20; hour < 130; hour += 10) {
            pass(Duration.ofHours(hour == 20 ? 20 : 10));
            TreeSet<Integer> left = new TreeSet<>();
            for (int i = 0; i < hours.size(); i++) {
                if (hours.get(i) + 24 > hour) {
                    left.add(i);
                }
            }
            left.add(1000);
            List<String> expected = left.stream().map(Object::toString).toList();
            assertEquals(expected, rows("SELECT id FROM t ORDER BY id"));
            assertEquals(expected, rows("SELECT id FROM parts ORDER BY id"));
        }
    }

    /// Somebody deletes a row that was about to expire: the rest is not left for another minute.
    @Test
    void whatLostARaceIsTriedAgainSoon() {
        rows("CREATE TABLE t (id INTEGER, day DATE) TTL day + INTERVAL '7' DAY");
        rows("INSERT INTO t SELECT n, DATE '2023-11-01' FROM generate_series(1, 20) AS s(n)");
        assertTrue(database.backgroundStep());
        rows("DELETE FROM t WHERE id = 5");
        settle();
        assertEquals(List.of("19"), rows("SELECT count(*) FROM t"), "the expiry should have lost");
        pass(Duration.ofSeconds(2));
        assertEquals(List.of("0"), rows("SELECT count(*) FROM t"));
    }

    @Test
    void theTtlOfATableChanges() {
        rows("CREATE TABLE t (id INTEGER, day DATE)");
        rows("INSERT INTO t VALUES (1, DATE '2023-11-01'), (2, DATE '2023-11-14')");
        pass(Duration.ofHours(1));
        assertEquals(List.of("2"), rows("SELECT count(*) FROM t"));
        rows("ALTER TABLE t SET TTL day + INTERVAL '7' DAY");
        pass(Duration.ofHours(1));
        assertEquals(List.of("2"), rows("SELECT id FROM t"));
        rows("ALTER TABLE t DROP TTL");
        pass(Duration.ofDays(30));
        assertEquals(List.of("2"), rows("SELECT id FROM t"));
        assertRefused(ErrorCode.DATATYPE_MISMATCH, "ALTER TABLE t SET TTL id");
        assertRefused(ErrorCode.INVALID_DEFINITION, "ALTER TABLE t SET TTL CURRENT_TIMESTAMP");
        assertRefused(ErrorCode.INVALID_DEFINITION, "ALTER TABLE t SET TTL DATE '2020-01-01'");
        rows("ALTER TABLE t MODIFY TTL day + INTERVAL '70' DAY");
        assertRefused(ErrorCode.DEPENDENT_OBJECTS, "ALTER TABLE t DROP COLUMN day");
    }

    private void assertRefused(ErrorCode code, String sql) {
        assertEquals(
                code, Assertions.assertThrows(BasaltException.class, () -> rows(sql)).code(), sql);
    }

    @Test
    void aJumpOfTheClockTakesNothingAway() {
        rows("CREATE TABLE t (id INTEGER, at TIMESTAMP) TTL at + INTERVAL '365' DAY");
        rows("INSERT INTO t VALUES (1, TIMESTAMP '2023-11-14 00:00:00')");
        clock.jumpWall(TEN_YEARS_MICROS);
        pass(Duration.ofHours(3));
        assertEquals(List.of("1"), rows("SELECT count(*) FROM t"));
        clock.jumpWall(-TEN_YEARS_MICROS);
        rows("INSERT INTO t VALUES (2, TIMESTAMP '2023-11-14 00:00:00')");
        clock.jumpWall(TEN_YEARS_MICROS);
        reopen();
        pass(Duration.ofMinutes(50));
        assertEquals(List.of("2"), rows("SELECT count(*) FROM t"));
        clock.jumpWall(-TEN_YEARS_MICROS); // somebody has noticed
        pass(Duration.ofHours(5));
        assertEquals(List.of("2"), rows("SELECT count(*) FROM t"));
    }

    @Test
    void aClockThatStaysIsBelieved() {
        rows("CREATE TABLE t (id INTEGER, at TIMESTAMP) TTL at + INTERVAL '365' DAY");
        rows("INSERT INTO t VALUES (1, TIMESTAMP '2023-11-14 00:00:00')");
        clock.jumpWall(TEN_YEARS_MICROS);
        reopen();
        pass(Duration.ofMinutes(61));
        assertEquals(List.of("0"), rows("SELECT count(*) FROM t"));
    }
}
