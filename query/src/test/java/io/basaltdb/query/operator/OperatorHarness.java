package io.basaltdb.query.operator;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.relation.ValueVectors;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.BytesVector;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Dictionary;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/// Drives single operators with random batches of known rows, without pipelines and threads.
public final class OperatorHarness {
    public final Random random;
    public final MemoryBudget memory = MemoryBudget.root("the test", "nothing", 1L << 32);
    private final OperatorCounters counters = new OperatorCounters();

    public OperatorHarness(long seed) {
        this.random = new Random(seed);
    }

    public OperatorContext context(int lane, int laneCount) {
        return new OperatorContext() {
            @Override
            public MemoryBudget memory() {
                return memory;
            }

            @Override
            public EvaluationContext evaluation() {
                return new EvaluationContext(List.of(), 0, ZoneId.of("UTC"), "test", "main");
            }

            @Override
            public void checkCancelled() {}

            @Override
            public OperatorCounters counters() {
                return counters;
            }

            @Override
            public int laneCount() {
                return laneCount;
            }

            @Override
            public int lane() {
                return lane;
            }
        };
    }

    /// Random rows: few distinct values, so that there are matches and ties; some NULLs.
    public List<List<Value>> rows(List<Type> types, int count, int distinct) {
        List<List<Value>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Value> row = new ArrayList<>();
            for (Type type : types) {
                row.add(value(type, distinct));
            }
            rows.add(row);
        }
        return rows;
    }

    public Value value(Type type, int distinct) {
        if (random.nextInt(12) == 0) {
            return Value.NULL;
        }
        int number = random.nextInt(distinct) - distinct / 3;
        return switch (type.physical()) {
            case LONG -> Value.of((long) number);
            case WIDE -> number % 3 == 0 ? Value.of((long) number, 77L) : Value.of((long) number);
            case DOUBLE ->
                    number == 0
                            ? Value.of(random.nextBoolean() ? 0.0 : -0.0)
                            : number == 1 ? Value.of(Double.NaN) : Value.of(number / 4.0);
            case BITS -> Value.of((number & 1) == 0);
            case BYTES -> Value.of("k".repeat(Math.floorMod(number, 11)) + number);
        };
    }

    /// Cuts the rows into batches of random sizes and forms: plain, dictionary, constant where it fits, with lanes between them that are not selected.
    public List<Batch> batches(List<Type> types, List<List<Value>> rows) {
        List<Batch> batches = new ArrayList<>();
        int from = 0;
        while (from < rows.size()) {
            int to =
                    Math.min(
                            rows.size(),
                            from + 1 + random.nextInt(random.nextBoolean() ? 10 : 700));
            batches.add(batch(types, rows.subList(from, to)));
            from = to;
        }
        return batches;
    }

    private Batch batch(List<Type> types, List<List<Value>> rows) {
        boolean selects = random.nextBoolean();
        List<List<Value>> lanes = new ArrayList<>();
        int[] chosen = new int[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            while (selects && random.nextInt(3) == 0) {
                lanes.add(rows.get(random.nextInt(rows.size())));
            }
            chosen[i] = lanes.size();
            lanes.add(rows.get(i));
        }
        List<Vector> columns = new ArrayList<>();
        for (int c = 0; c < types.size(); c++) {
            int column = c;
            columns.add(vector(types.get(c), lanes.stream().map(row -> row.get(column)).toList()));
        }
        return new Batch(
                lanes.size(), columns, selects ? new Selection(chosen, chosen.length) : null);
    }

    private Vector vector(Type type, List<Value> values) {
        if (values.stream().distinct().count() == 1 && random.nextBoolean()) {
            return new ConstantVector(type, values.size(), values.getFirst());
        }
        Vector plain = ValueVectors.of(type, values);
        return random.nextInt(3) == 0 ? dictionary(type, values, plain) : plain;
    }

    private static Vector dictionary(Type type, List<Value> values, Vector plain) {
        TreeSet<Value> distinct = new TreeSet<>(Value::compare);
        values.stream().filter(value -> !value.isNull()).forEach(distinct::add);
        if (distinct.isEmpty()) {
            return plain;
        }
        List<Value> sorted = List.copyOf(distinct);
        int[] codes = new int[values.size()];
        for (int i = 0; i < codes.length; i++) {
            int at = Collections.binarySearch(sorted, values.get(i), Value::compare);
            codes[i] = Math.max(0, Math.min(at, sorted.size() - 1));
        }
        return new DictionaryVector(
                codes.length,
                codes,
                new Dictionary(ValueVectors.of(type, sorted), true),
                plain.validity());
    }

    /// Feeds the batches to a sink through some lanes, finishes it, and spoils every lent array as its owner may.
    public void fill(Sink sink, List<Batch> batches, int laneCount) {
        List<LocalSink> sinks = new ArrayList<>();
        for (int lane = 0; lane < laneCount; lane++) {
            sinks.add(sink.local(context(lane, laneCount)));
        }
        for (Batch batch : batches) {
            sinks.get(random.nextInt(laneCount)).consume(batch);
            spoil(batch);
        }
        for (LocalSink local : sinks) {
            local.complete();
            local.close();
        }
        int step = 0;
        List<Sink.Task> tasks = sink.finish(step);
        while (!tasks.isEmpty()) {
            tasks.forEach(task -> task.run(context(0, laneCount)));
            tasks = sink.finish(++step);
        }
    }

    /// Sends the batches through some lanes of a transform and gives all rows that come out.
    public List<List<Value>> run(Transform transform, List<Batch> batches, int laneCount) {
        List<LocalTransform> lanes = new ArrayList<>();
        for (int lane = 0; lane < laneCount; lane++) {
            lanes.add(transform.local(context(lane, laneCount)));
        }
        List<List<Value>> out = new ArrayList<>();
        for (Batch batch : batches) {
            LocalTransform lane = lanes.get(random.nextInt(laneCount));
            lane.accept(batch);
            drain(lane, out);
            spoil(batch);
        }
        for (LocalTransform lane : lanes) {
            lane.finish();
            drain(lane, out);
            lane.close();
        }
        return out;
    }

    private static void drain(LocalTransform lane, List<List<Value>> out) {
        Batch batch = lane.produce();
        while (batch != null) {
            collect(batch, out);
            batch = lane.produce();
        }
    }

    /// All rows of a source of one lane.
    public List<List<Value>> read(Source source) {
        List<List<Value>> out = new ArrayList<>();
        try (LocalSource local = source.local(context(0, 1))) {
            while (local.next() instanceof Progress.Rows(Batch batch)) {
                collect(batch, out);
            }
        }
        return out;
    }

    /// A row as text in which equal values read the same.
    public static String text(List<Value> row) {
        return row.stream()
                .map(value ->
                        value instanceof Value.Floating(double number)
                                ? "" + (number + 0.0)
                                : value.toString())
                .toList()
                .toString();
    }

    static void collect(Batch batch, List<List<Value>> out) {
        for (int i = 0; i < batch.rowCount(); i++) {
            int lane = batch.selection() == null ? i : batch.selection().rows()[i];
            out.add(batch.columns().stream().map(column -> Lanes.value(column, lane)).toList());
        }
    }

    private void spoil(Batch batch) {
        for (Vector column : batch.columns()) {
            if (column instanceof BytesVector(_, _, byte[] heap, int[] start, int[] length, _)) {
                Arrays.fill(heap, (byte) '?');
                Arrays.fill(start, 0);
                Arrays.fill(length, 0);
            } else if (column instanceof LongVector longs) {
                Arrays.fill(longs.values(), -987654321L);
            } else if (column instanceof DictionaryVector coded) {
                Arrays.fill(coded.codes(), 0);
            }
        }
    }
}
