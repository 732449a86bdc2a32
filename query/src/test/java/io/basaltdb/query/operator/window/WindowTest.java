package io.basaltdb.query.operator.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.AggregateParameters;
import io.basaltdb.query.operator.OperatorHarness;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.plan.SortKey;
import io.basaltdb.query.plan.WindowCall;
import io.basaltdb.query.plan.WindowFrame;
import io.basaltdb.query.plan.WindowFrame.Bound;
import io.basaltdb.query.plan.WindowFrame.Edge;
import io.basaltdb.query.plan.WindowFrame.Exclusion;
import io.basaltdb.query.plan.WindowFrame.Unit;
import io.basaltdb.query.plan.WindowFunction;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Windows against [NaiveWindow], which looks at every row of every frame.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WindowTest {
    private static final List<Type> TYPES =
            List.of(
                    Type.BIGINT,
                    Type.BIGINT,
                    Type.DOUBLE,
                    new Type.Decimal(38, 0),
                    Type.BOOLEAN,
                    Type.TEXT);

    @Test
    void computesWhatLookingAtEveryRowComputes() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        for (int round = 0; round < 250; round++) {
            compare(seed + round, 80);
        }
        compare(seed, 700);
    }

    private static void compare(long seed, int mostRows) {
        OperatorHarness harness = new OperatorHarness(seed);
        Random random = harness.random;
        List<List<Value>> rows =
                harness.rows(TYPES, random.nextInt(mostRows), 2 + random.nextInt(40));
        PlanNode.Window node = window(random);
        int lanes = 1 + random.nextInt(3);
        try (WindowSink sink = new WindowSink(node, harness.memory)) {
            harness.fill(sink, harness.batches(TYPES, rows), lanes);
            List<List<Value>> found = harness.read(sink.source());
            assertEquals(
                    asBag(new NaiveWindow(node, rows).rows()),
                    asBag(found),
                    () -> "seed " + seed + ": " + node.calls());
        }
        assertEquals(0, harness.memory.usedBytes(), "seed " + seed);
    }

    @Test
    void cutsManyRowsIntoBuckets() {
        OperatorHarness harness = new OperatorHarness(7);
        List<List<Value>> rows = new ArrayList<>();
        for (int i = 0; i < 150_000; i++) {
            List<Value> row = new ArrayList<>(List.of(Value.of((long) (i % 7919))));
            while (row.size() < TYPES.size()) {
                row.add(Value.NULL);
            }
            rows.add(row);
        }
        WindowCall call =
                new WindowCall(
                        new WindowFunction.Aggregated(
                                AggregateFunction.COUNT, AggregateParameters.NONE),
                        List.of(),
                        false,
                        false,
                        WindowFrame.PARTITION,
                        0,
                        Type.BIGINT,
                        "n");
        PlanNode.Window node = node(List.of(0), List.of(), List.of(call));
        try (WindowSink sink = new WindowSink(node, harness.memory)) {
            harness.fill(sink, harness.batches(TYPES, rows), 3);
            assertTrue(sink.bucketCount() > 1, "buckets: " + sink.bucketCount());
            int seen = 0;
            for (List<Value> row : harness.read(sink.source())) {
                long key = ((Value.Whole) row.getFirst()).value();
                long expected = 150_000 / 7919 + (key < 150_000 % 7919 ? 1 : 0);
                assertEquals(Value.of(expected), row.getLast());
                seen++;
            }
            assertEquals(150_000, seen);
        }
        assertEquals(0, harness.memory.usedBytes());
    }

    @Test
    void saysWhenMemoryIsUsedUp() {
        OperatorHarness harness = new OperatorHarness(11);
        MemoryBudget little = MemoryBudget.root("the query", "query_memory_limit", 1 << 20);
        WindowCall call = place(WindowFunction.Place.ROW_NUMBER, 0);
        PlanNode.Window node = node(List.of(0), List.of(), List.of(call));
        try (WindowSink sink = new WindowSink(node, little)) {
            BasaltException refusal =
                    assertThrows(
                            BasaltException.class,
                            () ->
                                    harness.fill(
                                            sink,
                                            harness.batches(
                                                    TYPES, harness.rows(TYPES, 30_000, 1000)),
                                            1));
            assertEquals(ErrorCode.OUT_OF_MEMORY, refusal.code());
        }
    }

    private static PlanNode.Window window(Random random) {
        List<Integer> partition = new ArrayList<>();
        for (int column = 0; column < TYPES.size(); column++) {
            if (random.nextInt(5) == 0) {
                partition.add(column);
            }
        }
        List<SortKey> order = new ArrayList<>();
        for (int k = random.nextInt(3); k > 0; k--) {
            int column = random.nextInt(TYPES.size());
            order.add(new SortKey(column, random.nextBoolean(), random.nextBoolean()));
        }
        List<WindowCall> calls = new ArrayList<>();
        for (int c = 1 + random.nextInt(4); c > 0; c--) {
            calls.add(call(random, order));
        }
        return node(partition, order, calls);
    }

    private static PlanNode.Window node(
            List<Integer> partition, List<SortKey> order, List<WindowCall> calls) {
        List<Field> fields = new ArrayList<>();
        for (Type type : TYPES) {
            fields.add(new Field("c" + fields.size(), type, true));
        }
        Schema input = new Schema(fields);
        calls.forEach(call -> fields.add(new Field(call.name(), call.type(), true)));
        return new PlanNode.Window(
                new PlanNode.Values(List.of(), input), partition, order, calls, new Schema(fields));
    }

    private static WindowCall place(WindowFunction.Place place, int keys) {
        Type type =
                switch (place) {
                    case ROW_NUMBER, RANK, DENSE_RANK -> Type.BIGINT;
                    case PERCENT_RANK, CUME_DIST -> Type.DOUBLE;
                };
        return new WindowCall(
                place, List.of(), false, false, WindowFrame.PARTITION, keys, type, "w");
    }

    private static WindowCall call(Random random, List<SortKey> order) {
        int keys = random.nextInt(order.size() + 1);
        boolean ignoreNulls = random.nextBoolean();
        int column = random.nextInt(TYPES.size());
        WindowFrame frame = frame(random, order.subList(0, keys));
        WindowFunction.Place[] places = WindowFunction.Place.values();
        return switch (random.nextInt(8)) {
            case 0 -> place(places[random.nextInt(places.length)], keys);
            case 1 ->
                    new WindowCall(
                            new WindowFunction.Tile(1 + random.nextInt(6)),
                            List.of(),
                            false,
                            false,
                            WindowFrame.PARTITION,
                            keys,
                            Type.INTEGER,
                            "w");
            case 2 ->
                    new WindowCall(
                            new WindowFunction.Shift(random.nextInt(7) - 3),
                            List.of(column),
                            false,
                            ignoreNulls,
                            WindowFrame.PARTITION,
                            keys,
                            TYPES.get(column),
                            "w");
            case 3 ->
                    new WindowCall(
                            random.nextBoolean()
                                    ? new WindowFunction.Last()
                                    : new WindowFunction.Nth(1 + random.nextInt(3)),
                            List.of(column),
                            false,
                            ignoreNulls,
                            frame,
                            keys,
                            TYPES.get(column),
                            "w");
            default -> aggregate(random, frame, keys);
        };
    }

    private static WindowCall aggregate(Random random, WindowFrame frame, int keys) {
        int column = random.nextInt(TYPES.size());
        boolean number = column < 4;
        return switch (random.nextInt(number ? 6 : 3)) {
            case 0 -> aggregate(AggregateFunction.COUNT, column, Type.BIGINT, frame, keys);
            case 1 -> aggregate(AggregateFunction.MIN, column, TYPES.get(column), frame, keys);
            case 2 -> aggregate(AggregateFunction.MAX, column, TYPES.get(column), frame, keys);
            case 3 ->
                    aggregate(
                            AggregateFunction.SUM,
                            column,
                            column == 2 ? Type.DOUBLE : new Type.Decimal(38, 0),
                            frame,
                            keys);
            case 4 -> aggregate(AggregateFunction.AVG, column, Type.DOUBLE, frame, keys);
            default ->
                    frame.onlyGrows()
                            ? new WindowCall(
                                    new WindowFunction.Aggregated(
                                            AggregateFunction.COUNT, AggregateParameters.NONE),
                                    List.of(column),
                                    true,
                                    false,
                                    frame,
                                    keys,
                                    Type.BIGINT,
                                    "w")
                            : aggregate(
                                    AggregateFunction.VAR_POP, column, Type.DOUBLE, frame, keys);
        };
    }

    private static WindowCall aggregate(
            AggregateFunction function, int column, Type type, WindowFrame frame, int keys) {
        return new WindowCall(
                new WindowFunction.Aggregated(function, AggregateParameters.NONE),
                List.of(column),
                false,
                false,
                frame,
                keys,
                type,
                "w");
    }

    private static WindowFrame frame(Random random, List<SortKey> order) {
        Unit unit = Unit.values()[random.nextInt(3)];
        return new WindowFrame(
                unit,
                bound(random, unit, order, Edge.PARTITION_START),
                bound(random, unit, order, Edge.PARTITION_END),
                Exclusion.values()[random.nextInt(random.nextBoolean() ? 4 : 1)]);
    }

    private static Bound bound(Random random, Unit unit, List<SortKey> order, Edge outermost) {
        int column = order.size() == 1 ? order.getFirst().column() : -1;
        boolean hasDistance = unit != Unit.RANGE || (column >= 0 && column <= 3);
        int distance = random.nextInt(9) - 4;
        return switch (random.nextInt(hasDistance ? 4 : 2)) {
            case 0 -> outermost;
            case 1 -> Edge.CURRENT_ROW;
            default ->
                    unit != Unit.RANGE
                            ? new WindowFrame.Away(distance)
                            : new WindowFrame.Near(
                                    column == 2
                                            ? Value.of(distance / 2.0)
                                            : Value.of((long) distance));
        };
    }

    private static List<String> asBag(List<List<Value>> rows) {
        return rows.stream().map(OperatorHarness::text).sorted().toList();
    }
}
