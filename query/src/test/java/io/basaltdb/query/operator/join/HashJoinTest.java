package io.basaltdb.query.operator.join;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.basaltdb.query.operator.OperatorHarness;
import io.basaltdb.query.operator.Source;
import io.basaltdb.query.plan.JoinKind;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Hash and nested-loop joins against two loops over lists.
class HashJoinTest {
    private static final Type WIDE = new Type.Decimal(38, 0);
    private static final List<List<Type>> KEY_TYPES =
            List.of(
                    List.of(Type.BIGINT),
                    List.of(Type.TEXT),
                    List.of(Type.INTEGER, Type.DATE),
                    List.of(Type.DOUBLE),
                    List.of(WIDE),
                    List.of(Type.TEXT, Type.BIGINT, Type.BOOLEAN));

    @ParameterizedTest
    @EnumSource(JoinKind.class)
    void matchesAsTwoLoopsDo(JoinKind kind) {
        long seed = Long.getLong("test.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 120; round++) {
            long roundSeed = random.nextLong();
            try {
                oneJoin(kind, roundSeed);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(kind + " fails with seed " + roundSeed, failure);
            }
        }
    }

    private static void oneJoin(JoinKind kind, long seed) {
        OperatorHarness harness = new OperatorHarness(seed);
        List<Type> keyTypes =
                kind == JoinKind.NULL_AWARE_ANTI
                        ? KEY_TYPES.get(harness.random.nextInt(2))
                        : KEY_TYPES.get(harness.random.nextInt(KEY_TYPES.size()));
        List<Type> leftTypes = new ArrayList<>(keyTypes);
        leftTypes.add(Type.TEXT);
        List<Type> rightTypes = new ArrayList<>(List.of(Type.BIGINT));
        rightTypes.addAll(keyTypes);
        rightTypes.add(Type.TEXT);
        int distinct = 1 + harness.random.nextInt(60);
        List<List<Value>> left = harness.rows(leftTypes, harness.random.nextInt(300), distinct);
        List<List<Value>> right =
                harness.rows(
                        rightTypes,
                        harness.random.nextInt(80),
                        distinct * (harness.random.nextBoolean() ? 1 : 50));
        if (harness.random.nextInt(3) == 0) {
            right = right.stream().filter(row -> !row.get(1).isNull()).toList();
        }
        List<Integer> leftKeys = new ArrayList<>();
        List<Integer> rightKeys = new ArrayList<>();
        for (int k = 0; k < keyTypes.size(); k++) {
            leftKeys.add(k);
            rightKeys.add(k + 1);
        }
        int lanes = 1 + harness.random.nextInt(3);
        try (JoinBuild build = new JoinBuild(rightTypes, rightKeys, kind, harness.memory)) {
            harness.fill(build, harness.batches(rightTypes, right), lanes);
            HashJoinProbe probe = new HashJoinProbe(kind, build, leftTypes, leftKeys, null);
            List<List<Value>> actual = harness.run(probe, harness.batches(leftTypes, left), lanes);
            addUnmatched(kind, harness, probe.lastRows(), actual);
            assertEquals(
                    asMultiset(
                            expected(
                                    kind,
                                    left,
                                    right,
                                    leftTypes.size(),
                                    rightTypes.size(),
                                    equalKeys(leftKeys, rightKeys),
                                    leftKeys)),
                    asMultiset(actual));
        }
        assertEquals(0, harness.memory.usedBytes());
    }

