package io.basaltdb.query.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.basaltdb.query.execution.Result;
import io.basaltdb.query.execution.WorkerPool;
import io.basaltdb.query.expression.ValueText;
import io.basaltdb.query.function.jvm.JavaLibrary;
import io.basaltdb.query.function.jvm.ProgramFunctions;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.relation.FileFormats;
import io.basaltdb.query.sql.SqlFrontEnd;
import io.basaltdb.query.system.VirtualTables;
import io.basaltdb.storage.Database;
import io.basaltdb.storage.DatabaseOptions;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.io.LocalUserFiles;
import io.basaltdb.storage.io.MemoryDisk;
import io.basaltdb.storage.io.SystemClock;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `SET plan_cache`: which statements take plans that were made before.
class PlanReuseTest {
    private final Clock clock = new SystemClock();
    private final Database database =
            Database.open(new MemoryDisk("the test", 1L << 26), clock, DatabaseOptions.defaults());
    private final SqlFrontEnd frontEnd = new SqlFrontEnd(clock, 1);
    private final WorkerPool workers =
            new WorkerPool(1, Thread.ofPlatform().daemon(true).factory(), clock);
    private final EngineSession session = session();

    private EngineSession session() {
        FileFormats formats = new FileFormats(new LocalUserFiles(), List.of());
        RowRules rules = new RowRules(frontEnd);
        database.rules(rules);
        return new EngineSession(
                new EngineParts(
                        database,
                        frontEnd,
                        rules,
                        workers,
                        MemoryBudget.root("the test", "none", 1L << 26),
                        clock,
                        new QueryLog(clock),
                        new VirtualTables(),
                        formats,
                        new JavaLibrary(formats.files(), false),
                        new ProgramFunctions(),
                        new ReentrantLock(true)),
                "test");
    }

    @BeforeEach
    void makeNumbers() {
        run("CREATE TABLE numbers (n BIGINT NOT NULL)");
        run("INSERT INTO numbers VALUES (1), (2), (3)");
    }

    @AfterEach
    void close() {
        session.close();
        workers.close();
        frontEnd.close();
        database.close();
    }

    private void run(String sql) {
        session.execute(sql, List.of()).close();
    }

    private List<String> rows(String sql) {
        try (Result result = session.execute(sql, List.of())) {
            return texts(result);
        }
    }

    private static List<String> texts(Result result) {
        List<String> texts = new ArrayList<>();
        Batch batch = result.next();
        while (batch != null) {
            for (int i = 0; i < batch.rowCount(); i++) {
                int lane = batch.selection() == null ? i : batch.selection().rows()[i];
                texts.add(
                        ValueText.format(
                                Lanes.value(batch.column(0), lane),
                                batch.column(0).type(),
                                ZoneOffset.UTC));
            }
            batch = result.next();
        }
        return texts;
    }

    @Test
    void sharesPlansUnlessToldOtherwise() {
        String sql = "SELECT max(n) FROM numbers WHERE n < 3";
        int before = frontEnd.sharedPlans().size();
        assertEquals(List.of("2"), rows(sql));
        assertEquals(List.of("2"), rows(sql));
        assertEquals(before + 1, frontEnd.sharedPlans().size());

        run("SET plan_cache = off");
        assertEquals(List.of("off"), rows("SHOW plan_cache"));
        String other = "SELECT max(n) FROM numbers WHERE n < 2";
        assertEquals(List.of("1"), rows(other));
        run("INSERT INTO numbers VALUES (0), (-5)");
        assertEquals(List.of("1"), rows(other));
        assertEquals(List.of("2"), rows(sql));
        assertEquals(before + 1, frontEnd.sharedPlans().size());

        run("RESET plan_cache");
        assertEquals(List.of("1"), rows(other));
        assertEquals(before + 2, frontEnd.sharedPlans().size());
    }

    @Test
    void queriesOfOneShapeShareATreeAndNoPlan() {
        run("SET plan_cache = shapes");
        int before = frontEnd.sharedPlans().size();
        for (int most = 1; most <= 4; most++) {
            assertEquals(
                    List.of(Integer.toString(Math.min(most, 3))),
                    rows("SELECT max(n) AS m FROM numbers WHERE n <= " + most));
        }
        assertEquals(1, frontEnd.knownShapes());
        assertEquals(before, frontEnd.sharedPlans().size());
    }

    @Test
    void preparedStatementsKeepTheirPlansInTheSession() {
        run("SET plan_cache = false");
        int before = frontEnd.sharedPlans().size();
        try (Session.Prepared prepared =
                session.prepare("SELECT count(*) FROM numbers WHERE n >= ?")) {
            for (long least = 1; least <= 3; least++) {
                try (Result result =
                        prepared.execute(
                                List.of(new Session.Parameter(Value.of(least), Type.BIGINT)))) {
                    assertEquals(List.of(Long.toString(4 - least)), texts(result));
                }
            }
            run("ALTER TABLE numbers ADD COLUMN m BIGINT");
            try (Result result =
                    prepared.execute(List.of(new Session.Parameter(Value.of(3L), Type.BIGINT)))) {
                assertEquals(List.of("1"), texts(result));
            }
        }
        run("PREPARE above AS SELECT count(*) FROM numbers WHERE n > ?");
        assertEquals(List.of("2"), rows("EXECUTE above (1)"));
        assertEquals(List.of("1"), rows("EXECUTE above (2)"));
        assertEquals(before, frontEnd.sharedPlans().size());
    }

    @Test
    void batchesKeepTheirPlansInTheSession() {
        run("CREATE TABLE totals (k BIGINT PRIMARY KEY, v BIGINT)");
        run("SET plan_cache = shapes");
        int before = session.keptPlans();
        String computed =
                "INSERT INTO totals VALUES (?, ?)"
                        + " ON CONFLICT (k) DO UPDATE SET v = totals.v + excluded.v";
        for (long add = 1; add <= 3; add++) {
            try (Session.BulkInsert insert = session.insert(computed, 2, "")) {
                long[] keys = {1, 2};
                long[] values = {add, 10 * add};
                insert.append(
                        new Batch(
                                2,
                                List.of(
                                        new LongVector(Type.BIGINT, 2, keys, null),
                                        new LongVector(Type.BIGINT, 2, values, null))));
                assertEquals(2, insert.commit());
            }
        }
        assertEquals(List.of("6", "60"), rows("SELECT v FROM totals ORDER BY k"));
        assertEquals(before + 1, session.keptPlans());

        List<List<Session.Parameter>> keys = new ArrayList<>();
        for (long key = 1; key <= 2; key++) {
            keys.add(List.of(new Session.Parameter(Value.of(key), Type.BIGINT)));
        }
        String negated = "UPDATE totals SET v = -v WHERE k = ?";
        assertEquals(2, session.executeAll(negated, keys, ""));
        assertEquals(2, session.executeAll(negated, keys, ""));
        assertEquals(List.of("6", "60"), rows("SELECT v FROM totals ORDER BY k"));
        assertEquals(before + 2, session.keptPlans());
    }

    @Test
    void refusesWhatIsNeitherOnNorOff() {
        BasaltException refused =
                assertThrows(BasaltException.class, () -> run("SET plan_cache = 'perhaps'"));
        assertEquals(ErrorCode.INVALID_PARAMETER, refused.code());
    }
}
