package io.basaltdb.query.execution;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.function.AggregateParameters.Direction;
import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
        boolean nullCounts =
                call.function() == AggregateFunction.FIRST
                        || call.function() == AggregateFunction.LAST;
        int plain = Math.max(1, call.arguments().size() - call.orderArguments());
        if (!nullCounts && !call.arguments().isEmpty()) {
            tuples.removeIf(tuple -> tuple.subList(0, plain).stream().anyMatch(Value::isNull));
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
            case JAVA, JSON_AGG, JSON_OBJECT_AGG -> throw new AssertionError();
            case SINGLE_VALUE, ARRAY_AGG, TOP_K, HISTOGRAM, GEOMETRIC_MEAN, APPROX_QUANTILE ->
                    throw new AssertionError();
            case APPROX_COUNT_DISTINCT_STATE,
                    APPROX_COUNT_DISTINCT_MERGE,
                    APPROX_COUNT_DISTINCT_MERGE_STATE,
                    APPROX_QUANTILE_STATE,
                    APPROX_QUANTILE_MERGE,
                    APPROX_QUANTILE_MERGE_STATE ->
                    throw new AssertionError();
            case STRING_AGG, QUANTILE_CONT, QUANTILE_DISC, MODE, FIRST, LAST ->
                    ofOrdered(call, type, ordered(call, tuples));
            case PRODUCT, SKEWNESS, KURTOSIS, KURTOSIS_POP, ENTROPY, MAD ->
                    ofOrdered(call, type, ordered(call, tuples));
            case COVAR_POP, COVAR_SAMP, CORR, REGR_SLOPE, REGR_INTERCEPT, REGR_R2 ->
                    ofPairs(call, tuples);
            case REGR_AVGX, REGR_AVGY, REGR_SXX, REGR_SYY, REGR_SXY -> ofPairs(call, tuples);
        };
    }

    /// The values in the order of the keys; those of equal keys in their own.
    private static List<Value> ordered(AggregateCall call, List<List<Value>> tuples) {
        int firstKey = call.arguments().size() - call.orderArguments();
        Comparator<List<Value>> order = (_, _) -> 0;
        for (int i = 0; i < call.orderArguments(); i++) {
            Direction direction = call.parameters().order().get(i);
            int key = firstKey + i;
            order =
                    order.thenComparing((a, b) -> {
                        Value left = a.get(key);
                        Value right = b.get(key);
                        if (left.isNull() || right.isNull()) {
                            return left.isNull() == right.isNull()
                                    ? 0
                                    : left.isNull() == direction.nullsFirst() ? -1 : 1;
                        }
                        int compared = Value.compare(left, right);
                        return direction.descending() ? -compared : compared;
                    });
        }
        order = order.thenComparing(List::getFirst, Value::compare);
        return tuples.stream().sorted(order).map(List::getFirst).toList();
    }

    private static Value ofOrdered(AggregateCall call, Type type, List<Value> values) {
        int n = values.size();
        if (call.function() == AggregateFunction.ENTROPY) {
            return Value.of(entropy(values));
        }
        if (n == 0) {
            return Value.NULL;
        }
        double place = call.parameters().number() * (n - 1);
        int below = (int) Math.floor(place);
        double share = place - below;
        return switch (call.function()) {
            case STRING_AGG ->
                    Value.of(
                            String.join(
                                    call.parameters().separator(),
                                    values.stream().map(AggregateOracle::text).toList()));
            case FIRST -> normal(Optional.of(values.getFirst()));
            case LAST -> normal(Optional.of(values.getLast()));
            case QUANTILE_DISC -> {
                int rank = (int) Math.ceil(call.parameters().number() * n);
                yield normal(Optional.of(values.get(Math.max(rank, 1) - 1)));
            }
            case MODE -> normal(Optional.of(mode(values)));
            case QUANTILE_CONT -> {
                Value low = values.get(below);
                Value high = values.get((int) Math.ceil(place));
                if (type instanceof Type.Date) {
                    long from = ((Value.Whole) low).value() * 86_400_000_000L;
                    long to = ((Value.Whole) high).value() * 86_400_000_000L;
                    yield Value.of(from + Math.round((to - from) * share));
                }
                yield Value.of(between(number(type, low), number(type, high), share));
            }
            default -> ofNumbers(call, values.stream().mapToDouble(v -> number(type, v)).toArray());
        };
    }

    private static String text(Value value) {
        return new String(((Value.Bytes) value).value(), StandardCharsets.UTF_8);
    }

    private static double entropy(List<Value> values) {
        Map<Value, Integer> counts = new TreeMap<>(Value::compare);
        values.forEach(value -> counts.merge(value, 1, Integer::sum));
        double bits = 0;
        for (int count : counts.values()) {
            double share = (double) count / values.size();
            bits -= share * Math.log(share) / Math.log(2);
        }
        return bits + 0.0;
    }

    private static Value mode(List<Value> values) {
        Map<Value, Integer> counts = new TreeMap<>(Value::compare);
        values.forEach(value -> counts.merge(value, 1, Integer::sum));
        Value best = values.getFirst();
        for (Value value : values) {
            best = counts.getOrDefault(value, 0) > counts.getOrDefault(best, 0) ? value : best;
        }
        return best;
    }

    private static double between(double low, double high, double share) {
        return low == high || share == 0 ? low : low + (high - low) * share;
    }

    private static double number(Type type, Value value) {
        int scale = type instanceof Type.Decimal(_, int digits) ? digits : 0;
        return value instanceof Value.Floating(double d)
                ? d + 0.0
                : new BigDecimal(Value.unscaled(value), scale).doubleValue();
    }

    private static Value ofNumbers(AggregateCall call, double[] numbers) {
        int n = numbers.length;
        if (call.function() == AggregateFunction.PRODUCT) {
            double product = 1;
            for (double number : numbers) {
                product *= number;
            }
            return Value.of(product);
        }
        if (call.function() == AggregateFunction.MAD) {
            double median = median(numbers);
            double[] distances = new double[n];
            for (int i = 0; i < n; i++) {
                distances[i] = Math.abs(numbers[i] - median);
            }
            Arrays.sort(distances);
            return Value.of(median(distances));
        }
        int least =
                switch (call.function()) {
                    case SKEWNESS -> 3;
                    case KURTOSIS -> 4;
                    default -> 1;
                };
        if (n < least) {
            return Value.NULL;
        }
        double mean = 0;
        for (double number : numbers) {
            mean += number;
        }
        mean /= n;
        double[] moments = new double[5];
        for (double number : numbers) {
            for (int power = 2; power <= 4; power++) {
                moments[power] += Math.pow(number - mean, power) / n;
            }
        }
        double excess = moments[4] / (moments[2] * moments[2]) - 3;
        return Value.of(
                switch (call.function()) {
                    case SKEWNESS ->
                            Math.sqrt((double) n * (n - 1))
                                    / (n - 2)
                                    * moments[3]
                                    / Math.pow(moments[2], 1.5);
                    case KURTOSIS_POP -> excess;
                    default -> (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * excess + 6);
                });
    }

    private static double median(double[] sorted) {
        double place = 0.5 * (sorted.length - 1);
        int below = (int) Math.floor(place);
        return between(sorted[below], sorted[(int) Math.ceil(place)], place - below);
    }

    /// Of (y, x), in exact decimals.
    private static Value ofPairs(AggregateCall call, List<List<Value>> tuples) {
        int n = tuples.size();
        if (n == 0) {
            return Value.NULL;
        }
        BigDecimal sumY = BigDecimal.ZERO;
        BigDecimal sumX = BigDecimal.ZERO;
        BigDecimal yy = BigDecimal.ZERO;
        BigDecimal xx = BigDecimal.ZERO;
        BigDecimal yx = BigDecimal.ZERO;
        for (List<Value> tuple : tuples) {
            double yValue = ((Value.Floating) tuple.get(0)).value();
            double xValue = ((Value.Floating) tuple.get(1)).value();
            if (!Double.isFinite(yValue) || !Double.isFinite(xValue)) {
                return Value.of(Double.NaN);
            }
            BigDecimal y = new BigDecimal(yValue);
            BigDecimal x = new BigDecimal(xValue);
            sumY = sumY.add(y);
            sumX = sumX.add(x);
            yy = yy.add(y.multiply(y));
            xx = xx.add(x.multiply(x));
            yx = yx.add(y.multiply(x));
        }
        BigDecimal count = BigDecimal.valueOf(n);
        BigDecimal syy = yy.multiply(count).subtract(sumY.multiply(sumY));
        BigDecimal sxx = xx.multiply(count).subtract(sumX.multiply(sumX));
        BigDecimal syx = yx.multiply(count).subtract(sumY.multiply(sumX));
        MathContext exact = new MathContext(1200, RoundingMode.HALF_EVEN);
        boolean flat = sxx.signum() == 0;
        return switch (call.function()) {
            case COVAR_POP -> quotient(syx, count.multiply(count), exact);
            case COVAR_SAMP ->
                    n < 2
                            ? Value.NULL
                            : quotient(syx, count.multiply(count.subtract(BigDecimal.ONE)), exact);
            case CORR ->
                    flat || syy.signum() == 0
                            ? Value.NULL
                            : Value.of(
                                    syx.signum()
                                            * Math.sqrt(
                                                    syx.multiply(syx)
                                                            .divide(syy.multiply(sxx), exact)
                                                            .doubleValue()));
            case REGR_SLOPE -> flat ? Value.NULL : quotient(syx, sxx, exact);
            case REGR_INTERCEPT ->
                    flat
                            ? Value.NULL
                            : quotient(
                                    sumY.multiply(sxx).subtract(sumX.multiply(syx)),
                                    count.multiply(sxx),
                                    exact);
            case REGR_R2 ->
                    flat
                            ? Value.NULL
                            : syy.signum() == 0
                                    ? Value.of(1.0)
                                    : quotient(syx.multiply(syx), syy.multiply(sxx), exact);
            case REGR_AVGX -> quotient(sumX, count, exact);
            case REGR_AVGY -> quotient(sumY, count, exact);
            case REGR_SXX -> quotient(sxx, count, exact);
            case REGR_SYY -> quotient(syy, count, exact);
            default -> quotient(syx, count, exact);
        };
    }

    private static Value quotient(BigDecimal dividend, BigDecimal divisor, MathContext exact) {
        return Value.of(dividend.divide(divisor, exact).doubleValue() + 0.0);
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