    private static BiPredicate<List<Value>, List<Value>> equalKeys(
            List<Integer> leftKeys, List<Integer> rightKeys) {
        return (left, right) -> {
            for (int k = 0; k < leftKeys.size(); k++) {
                Value a = left.get(leftKeys.get(k));
                Value b = right.get(rightKeys.get(k));
                if (a.isNull() || b.isNull() || Value.compare(a, b) != 0) {
                    return false;
                }
            }
            return true;
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = JoinKind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NULL_AWARE_ANTI", "RIGHT_SEMI", "RIGHT_ANTI"})
    void pairsEveryRowWithoutCondition(JoinKind kind) {
        long seed = Long.getLong("test.seed", System.nanoTime());
        for (int round = 0; round < 40; round++) {
            OperatorHarness harness = new OperatorHarness(seed + round);
            List<Type> types = List.of(Type.BIGINT, Type.TEXT);
            List<List<Value>> left = harness.rows(types, harness.random.nextInt(60), 20);
            List<List<Value>> right = harness.rows(types, harness.random.nextInt(90), 20);
            int lanes = 1 + harness.random.nextInt(2);
            try (NestedLoopBuild build = new NestedLoopBuild(types, harness.memory)) {
                harness.fill(build, harness.batches(types, right), lanes);
                NestedLoopProbe probe = new NestedLoopProbe(kind, build, types, null);
                List<List<Value>> actual = harness.run(probe, harness.batches(types, left), lanes);
                addUnmatched(kind, harness, probe.lastRows(), actual);
                assertEquals(
                        asMultiset(expected(kind, left, right, 2, 2, (a, b) -> true, List.of())),
                        asMultiset(actual),
                        "seed " + (seed + round));
            }
            assertEquals(0, harness.memory.usedBytes());
        }
    }

    private static void addUnmatched(
            JoinKind kind, OperatorHarness harness, Source unmatched, List<List<Value>> rows) {
        if (kind.givesRightRowsLast()) {
            rows.addAll(harness.read(unmatched));
        }
    }

    @Test
    void longChainsComeInSeveralBatches() {
        OperatorHarness harness = new OperatorHarness(7);
        List<Type> types = List.of(Type.BIGINT);
        List<List<Value>> right = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            right.add(List.of(Value.of(5L)));
        }
        List<List<Value>> left =
                List.of(List.of(Value.of(5L)), List.of(Value.of(6L)), List.of(Value.of(5L)));
        try (JoinBuild build = new JoinBuild(types, List.of(0), JoinKind.INNER, harness.memory)) {
            harness.fill(build, harness.batches(types, right), 2);
            HashJoinProbe probe = new HashJoinProbe(JoinKind.INNER, build, types, List.of(0), null);
            assertEquals(20_000, harness.run(probe, harness.batches(types, left), 1).size());
        }
    }

    private static List<List<Value>> expected(
            JoinKind kind,
            List<List<Value>> left,
            List<List<Value>> right,
            int leftWidth,
            int rightWidth,
            BiPredicate<List<Value>, List<Value>> matches,
            List<Integer> leftKeys) {
        List<List<Value>> rows = new ArrayList<>();
        boolean rightHasNull = right.stream().anyMatch(row -> row.get(1).isNull());
        for (List<Value> l : left) {
            List<List<Value>> found = right.stream().filter(r -> matches.test(l, r)).toList();
            switch (kind) {
                case INNER, RIGHT -> found.forEach(r -> rows.add(concat(l, r)));
                case LEFT, FULL -> {
                    found.forEach(r -> rows.add(concat(l, r)));
                    if (found.isEmpty()) {
                        rows.add(concat(l, nulls(rightWidth)));
                    }
                }
                case SEMI -> {
                    if (!found.isEmpty()) {
                        rows.add(l);
                    }
                }
                case ANTI -> {
                    if (found.isEmpty()) {
                        rows.add(l);
                    }
                }
                case RIGHT_SEMI, RIGHT_ANTI -> {}
                case MARK -> rows.add(concat(l, List.of(Value.of(!found.isEmpty()))));
                case NULL_AWARE_ANTI -> {
                    boolean keyIsNull = l.get(leftKeys.getFirst()).isNull();
                    if (right.isEmpty() || (!rightHasNull && !keyIsNull && found.isEmpty())) {
                        rows.add(l);
                    }
                }
            }
        }
        if (kind.givesRightRowsLast()) {
            for (List<Value> r : right) {
                boolean isMatched = left.stream().anyMatch(l -> matches.test(l, r));
                if (kind.givesRightColumnsOnly()) {
                    if (isMatched == (kind == JoinKind.RIGHT_SEMI)) {
                        rows.add(r);
                    }
                } else if (!isMatched) {
                    rows.add(concat(nulls(leftWidth), r));
                }
            }
        }
        return rows;
    }

    private static List<Value> nulls(int count) {
        return Collections.nCopies(count, Value.NULL);
    }

    private static List<Value> concat(List<Value> left, List<Value> right) {
        List<Value> row = new ArrayList<>(left);
        row.addAll(right);
        return row;
    }

    private static Map<String, Long> asMultiset(List<List<Value>> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(OperatorHarness::text, Collectors.counting()));
    }
}
