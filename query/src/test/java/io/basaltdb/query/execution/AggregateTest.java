package io.basaltdb.query.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.AggregateParameters;
import io.basaltdb.query.function.AggregateParameters.Direction;
import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Grouping against [AggregateOracle]: every function over every type, in every form of batches, with one and two lanes.
class AggregateTest {
    private static final Schema SCHEMA =
            Schema.of(
                    new Field("flag", Type.BOOLEAN, true),
                    new Field("tiny", Type.TINYINT, true),
                    new Field("small", Type.SMALLINT, false),
                    new Field("whole", Type.INTEGER, true),
                    new Field("big", Type.BIGINT, true),
                    new Field("price", new Type.Decimal(12, 2), true),
                    new Field("wide", new Type.Decimal(34, 4), true),
                    new Field("real", Type.REAL, true),
                    new Field("double", Type.DOUBLE, true),
                    new Field("day", Type.DATE, true),
                    new Field("name", Type.TEXT, true),
                    new Field("other", Type.TEXT, false),
                    new Field("precise", Type.DOUBLE, false));

    static Type resultType(AggregateFunction function, Type argument) {
        return switch (function) {
            case COUNT, APPROX_COUNT_DISTINCT -> Type.BIGINT;
            case SUM ->
                    switch (argument) {
                        case Type.Int(int bits) ->
                                bits < 64 ? Type.BIGINT : new Type.Decimal(38, 0);
                        case Type.Decimal(_, int scale) -> new Type.Decimal(38, scale);
                        default -> Type.DOUBLE;
                    };
            case AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> Type.DOUBLE;
            case PRODUCT, SKEWNESS, KURTOSIS, KURTOSIS_POP, ENTROPY, MAD -> Type.DOUBLE;
            case COVAR_POP, COVAR_SAMP, CORR, REGR_SLOPE, REGR_INTERCEPT, REGR_R2 -> Type.DOUBLE;
            case REGR_AVGX, REGR_AVGY, REGR_SXX, REGR_SYY, REGR_SXY -> Type.DOUBLE;
            case QUANTILE_CONT -> argument instanceof Type.Date ? Type.TIMESTAMP : Type.DOUBLE;
            default -> argument;
        };
    }

    private static boolean isOfPairs(AggregateFunction function) {
        return function.name().startsWith("REGR")
                || function.name().startsWith("COVAR")
                || function == AggregateFunction.CORR;
    }

    static AggregateCall call(
            Schema schema,
            AggregateFunction function,
            List<Integer> arguments,
            boolean distinct,
            int filter) {
        Type argument = arguments.isEmpty() ? Type.BIGINT : schema.type(arguments.getFirst());
        return new AggregateCall(
                function, arguments, distinct, filter, resultType(function, argument), "f");
    }

    static PlanNode.Aggregate aggregate(
            PlanNode input, List<Integer> groups, List<AggregateCall> calls) {
        List<Field> fields = new ArrayList<>();
        groups.forEach(column -> fields.add(input.output().field(column)));
        calls.forEach(call -> fields.add(new Field(call.name(), call.type(), true)));
        return new PlanNode.Aggregate(input, groups, calls, new Schema(fields), -1);
    }

    private static boolean accepts(AggregateFunction function, Type type) {
        boolean number =
                type instanceof Type.Int
                        || type instanceof Type.Decimal
                        || type.physical() == Physical.DOUBLE;
        return switch (function) {
            case SUM, AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> number;
            case BOOL_AND, BOOL_OR -> type instanceof Type.Bool;
            case BIT_AND, BIT_OR, BIT_XOR -> type instanceof Type.Int;
            case STRING_AGG -> type instanceof Type.Text;
            case QUANTILE_CONT -> number || type instanceof Type.Date;
            case PRODUCT, SKEWNESS, KURTOSIS, KURTOSIS_POP, MAD -> number;
            case SINGLE_VALUE, ARRAY_AGG, TOP_K, HISTOGRAM, GEOMETRIC_MEAN, APPROX_QUANTILE ->
                    false;
            case APPROX_COUNT_DISTINCT_STATE, APPROX_COUNT_DISTINCT_MERGE -> false;
            case APPROX_COUNT_DISTINCT_MERGE_STATE, APPROX_QUANTILE_STATE -> false;
            case APPROX_QUANTILE_MERGE, APPROX_QUANTILE_MERGE_STATE -> false;
            case JAVA, JSON_AGG, JSON_OBJECT_AGG -> false;
            default -> isOfPairs(function) ? type.equals(Type.DOUBLE) : true;
        };
    }

