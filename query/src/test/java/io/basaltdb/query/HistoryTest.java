package io.basaltdb.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.session.Session;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.DatabaseCheck;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.LocalUserFiles;
import io.basaltdb.storage.testkit.ManualClock;
import io.basaltdb.storage.testkit.SimulatedDisk;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// FOR SYSTEM_TIME AS OF by time, commit and parameter, at every state of the parts, and what is left once it is too old.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HistoryTest {
    private final SimulatedDisk disk = new SimulatedDisk();
    private final ManualClock clock = new ManualClock();
    private final Random random = new Random(Long.getLong("test.seed", 5));
    private Database database = database();
    private Engine engine = engine();

    /// The rows after a commit: of the table with a key n by id, of the other how often each x.
    private record Moment(
            long commit, long micros, TreeMap<Long, Long> keyed, TreeMap<Long, Long> plain) {}

    private final TreeMap<Long, Long> keyed = new TreeMap<>();
    private final TreeMap<Long, Long> plain = new TreeMap<>();
    private final List<Moment> moments = new ArrayList<>();

    private Database database() {
        return Database.open(
                disk,
                clock,
                DatabaseOptions.defaults()
                        .withManualSteps(random)
                        .withSeal(1 << 20, 40)
                        .withBulk(1 << 20, 300, 1 << 19, 150)
                        .withLog(1 << 16, 1 << 15, 1 << 12)
                        .withMerge(1 << 24, 3));
    }

    private Engine engine() {
        return Engine.open(
                database,
                clock,
                EngineOptions.ofHeapShare(0.1),
                new FileFormats(new LocalUserFiles(), List.of()));
    }

    private List<String> rows(String sql, Session.Parameter... parameters) {
        try (Session session = engine.session("test");
                Result result = session.execute(sql, List.of(parameters))) {
            return TestSessions.lines(result);
        }
    }

    private void run(String sql) {
        try (Session session = engine.session("test")) {
            session.execute(sql, List.of()).close();
        }
    }

    private void reopen() {
        engine.close();
        database.close();
        database = database();
        engine = engine();
    }

    @AfterEach
    void close() {
        engine.close();
        database.close();
        assertEquals(List.of(), DatabaseCheck.problems(disk));
    }

    private void change() {
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                long id = random.nextInt(40);
                long n = random.nextInt(1000);
                run(
                        "INSERT INTO k VALUES ("
                                + id
                                + ", "
                                + n
                                + ") ON CONFLICT (id) DO UPDATE SET n = excluded.n");
                keyed.put(id, n);
            }
            case 2 -> {
                int rest = random.nextInt(9);
                run("DELETE FROM k WHERE id % 9 = " + rest);
                keyed.keySet().removeIf(id -> id % 9 == rest);
            }
            case 3 -> {
                int x = random.nextInt(20);
                run("INSERT INTO u SELECT " + x + " FROM generate_series(1, 7)");
                plain.merge((long) x, 7L, Long::sum);
            }
            default -> {
                int x = random.nextInt(20);
                run("DELETE FROM u WHERE x = " + x);
                plain.remove((long) x);
            }
        }
        moments.add(
                new Moment(
                        database.lastCommit(),
                        clock.wallMicros(),
                        new TreeMap<>(keyed),
                        new TreeMap<>(plain)));
    }

    private static List<String> lines(TreeMap<Long, Long> map) {
        return map.entrySet().stream().map(e -> e.getKey() + "|" + e.getValue()).toList();
    }

    private void check(Moment moment) {
        Instant time = Instant.EPOCH.plus(moment.micros, ChronoUnit.MICROS);
        String asOf =
                " FOR SYSTEM_TIME AS OF "
                        + (random.nextBoolean() ? "" + moment.commit : "'" + time + "'");
        assertEquals(
                lines(moment.keyed), rows("SELECT id, n FROM k" + asOf + " ORDER BY id"), asOf);
        assertEquals(
                lines(moment.plain),
                rows("SELECT x, count(*) FROM u" + asOf + " GROUP BY x ORDER BY x"),
                asOf);
        assertEquals(
                List.of("" + moment.plain.values().stream().mapToLong(n -> n).sum()),
                rows("SELECT count(*) FROM u" + asOf));
        long id = random.nextInt(40);
        Long n = moment.keyed.get(id);
        assertEquals(
                n == null ? List.of() : List.of(n.toString()),
                rows("SELECT n FROM k" + asOf + " WHERE id = " + id),
                asOf + " of " + id);
        assertEquals(
                List.of(moment.keyed.size() + "|" + plain.size()),
                rows(
                        "SELECT (SELECT count(*) FROM k FOR SYSTEM_TIME AS OF ? WHERE ? = 3),"
                                + " (SELECT count(DISTINCT x) FROM u)",
                        new Session.Parameter(Value.of(moment.micros), new Type.TimestampTz(6)),
                        new Session.Parameter(Value.of(3), Type.BIGINT)));
    }

    @Test
    void everyMomentIsToldWhateverBecameOfTheParts() {
        run(
                "CREATE TABLE k (id BIGINT PRIMARY KEY, n BIGINT) ORDER BY (n) WITH (history = '1 hour')");
        run("CREATE TABLE u (x BIGINT) WITH (history = '1 hour')");
        run("CREATE TABLE none (x BIGINT)");
        for (int i = 0; i < 150; i++) {
            clock.advanceMillis(1 + random.nextInt(3000));
            change();
            for (int s = random.nextInt(20); s > 0; s--) {
                database.backgroundStep();
            }
            if (i == 70 || i == 110) {
                reopen();
            }
            if (i % 5 == 0) {
                check(moments.get(random.nextInt(moments.size())));
            }
        }
        check(moments.getFirst());
        Moment before = moments.getFirst();
        clock.advanceMillis(TimeUnit.HOURS.toMillis(2));
        change();
        clock.advanceMillis(TimeUnit.HOURS.toMillis(2));
        change();
        settle();
        BasaltException tooOld =
                assertThrows(
                        BasaltException.class,
                        () -> rows("SELECT * FROM k FOR SYSTEM_TIME AS OF " + before.commit));
        assertEquals("72000", tooOld.code().sqlState());
        assertTrue(tooOld.text().contains("begins with commit"), tooOld.text());
        reopen();
        assertThrows(
                BasaltException.class,
                () -> rows("SELECT * FROM k FOR SYSTEM_TIME AS OF " + before.commit));
        check(moments.getLast());
        assertEquals(
                lines(moments.get(moments.size() - 2).keyed),
                rows(
                        "SELECT id, n FROM k FOR SYSTEM_TIME AS OF now() - INTERVAL '1' HOUR ORDER BY id"));
    }

    private void settle() {
        while (database.backgroundStep()) {
            clock.advanceMillis(10);
        }
    }
}
