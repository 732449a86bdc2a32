package io.basaltdb.query.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Plans without grouping: scan, filter, project, limit, union, values; failures, cancelling and closing.
class PipelineTest {
    private static final Schema SCHEMA =
            Schema.of(
                    new Field("id", Type.BIGINT, false),
                    new Field("flag", Type.BOOLEAN, true),
                    new Field("name", Type.TEXT, true),
                    new Field("price", new Type.Decimal(30, 2), true));

    private static List<List<Value>> rows(long seed, int count) {
        List<List<Value>> rows = new ArrayList<>();
        List<List<Value>> random = new RandomRows(seed).rows(SCHEMA, count, 40, 0.1);
        for (int i = 0; i < count; i++) {
            List<Value> row = new ArrayList<>(random.get(i));
            row.set(0, Value.of((long) i));
            rows.add(row);
        }
        return rows;
    }

    private static MemoryRelation relation(long seed, List<List<Value>> rows) {
        return new MemoryRelation(
                SCHEMA, new RandomRows(seed).splits(SCHEMA, rows, RandomRows.Form.MIXED));
    }

    private static List<List<Value>> sorted(List<List<Value>> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(row -> ((Value.Whole) row.getFirst()).value()))
                .toList();
    }

    private static void assertNothingHeld(TestEngine engine, MemoryRelation relation) {
        assertEquals(0, engine.memory.usedBytes());
        assertEquals(0, relation.openReaders.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void givesEveryRowOnce(int workers) {
        List<List<Value>> rows = rows(1, 20_000);
        try (TestEngine engine = new TestEngine(workers)) {
            MemoryRelation relation = relation(2, rows);
            engine.relations.put("t", relation);
            assertEquals(rows, sorted(engine.rows(engine.scan("t"))));
            assertNothingHeld(engine, relation);
        }
    }

    @Test
    void selectsByRangesAndCondition() {
        List<List<Value>> rows = rows(3, 5_000);
        Ranges ids = Ranges.of(new Ranges.Interval(Value.of(100L), true, Value.of(4_000L), false));
        Ranges names = Ranges.points(List.of(Value.of("k0"), Value.of("grün 3"), Value.of("")));
        List<List<Value>> expected =
                rows.stream()
                        .filter(row -> ids.contains(row.get(0)) && names.contains(row.get(2)))
                        .filter(row -> row.get(1).equals(Value.of(true)))
                        .toList();
        try (TestEngine engine = new TestEngine(2)) {
            MemoryRelation relation = relation(4, rows);
            engine.relations.put("t", relation);
            PlanNode scan =
                    new PlanNode.Scan(
                            TestEngine.name("t"),
                            SCHEMA,
                            List.of(0, 3),
                            List.of(new ColumnRanges(0, ids), new ColumnRanges(2, names)),
                            new Expression.Column(2, Type.BOOLEAN),
                            List.of(1),
                            TestEngine.pick(SCHEMA, List.of(0, 3)),
                            -1);
            assertEquals(
                    expected.stream().map(row -> List.of(row.get(0), row.get(3))).toList(),
                    sorted(engine.rows(scan)));
            assertNothingHeld(engine, relation);
        }
    }

    @Test
    void countsWithoutReadingWhereNothingIsDead() {
        List<List<Value>> rows = rows(5, 3_000);
        MemoryRelation relation =
                new MemoryRelation(
                        SCHEMA,
                        List.of(
                                List.of(
                                        new Batch(
                                                3_000,
                                                new RandomRows(1)
                                                        .splits(SCHEMA, rows, RandomRows.Form.PLAIN)
                                                        .getFirst()
                                                        .getFirst()
                                                        .columns()))));
        try (TestEngine engine = new TestEngine(1)) {
            engine.relations.put("t", relation);
            PlanNode scan =
                    new PlanNode.Scan(
                            TestEngine.name("t"),
                            SCHEMA,
                            List.of(),
                            List.of(),
                            null,
                            List.of(),
                            Schema.of(),
                            -1);
            assertEquals(3_000, engine.rows(scan).size());
            assertEquals(0, relation.granulesSought.get());
        }
    }

    @Test
    void filtersAndProjects() {
        List<List<Value>> rows = rows(6, 4_000);
        try (TestEngine engine = new TestEngine(2)) {
            engine.relations.put("t", relation(7, rows));
            PlanNode plan =
                    new PlanNode.Project(
                            new PlanNode.Filter(
                                    engine.scan("t"), new Expression.Column(1, Type.BOOLEAN), -1),
                            List.of(
                                    new Expression.Column(0, Type.BIGINT),
                                    new Expression.Literal(Value.of("x"), Type.TEXT),
                                    new Expression.Column(2, Type.TEXT)),
                            Schema.of(
                                    new Field("id", Type.BIGINT, false),
                                    new Field("x", Type.TEXT, false),
                                    new Field("name", Type.TEXT, true)));
            List<List<Value>> expected =
                    rows.stream()
                            .filter(row -> row.get(1).equals(Value.of(true)))
                            .map(row -> List.of(row.get(0), Value.of("x"), row.get(2)))
                            .toList();
            assertEquals(expected, sorted(engine.rows(plan)));
        }
    }

    private static PlanNode limit(PlanNode input, long limit, long offset) {
        return new PlanNode.Limit(
                input,
                new Expression.Literal(Value.of(limit), Type.BIGINT),
                new Expression.Literal(Value.of(offset), Type.BIGINT));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void limitsAcrossLanes(int workers) {
        List<List<Value>> rows = rows(8, 30_000);
        try (TestEngine engine = new TestEngine(workers)) {
            MemoryRelation relation = relation(9, rows);
            engine.relations.put("t", relation);
            assertEquals(1_234, engine.rows(limit(engine.scan("t"), 1_234, 77)).size());
            assertEquals(23, engine.rows(limit(engine.scan("t"), 100, 29_977)).size());
            assertEquals(0, engine.rows(limit(engine.scan("t"), 0, 0)).size());
            int before = relation.granulesSought.get();
            assertEquals(10, engine.rows(limit(engine.scan("t"), 10, 0)).size());
            assertTrue(relation.granulesSought.get() - before <= 10 * workers);
            assertNothingHeld(engine, relation);
        }
    }

    @Test
    void keepsTheOrderOfValuesAndUnitesBranches() {
        Schema one = Schema.of(new Field("n", Type.INTEGER, true));
        List<List<Value>> some = new ArrayList<>();
        for (long i = 0; i < 10_000; i++) {
            some.add(List.of(i % 17 == 0 ? Value.NULL : Value.of(i)));
        }
        PlanNode values = new PlanNode.Values(some, one);
        try (TestEngine engine = new TestEngine(2)) {
            assertEquals(some, engine.rows(values));
            assertEquals(some.subList(4_090, 4_110), engine.rows(limit(values, 20, 4_090)));
            PlanNode expressions =
                    new PlanNode.Rows(
                            List.of(
                                    List.of(new Expression.Literal(Value.of(1L), Type.INTEGER)),
                                    List.of(new Expression.Literal(Value.NULL, Type.INTEGER))),
                            one);
            PlanNode union = new PlanNode.UnionAll(List.of(values, expressions, values), one);
            assertEquals(20_002, engine.rows(union).size());
            assertEquals(7, engine.rows(limit(union, 7, 5)).size());
            assertEquals(0, engine.memory.usedBytes());
        }
    }

    @Test
    void failsWithTheFirstFailureAndClosesEverything() {
        MemoryRelation relation = relation(10, rows(10, 20_000));
        relation.failure = new BasaltException(ErrorCode.SEGMENT_CORRUPT, "part 7 is damaged");
        try (TestEngine engine = new TestEngine(2)) {
            engine.relations.put("t", relation);
            BasaltException failure =
                    assertThrows(BasaltException.class, () -> engine.rows(engine.scan("t")));
            assertEquals("part 7 is damaged", failure.text());
            assertNothingHeld(engine, relation);
            relation.failure = new IllegalStateException("oops");
            failure = assertThrows(BasaltException.class, () -> engine.rows(engine.scan("t")));
            assertEquals(ErrorCode.INTERNAL, failure.code());
            assertTrue(!failure.text().contains("java") && !failure.text().contains("Exception"));
            relation.failure = null;
            assertEquals(20_000, engine.rows(engine.scan("t")).size());
        }
    }

    @Test
    void closesWhileLanesWaitForTheReader() {
        MemoryRelation relation = relation(11, rows(11, 60_000));
        try (TestEngine engine = new TestEngine(2)) {
            engine.relations.put("t", relation);
            for (int i = 0; i < 20; i++) {
                try (QueryExecution execution = engine.start(engine.scan("t"))) {
                    assertNotNull(execution.next());
                }
                assertNothingHeld(engine, relation);
            }
        }
    }

    @Test
    void cancelsAndTimesOut() {
        MemoryRelation relation = relation(12, rows(12, 60_000));
        try (TestEngine engine = new TestEngine(2)) {
            engine.relations.put("t", relation);
            QueryContext query = engine.query();
            try (QueryExecution execution =
                    QueryExecution.start(engine.scan("t"), query, engine.pool)) {
                assertNotNull(execution.next());
                query.cancel();
                BasaltException failure =
                        assertThrows(BasaltException.class, () -> drain(execution));
                assertEquals(ErrorCode.QUERY_CANCELED, failure.code());
            }
            assertNothingHeld(engine, relation);
            engine.timeoutNanos = 1;
            BasaltException failure =
                    assertThrows(BasaltException.class, () -> engine.rows(engine.scan("t")));
            assertEquals(ErrorCode.QUERY_CANCELED, failure.code());
            assertTrue(failure.text().contains("query_timeout"));
            assertNothingHeld(engine, relation);
        }
    }

    private static void drain(QueryExecution execution) {
        while (execution.next() != null) {}
    }

    @Test
    void refusesToKeepMoreThanTheLimit() {
        MemoryRelation relation = relation(13, rows(13, 20_000));
        try (TestEngine engine = new TestEngine(2)) {
            engine.relations.put("t", relation);
            engine.queryLimit = 1_000;
            BasaltException failure =
                    assertThrows(BasaltException.class, () -> engine.rows(engine.scan("t")));
            assertEquals(ErrorCode.OUT_OF_MEMORY, failure.code());
            assertTrue(failure.text().contains("query_memory_limit"), failure.text());
            assertNothingHeld(engine, relation);
        }
    }

    @Test
    void showsWhatEachOperatorDid() {
        List<List<Value>> rows = rows(14, 5_000);
        try (TestEngine engine = new TestEngine(2)) {
            engine.relations.put("t", relation(15, rows));
            PlanNode plan = limit(engine.scan("t"), 10_000, 0);
            try (QueryExecution execution = engine.start(plan)) {
                drain(execution);
                QueryProfile profile = execution.profile();
                assertEquals(5_000, profile.root().rowsOut());
                assertEquals(5_000, profile.root().inputs().getFirst().rowsOut());
                assertEquals(execution.progress().rowsTotal(), execution.progress().rowsRead());
                assertTrue(profile.text().contains("└─ Scan main.t"), profile.text());
            }
        }
    }
}
