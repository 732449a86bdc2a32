package io.basaltdb.query.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Expression.Comparison;
import io.basaltdb.query.expression.Expression.Comparison.Operator;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.type.Field;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParameterRangesTest {
    private static final int VALUES = 8;

    /// Whatever of the comparisons becomes ranges: both together allow what the comparisons allowed.
    @Test
    void allowsTheSameRows() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        for (int round = 0; round < 2_000; round++) {
            Random random = new Random(seed + round);
            List<Expression> conjuncts = new ArrayList<>();
            List<Value> parameters = new ArrayList<>();
            for (int count = 1 + random.nextInt(4); count > 0; count--) {
                conjuncts.add(comparison(random, parameters.size()));
                parameters.add(
                        random.nextInt(10) == 0 ? Value.NULL : Value.of(random.nextInt(VALUES)));
            }
            PlanNode.Scan bound =
                    ParameterRanges.bind(
                            scan(
                                    List.of(),
                                    conjuncts.size() == 1
                                            ? conjuncts.getFirst()
                                            : new Expression.And(conjuncts)),
                            parameters);
            for (int a = 0; a < VALUES; a++) {
                for (int b = 0; b < VALUES; b++) {
                    long[] row = {a, b};
                    assertEquals(
                            conjuncts.stream().allMatch(each -> holds(each, parameters, row)),
                            allows(bound, parameters, row),
                            "seed " + (seed + round) + " row " + a + ", " + b + " of " + bound);
                }
            }
        }
    }

    @Test
    void bindsAnHour() {
        PlanNode.Scan bound =
                ParameterRanges.bind(
                        scan(
                                List.of(),
                                new Expression.And(
                                        List.of(
                                                compare(Operator.GREATER_OR_EQUAL, 1, 0),
                                                compare(Operator.LESS, 1, 1)))),
                        List.of(Value.of(3), Value.of(6)));
        assertEquals(
                List.of(
                        new ColumnRanges(
                                5,
                                Ranges.of(
                                        new Ranges.Interval(
                                                Value.of(3), true, Value.of(6), false)))),
                bound.ranges());
        assertNull(bound.filter());
        assertEquals(List.of(), bound.filterColumns());
    }

    /// One set of ranges per column: a column that has some keeps its comparison.
    @Test
    void leavesColumnsWithRangesAlone() {
        PlanNode.Scan scan =
                scan(
                        List.of(new ColumnRanges(5, Ranges.point(Value.of(1)))),
                        compare(Operator.EQUAL, 1, 0));
        assertSame(scan, ParameterRanges.bind(scan, List.of(Value.of(3))));
    }

    /// A column that the scan gives and one that only the filter sees, at places of their own in the relation.
    private static PlanNode.Scan scan(List<ColumnRanges> ranges, Expression filter) {
        List<Field> fields =
                IntStream.range(0, 6)
                        .mapToObj(i -> new Field("c" + i, Type.BIGINT, false))
                        .toList();
        Schema source = new Schema(fields);
        return new PlanNode.Scan(
                TestEngine.name("t"),
                source,
                List.of(2),
                ranges,
                filter,
                List.of(5),
                TestEngine.pick(source, List.of(2)),
                -1);
    }

    private static Expression comparison(Random random, int parameter) {
        Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
        Comparison plain = compare(operator, random.nextInt(2), parameter);
        return random.nextBoolean()
                ? plain
                : new Comparison(plain.operator(), plain.right(), plain.left());
    }

    private static Comparison compare(Operator operator, int column, int parameter) {
        return new Comparison(
                operator,
                new Expression.Column(column, Type.BIGINT),
                new Expression.Parameter(parameter, Type.BIGINT));
    }

    private static boolean allows(PlanNode.Scan scan, List<Value> parameters, long[] row) {
        for (ColumnRanges ranges : scan.ranges()) {
            if (!ranges.ranges().contains(Value.of(row[ranges.column() == 2 ? 0 : 1]))) {
                return false;
            }
        }
        @Nullable Expression filter = scan.filter();
        return filter == null
                || (filter instanceof Expression.And(var operands)
                        ? operands.stream().allMatch(each -> holds(each, parameters, row))
                        : holds(filter, parameters, row));
    }

    private static boolean holds(Expression conjunct, List<Value> parameters, long[] row) {
        Comparison comparison = (Comparison) conjunct;
        Value left = value(comparison.left(), parameters, row);
        Value right = value(comparison.right(), parameters, row);
        if (left.isNull() || right.isNull()) {
            return comparison.operator() == Operator.IS_DISTINCT_FROM;
        }
        int order = Value.compare(left, right);
        return switch (comparison.operator()) {
            case EQUAL, IS_NOT_DISTINCT_FROM -> order == 0;
            case NOT_EQUAL, IS_DISTINCT_FROM -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    private static Value value(Expression side, List<Value> parameters, long[] row) {
        return switch (side) {
            case Expression.Column(int index, _) -> Value.of(row[index]);
            case Expression.Parameter(int index, _) -> parameters.get(index);
            default -> throw new AssertionError(side);
        };
    }
}
