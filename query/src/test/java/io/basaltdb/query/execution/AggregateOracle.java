package io.basaltdb.query.execution;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Grouping as SQL describes it: one row after the other, in exact decimals.
final class AggregateOracle {
    private static final Comparator<List<Value>> BY_VALUES =
            (left, right) -> {
                for (int i = 0; i < left.size(); i++) {
                    int order = Value.compare(left.get(i), right.get(i));
                    if (order != 0) {
                        return order;
                    }
                }
                return 0;
            };

    private AggregateOracle() {}

    /// Rows of the result, by group.
    static Map<List<Value>, List<Value>> rows(PlanNode.Aggregate node, List<List<Value>> rows) {
        Map<List<Value>, List<List<Value>>> groups = new TreeMap<>(BY_VALUES);
        if (node.groupColumns().isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (List<Value> row : rows) {
            List<Value> key = node.groupColumns().stream().map(row::get).toList();
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
        }
        Map<List<Value>, List<Value>> results = new TreeMap<>(BY_VALUES);
        groups.forEach((key, members) ->
                results.put(
                        key,
                        node.calls().stream().map(call -> result(node, call, members)).toList()));
        return results;
    }

    static Map<List<Value>, List<Value>> byGroup(PlanNode.Aggregate node, List<List<Value>> rows) {
        Map<List<Value>, List<Value>> results = new TreeMap<>(BY_VALUES);
        int keys = node.groupColumns().size();
        for (List<Value> row : rows) {
            List<Value> before = results.put(row.subList(0, keys), row.subList(keys, row.size()));
            if (before != null) {
                throw new AssertionError("group given twice: " + row);
            }
        }
        return results;
    }

    private static Value result(
            PlanNode.Aggregate node, AggregateCall call, List<List<Value>> group) {
        List<List<Value>> tuples = new ArrayList<>();
        for (List<Value> row : group) {
            if (call.filterColumn() < 0 || row.get(call.filterColumn()).equals(Value.of(true))) {
                tuples.add(call.arguments().stream().map(row::get).toList());
            }
        }
        if (tuples.stream().anyMatch(t -> t.stream().anyMatch(Value::isNull))) {
            tuples.removeIf(tuple -> tuple.stream().anyMatch(Value::isNull));
        }
        if (call.distinct()) {
            TreeSet<List<Value>> distinct = new TreeSet<>(BY_VALUES);
            distinct.addAll(tuples);
            tuples = List.copyOf(distinct);
        }
        if (call.arguments().isEmpty()) {
            return Value.of((long) tuples.size());
        }
        Type type = node.input().output().type(call.arguments().getFirst());
        List<Value> values = tuples.stream().map(List::getFirst).toList();
        return switch (call.function()) {
            case COUNT -> Value.of((long) tuples.size());
            case APPROX_COUNT_DISTINCT -> {
                TreeSet<Value> distinct = new TreeSet<>(Value::compare);
                distinct.addAll(values);
                yield Value.of((long) distinct.size());
            }
            case SUM, AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> number(call, type, values);
            case MIN, ANY_VALUE, BOOL_AND -> normal(values.stream().min(Value::compare));
            case MAX, BOOL_OR -> normal(values.stream().max(Value::compare));
            case BIT_AND, BIT_OR, BIT_XOR -> bits(call, values);
            case ARG_MIN, ARG_MAX -> argument(call, tuples);
            case SINGLE_VALUE -> throw new AssertionError();
        };
    }

    private static Value normal(Optional<Value> value) {
        return value.map(v -> v instanceof Value.Floating(double d) ? Value.of(d + 0.0) : v)
                .orElse(Value.NULL);
    }

    private static Value argument(AggregateCall call, List<List<Value>> tuples) {
        Comparator<List<Value>> byKey = (a, b) -> Value.compare(a.get(1), b.get(1));
        if (call.function() == AggregateFunction.ARG_MAX) {
            byKey = byKey.reversed();
        }
        Comparator<List<Value>> order =
                byKey.thenComparing((a, b) -> Value.compare(a.get(0), b.get(0)));
        return normal(tuples.stream().min(order).map(List::getFirst));
    }

    private static Value bits(AggregateCall call, List<Value> values) {
        Value result = Value.NULL;
        for (Value value : values) {
            long next = ((Value.Whole) value).value();
            result =
                    result instanceof Value.Whole(long before)
                            ? Value.of(
                                    switch (call.function()) {
                                        case BIT_AND -> before & next;
                                        case BIT_OR -> before | next;
                                        default -> before ^ next;
                                    })
                            : value;
        }
        return result;
    }

    private static Value number(AggregateCall call, Type type, List<Value> values) {
        boolean sample = call.function().name().endsWith("SAMP");
        if (values.size() < (sample ? 2 : 1)) {
            return Value.NULL;
        }
        boolean spread =
                call.function().name().contains("VAR") || call.function().name().contains("STD");
        boolean floating = type.physical() == Physical.DOUBLE;
        if (floating) {
            double strange =
                    values.stream()
                            .mapToDouble(value -> ((Value.Floating) value).value())
                            .filter(value -> !Double.isFinite(value))
                            .sum();
            if (strange != 0) {
                return Value.of(spread ? Double.NaN : strange);
            }
        }
        int scale = type instanceof Type.Decimal(_, int digits) ? digits : 0;
        List<BigDecimal> numbers = new ArrayList<>();
        for (Value value : values) {
            BigDecimal number =
                    value instanceof Value.Floating(double d)
                            ? new BigDecimal(d)
                            : new BigDecimal(Value.unscaled(value), scale);
            numbers.add(
                    spread && type.physical() == Physical.WIDE
                            ? new BigDecimal(number.doubleValue())
                            : number);
        }
        BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal n = BigDecimal.valueOf(numbers.size());
        if (call.function() == AggregateFunction.SUM) {
            return floating
                    ? Value.of(sum.doubleValue() + 0.0)
                    : Value.of(sum.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue());
        }
        MathContext exact = new MathContext(1200, RoundingMode.HALF_EVEN);
        if (!spread) {
            return Value.of(sum.divide(n, exact).doubleValue());
        }
        BigDecimal squares =
                numbers.stream().map(x -> x.multiply(x)).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal divisor = n.multiply(sample ? n.subtract(BigDecimal.ONE) : n);
        double variance =
                squares.multiply(n)
                        .subtract(sum.multiply(sum))
                        .divide(divisor, exact)
                        .doubleValue();
        return Value.of(call.function().name().startsWith("STD") ? Math.sqrt(variance) : variance);
    }
}