    private static List<AggregateCall> randomCalls(Random random) {
        List<AggregateCall> calls = new ArrayList<>();
        calls.add(call(SCHEMA, AggregateFunction.COUNT, List.of(), false, -1));
        AggregateFunction[] functions = AggregateFunction.values();
        while (calls.size() < 9) {
            AggregateFunction function = functions[random.nextInt(functions.length)];
            int column = random.nextInt(SCHEMA.size());
            if (!accepts(function, SCHEMA.type(column))) {
                continue;
            }
            List<Integer> arguments = new ArrayList<>(List.of(column));
            if (function == AggregateFunction.ARG_MIN || function == AggregateFunction.ARG_MAX) {
                arguments.add(random.nextInt(SCHEMA.size()));
            } else if (isOfPairs(function)) {
                arguments.add(random.nextBoolean() ? 8 : 12);
            }
            boolean distinct = random.nextInt(4) == 0;
            int filter = random.nextInt(4) == 0 ? 0 : -1;
            AggregateCall plain = call(SCHEMA, function, arguments, distinct, filter);
            calls.add(withParameters(plain, random));
        }
        return calls;
    }

    /// A fraction, a separator, keys of an order.
    private static AggregateCall withParameters(AggregateCall call, Random random) {
        List<Integer> arguments = new ArrayList<>(call.arguments());
        List<Direction> order = new ArrayList<>();
        switch (call.function()) {
            case STRING_AGG, FIRST, LAST -> {
                for (int keys = random.nextInt(3); keys > 0; keys--) {
                    arguments.add(
                            call.distinct()
                                    ? call.arguments().getFirst()
                                    : random.nextInt(SCHEMA.size()));
                    order.add(new Direction(random.nextBoolean(), random.nextBoolean()));
                }
            }
            case QUANTILE_CONT, QUANTILE_DISC, MODE -> {
                if (random.nextBoolean()) {
                    order.add(new Direction(random.nextBoolean(), false));
                }
            }
            default -> {}
        }
        double[] fractions = {0, 0.1, 0.25, 0.5, 0.9, 1, random.nextDouble()};
        return new AggregateCall(
                call.function(),
                arguments,
                call.distinct(),
                call.filterColumn(),
                new AggregateParameters(
                        random.nextBoolean() ? ", " : "",
                        List.of(fractions[random.nextInt(fractions.length)]),
                        order),
                call.type(),
                call.name());
    }

