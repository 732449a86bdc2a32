package io.basaltdb.query.operator.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.query.operator.OperatorHarness;
import io.basaltdb.query.plan.SortKey;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Sort and top-N against the sort of a list.
class SortTest {
    private static final List<Type> TYPES =
            List.of(
                    Type.BIGINT,
                    Type.TEXT,
                    Type.DOUBLE,
                    new Type.Decimal(38, 0),
                    Type.BOOLEAN,
                    Type.TEXT);

    @Test
    void ordersAsAListDoes() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        for (int round = 0; round < 150; round++) {
            OperatorHarness harness = new OperatorHarness(seed + round);
            List<List<Value>> rows =
                    harness.rows(
                            TYPES, harness.random.nextInt(1500), 2 + harness.random.nextInt(400));
            List<SortKey> keys = keys(harness.random);
            int lanes = 1 + harness.random.nextInt(3);
            try (SortSink sink = new SortSink(TYPES, keys, harness.memory)) {
                harness.fill(sink, harness.batches(TYPES, rows), lanes);
                List<List<Value>> sorted = harness.read(new SortedSource(sink));
                assertEquals(
                        keysOf(expected(rows, keys), keys),
                        keysOf(sorted, keys),
                        "seed " + (seed + round));
                assertEquals(asBag(rows), asBag(sorted), "seed " + (seed + round));
            }
            assertEquals(0, harness.memory.usedBytes());
        }
    }

    @Test
    void keepsTheFirstRowsOfTheOrder() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        for (int round = 0; round < 60; round++) {
            OperatorHarness harness = new OperatorHarness(seed + round);
            int count = harness.random.nextInt(4) == 0 ? 20_000 : harness.random.nextInt(800);
            List<List<Value>> rows = harness.rows(TYPES, count, 5 + harness.random.nextInt(5000));
            List<SortKey> keys = keys(harness.random);
            int limit = harness.random.nextInt(40);
            int offset = harness.random.nextInt(20);
            int lanes = 1 + harness.random.nextInt(2);
            try (TopNSink sink = new TopNSink(TYPES, keys, limit, offset, harness.memory)) {
                harness.fill(sink, harness.batches(TYPES, rows), lanes);
                List<List<Value>> all = expected(rows, keys);
                List<List<Value>> expected =
                        all.subList(
                                Math.min(offset, all.size()), Math.min(offset + limit, all.size()));
                assertEquals(
                        keysOf(expected, keys),
                        keysOf(harness.read(new SortedSource(sink)), keys),
                        "seed " + (seed + round));
            }
            assertEquals(0, harness.memory.usedBytes());
        }
    }

    private static List<SortKey> keys(Random random) {
        List<SortKey> keys = new ArrayList<>();
        for (int k = 1 + random.nextInt(3); k > 0; k--) {
            keys.add(
                    new SortKey(
                            random.nextInt(TYPES.size()),
                            random.nextBoolean(),
                            random.nextInt(3) == 0));
        }
        return keys;
    }

    private static List<List<Value>> expected(List<List<Value>> rows, List<SortKey> keys) {
        List<List<Value>> sorted = new ArrayList<>(rows);
        sorted.sort(comparator(keys));
        return sorted;
    }

    private static Comparator<List<Value>> comparator(List<SortKey> keys) {
        return (a, b) -> {
            for (SortKey key : keys) {
                Value left = a.get(key.column());
                Value right = b.get(key.column());
                int order;
                if (left.isNull() || right.isNull()) {
                    order =
                            key.nullsFirst()
                                    ? Boolean.compare(right.isNull(), left.isNull())
                                    : Boolean.compare(left.isNull(), right.isNull());
                } else {
                    order =
                            key.descending()
                                    ? Value.compare(right, left)
                                    : Value.compare(left, right);
                }
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    /// Only the keys, with −0.0 and 0.0 made one: rows with equal keys may come in any order.
    private static List<String> keysOf(List<List<Value>> rows, List<SortKey> keys) {
        return rows.stream()
                .map(row ->
                        keys.stream().map(key -> plain(row.get(key.column()))).toList().toString())
                .toList();
    }

    private static String plain(Value value) {
        return value instanceof Value.Floating(double number)
                ? Double.toString(number + 0.0)
                : value.toString();
    }

    private static List<String> asBag(List<List<Value>> rows) {
        return rows.stream().map(OperatorHarness::text).sorted().toList();
    }
}