    private static List<Integer> randomGroups(Random random) {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < SCHEMA.size(); i++) {
            columns.add(i);
        }
        Collections.shuffle(columns, random);
        return List.copyOf(columns.subList(0, random.nextInt(4)));
    }

    @ParameterizedTest
    @EnumSource(RandomRows.Form.class)
    void agreesWithTheOracle(RandomRows.Form form) {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("AggregateTest " + form + " seed " + seed);
        try (TestEngine one = new TestEngine(1);
                TestEngine two = new TestEngine(2)) {
            for (int round = 0; round < 15; round++) {
                agreesWithTheOracle(form, seed + round, one, two);
            }
        }
    }

    private void agreesWithTheOracle(
            RandomRows.Form form, long seed, TestEngine one, TestEngine two) {
        Random random = new Random(seed);
        int count = random.nextInt(3) == 0 ? random.nextInt(5) : random.nextInt(3_000);
        int distinct = 1 + random.nextInt(random.nextBoolean() ? 12 : 400);
        List<List<Value>> rows =
                new RandomRows(seed).rows(SCHEMA, count, distinct, random.nextInt(3) * 0.2);
        List<Integer> groups = randomGroups(random);
        List<AggregateCall> calls = randomCalls(random);
        Map<List<Value>, List<Value>> expected = null;
        for (TestEngine engine : List.of(one, two)) {
            Collections.shuffle(rows, random);
            MemoryRelation relation =
                    new MemoryRelation(
                            SCHEMA, new RandomRows(random.nextLong()).splits(SCHEMA, rows, form));
            engine.relations.put("t", relation);
            PlanNode.Aggregate plan = aggregate(engine.scan("t"), groups, calls);
            if (expected == null) {
                expected = AggregateOracle.rows(plan, rows);
            }
            assertSame(
                    expected,
                    AggregateOracle.byGroup(plan, engine.rows(plan)),
                    calls,
                    "seed " + seed + " " + calls);
            assertEquals(0, engine.memory.usedBytes());
            assertEquals(0, relation.openReaders.get());
        }
    }

    private static void assertSame(
            Map<List<Value>, List<Value>> expected,
            Map<List<Value>, List<Value>> found,
            List<AggregateCall> calls,
            String message) {
        assertEquals(expected.size(), found.size(), message);
        expected.forEach((key, values) -> {
            List<Value> other = found.get(key);
            for (int i = 0; i < values.size(); i++) {
                if (calls.get(i).function() == AggregateFunction.APPROX_COUNT_DISTINCT
                        && ((Value.Whole) values.get(i)).value() > 256) {
                    continue;
                }
                assertEquals(
                        rounded(calls.get(i), values.get(i)),
                        rounded(calls.get(i), other.get(i)),
                        message + " " + key + " call " + i);
            }
        });
    }

    /// To ten digits what is calculated in doubles, step by step.
    private static Object rounded(AggregateCall call, Value value) {
        return switch (call.function()) {
            case PRODUCT, SKEWNESS, KURTOSIS, KURTOSIS_POP, ENTROPY, MAD, CORR, REGR_INTERCEPT ->
                    value instanceof Value.Floating(double number) && Double.isFinite(number)
                            ? "%.10g".formatted(Math.abs(number) < 1e-9 ? 0 : number)
                            : value;
            default -> value;
        };
    }

    private static final int SUMS = 9;

    /// Sums and counts side by side, of which each batch adds as many as it can in one loop: numbers small and large, of which sums stay in a word or leave it.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void addsManySumsAtOnce(int workers) {
        long seed = Long.getLong("test.seed", System.nanoTime());
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("key", Type.INTEGER, false));
        for (int i = 0; i < SUMS; i++) {
            fields.add(new Field("n" + i, Type.BIGINT, i % 4 == 3));
        }
        Schema schema = new Schema(fields);
        for (int round = 0; round < 20; round++) {
            Random random = new Random(seed + round);
            List<AggregateCall> calls = new ArrayList<>();
            for (int column = 1; column <= SUMS; column++) {
                int filter = random.nextInt(6);
                if (filter > 1) {
                    calls.add(call(schema, AggregateFunction.SUM, List.of(column), false, -1));
                } else {
                    List<Integer> counted = filter == 0 ? List.of() : List.of(column);
                    calls.add(call(schema, AggregateFunction.COUNT, counted, false, -1));
                }
            }
            List<List<Value>> rows = sumRows(random, 1 + random.nextInt(9_000));
            try (TestEngine engine = new TestEngine(workers)) {
                engine.relations.put(
                        "t",
                        new MemoryRelation(
                                schema,
                                new RandomRows(random.nextLong())
                                        .splits(schema, rows, RandomRows.Form.values()[0])));
                PlanNode.Aggregate plan = aggregate(engine.scan("t"), List.of(0), calls);
                assertSame(
                        AggregateOracle.rows(plan, rows),
                        AggregateOracle.byGroup(plan, engine.rows(plan)),
                        calls,
                        "seed " + (seed + round) + " " + calls);
                assertEquals(0, engine.memory.usedBytes());
            }
        }
    }

    private static List<List<Value>> sumRows(Random random, int count) {
        int[] bits = new int[SUMS];
        for (int i = 0; i < SUMS; i++) {
            bits[i] = random.nextInt(3) == 0 ? 1 + random.nextInt(64) : 1 + random.nextInt(48);
        }
        int keys = 1 + random.nextInt(8);
        List<List<Value>> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            List<Value> row = new ArrayList<>();
            row.add(Value.of(random.nextInt(keys)));
            for (int i = 0; i < SUMS; i++) {
                boolean isNull = i % 4 == 3 && random.nextInt(10) == 0;
                row.add(isNull ? Value.NULL : Value.of(random.nextLong() >> 64 - bits[i]));
            }
            rows.add(row);
        }
        return rows;
    }

    private static final Schema MANY =
            Schema.of(
                    new Field("id", Type.BIGINT, true),
                    new Field("word", Type.TEXT, true),
                    new Field("part", Type.INTEGER, false),
                    new Field("value", Type.DOUBLE, true),
                    new Field("other", Type.BIGINT, false));

    /// So many groups that they go by partition, some frequent and most rare.
    private static List<List<Value>> manyRows(Random random, int count, int distinct) {
        List<List<Value>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long id = random.nextInt(5) == 0 ? random.nextInt(100) : random.nextInt(distinct);
            rows.add(
                    List.of(
                            id == 7 ? Value.NULL : Value.of(id * 0x1234567L),
                            id == 8 ? Value.NULL : Value.of("word number " + id),
                            Value.of(id % 1000),
                            id % 11 == 0 ? Value.NULL : Value.of(random.nextGaussian() * 1e9),
                            Value.of(random.nextLong())));
        }
        return rows;
    }

    /// Texts as keys, alone and beside others, where so many rows are expected that codes are groups' numbers, and where few are.
    @ParameterizedTest
    @EnumSource(RandomRows.Form.class)
    void groupsByTexts(RandomRows.Form form) {
        long seed = Long.getLong("test.seed", System.nanoTime());
        List<AggregateCall> calls =
                List.of(
                        call(MANY, AggregateFunction.COUNT, List.of(), false, -1),
                        call(MANY, AggregateFunction.SUM, List.of(3), false, -1),
                        call(MANY, AggregateFunction.MAX, List.of(4), false, -1));
        List<AggregateCall> plain = List.of(calls.get(0), calls.get(2));
        for (int round = 0; round < 12; round++) {
            Random random = new Random(seed + round);
            List<List<Value>> rows =
                    manyRows(random, random.nextInt(4_000), 1 + random.nextInt(3_000));
            List<Integer> groups = random.nextBoolean() ? List.of(1) : List.of(1, 2, 0);
            List<AggregateCall> wanted =
                    switch (random.nextInt(3)) {
                        case 0 -> List.<AggregateCall>of();
                        case 1 -> plain;
                        default -> calls;
                    };
            Map<List<Value>, List<Value>> expected = null;
            for (int workers = 1; workers <= 2; workers++) {
                try (TestEngine engine = new TestEngine(workers)) {
                    MemoryRelation relation =
                            new MemoryRelation(
                                    MANY,
                                    new RandomRows(random.nextLong()).splits(MANY, rows, form));
                    engine.relations.put("t", relation);
                    PlanNode.Aggregate plan =
                            aggregate(
                                    engine.scan("t", random.nextBoolean() ? 1e6 : 10),
                                    groups,
                                    wanted);
                    expected = expected == null ? AggregateOracle.rows(plan, rows) : expected;
                    assertSame(
                            expected,
                            AggregateOracle.byGroup(plan, engine.rows(plan)),
                            wanted,
                            "seed " + (seed + round) + " by " + groups + " with " + workers);
                    assertEquals(0, engine.memory.usedBytes());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RandomRows.Form.class)
    void groupsByPartition(RandomRows.Form form) {
        if (form == RandomRows.Form.ONE_DICTIONARY || form == RandomRows.Form.MIXED) {
            return;
        }
        Random random = new Random(5);
        List<List<Value>> rows = manyRows(random, 36_000, 50_000);
        List<AggregateCall> calls =
                List.of(
                        call(MANY, AggregateFunction.COUNT, List.of(), false, -1),
                        call(MANY, AggregateFunction.SUM, List.of(3), false, -1),
                        call(MANY, AggregateFunction.SUM, List.of(4), false, -1),
                        call(MANY, AggregateFunction.MAX, List.of(1), false, -1),
                        call(MANY, AggregateFunction.COUNT, List.of(2), true, -1),
                        call(MANY, AggregateFunction.CORR, List.of(3, 3), false, -1),
                        new AggregateCall(
                                AggregateFunction.STRING_AGG,
                                List.of(1, 4),
                                false,
                                -1,
                                new AggregateParameters(
                                        "|", List.of(), List.of(new Direction(true, false))),
                                Type.TEXT,
                                "texts"),
                        new AggregateCall(
                                AggregateFunction.QUANTILE_CONT,
                                List.of(3),
                                false,
                                -1,
                                AggregateParameters.of(List.of(0.3)),
                                Type.DOUBLE,
                                "quantile"));
        for (List<Integer> groups : List.of(List.of(0), List.of(1), List.of(2, 1), List.of(0, 2))) {
            Map<List<Value>, List<Value>> expected = null;
            for (int workers = 1; workers <= 2; workers++) {
                try (TestEngine engine = new TestEngine(workers)) {
                    MemoryRelation relation =
                            new MemoryRelation(
                                    MANY,
                                    new RandomRows(random.nextLong()).splits(MANY, rows, form));
                    engine.relations.put("t", relation);
                    PlanNode.Aggregate plan = aggregate(engine.scan("t"), groups, calls);
                    expected = expected == null ? AggregateOracle.rows(plan, rows) : expected;
                    assertSame(
                            expected,
                            AggregateOracle.byGroup(plan, engine.rows(plan)),
                            calls,
                            "by " + groups + " with " + workers);
                    assertEquals(0, engine.memory.usedBytes());
                }
            }
        }
    }

    @Test
    void judgesOverflowOnTheFinalSum() {
        Schema schema =
                Schema.of(
                        new Field("x", Type.BIGINT, false),
                        new Field("y", new Type.Decimal(38, 0), false));
        Value most = Value.of(new BigInteger("9".repeat(38)));
        Value least = Value.of(new BigInteger("-" + "9".repeat(38)));
        List<List<Value>> rows = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            rows.add(List.of(Value.of(Long.MAX_VALUE), most));
            rows.add(List.of(Value.of(Long.MIN_VALUE), least));
        }
        try (TestEngine engine = new TestEngine(2)) {
            engine.relations.put(
                    "t",
                    new MemoryRelation(
                            schema, new RandomRows(1).splits(schema, rows, RandomRows.Form.PLAIN)));
            PlanNode.Aggregate plan =
                    aggregate(
                            engine.scan("t"),
                            List.of(),
                            List.of(
                                    new AggregateCall(
                                            AggregateFunction.SUM,
                                            List.of(0),
                                            false,
                                            -1,
                                            Type.BIGINT,
                                            "s"),
                                    call(schema, AggregateFunction.SUM, List.of(1), false, -1)));
            assertEquals(List.of(List.of(Value.of(-5_000L), Value.of(0L))), engine.rows(plan));
            rows.add(List.of(Value.of(Long.MAX_VALUE), most));
            rows.add(List.of(Value.of(Long.MAX_VALUE), Value.of(1L)));
            engine.relations.put(
                    "t",
                    new MemoryRelation(
                            schema, new RandomRows(1).splits(schema, rows, RandomRows.Form.PLAIN)));
            BasaltException failure = assertThrows(BasaltException.class, () -> engine.rows(plan));
            assertEquals(ErrorCode.NUMERIC_OUT_OF_RANGE, failure.code());
            assertEquals(0, engine.memory.usedBytes());
        }
    }

    @Test
    void refusesASecondSingleValueAndStopsAtTheLimit() {
        Random random = new Random(9);
        List<List<Value>> rows = manyRows(random, 60_000, 50_000);
        try (TestEngine engine = new TestEngine(2)) {
            MemoryRelation relation =
                    new MemoryRelation(
                            MANY, new RandomRows(3).splits(MANY, rows, RandomRows.Form.PLAIN));
            engine.relations.put("t", relation);
            PlanNode single =
                    aggregate(
                            engine.scan("t"),
                            List.of(),
                            List.of(
                                    call(
                                            MANY,
                                            AggregateFunction.SINGLE_VALUE,
                                            List.of(1),
                                            false,
                                            -1)));
            BasaltException failure =
                    assertThrows(BasaltException.class, () -> engine.rows(single));
            assertEquals(ErrorCode.CARDINALITY_VIOLATION, failure.code());
            assertEquals(0, engine.memory.usedBytes());

            engine.queryLimit = 2_000_000;
            PlanNode many =
                    aggregate(
                            engine.scan("t"),
                            List.of(1),
                            List.of(call(MANY, AggregateFunction.MAX, List.of(1), false, -1)));
            failure = assertThrows(BasaltException.class, () -> engine.rows(many));
            assertEquals(ErrorCode.OUT_OF_MEMORY, failure.code());
            assertTrue(failure.text().contains("query_memory_limit"), failure.text());
            assertEquals(0, engine.memory.usedBytes());
            assertEquals(0, relation.openReaders.get());

            engine.queryLimit = Long.MAX_VALUE;
            try (QueryExecution execution = engine.start(many)) {
                execution.next();
            }
            assertEquals(0, engine.memory.usedBytes());
        }
    }

    @Test
    void estimatesDistinctValues() {
        Random random = new Random(11);
        List<List<Value>> rows = manyRows(random, 36_000, 50_000);
        try (TestEngine engine = new TestEngine(2)) {
            engine.relations.put(
                    "t",
                    new MemoryRelation(
                            MANY, new RandomRows(3).splits(MANY, rows, RandomRows.Form.PLAIN)));
            PlanNode.Aggregate plan =
                    aggregate(
                            engine.scan("t"),
                            List.of(),
                            List.of(
                                    call(
                                            MANY,
                                            AggregateFunction.APPROX_COUNT_DISTINCT,
                                            List.of(1),
                                            false,
                                            -1),
                                    call(MANY, AggregateFunction.COUNT, List.of(1), true, -1)));
            List<Value> row = engine.rows(plan).getFirst();
            long estimate = ((Value.Whole) row.get(0)).value();
            long exact = ((Value.Whole) row.get(1)).value();
            assertTrue(Math.abs(estimate - exact) < 0.06 * exact, estimate + " of " + exact);
            assertEquals(row, engine.rows(plan).getFirst());
        }
    }
}
