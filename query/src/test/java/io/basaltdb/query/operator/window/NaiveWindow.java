package io.basaltdb.query.operator.window;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.plan.SortKey;
import io.basaltdb.query.plan.WindowCall;
import io.basaltdb.query.plan.WindowFrame;
import io.basaltdb.query.plan.WindowFrame.Bound;
import io.basaltdb.query.plan.WindowFrame.Edge;
import io.basaltdb.query.plan.WindowFrame.Unit;
import io.basaltdb.query.plan.WindowFunction;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What a window is by definition: each row's frame is found by a look at every row of its partition.
final class NaiveWindow {
    private final PlanNode.Window node;
    private final List<List<Value>> rows;

    NaiveWindow(PlanNode.Window node, List<List<Value>> rows) {
        this.node = node;
        this.rows = rows;
    }

    List<List<Value>> rows() {
        List<List<Value>> left = new ArrayList<>(rows);
        List<List<Value>> out = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Value> first = left.getFirst();
            List<List<Value>> partition = new ArrayList<>();
            left.removeIf(row -> isSamePartition(first, row) && partition.add(row));
            partition.sort(this::compareWhole);
            List<int[]> groups =
                    node.calls().stream().map(call -> groups(partition, call)).toList();
            for (int i = 0; i < partition.size(); i++) {
                List<Value> row = new ArrayList<>(partition.get(i));
                for (int c = 0; c < groups.size(); c++) {
                    row.add(new Row(partition, groups.get(c), i, node.calls().get(c)).value());
                }
                out.add(row);
            }
        }
        return out;
    }

    /// The number of each row's peers.
    private int[] groups(List<List<Value>> partition, WindowCall call) {
        int[] groups = new int[partition.size()];
        for (int i = 1; i < groups.length; i++) {
            boolean begins = compare(partition.get(i - 1), partition.get(i), call.orderKeys()) != 0;
            groups[i] = groups[i - 1] + (begins ? 1 : 0);
        }
        return groups;
    }

    private boolean isSamePartition(List<Value> left, List<Value> right) {
        return node.partitionColumns().stream()
                .allMatch(column -> compare(left.get(column), right.get(column), false) == 0);
    }

    private int compareWhole(List<Value> left, List<Value> right) {
        int order = compare(left, right, node.order().size());
        for (int c = 0; order == 0 && c < left.size(); c++) {
            order = compare(left.get(c), right.get(c), false);
        }
        return order;
    }

    private int compare(List<Value> left, List<Value> right, int keys) {
        for (SortKey key : node.order().subList(0, keys)) {
            Value a = left.get(key.column());
            Value b = right.get(key.column());
            int order = compare(a, b, key.nullsFirst());
            if (order != 0) {
                return key.descending() && !a.isNull() && !b.isNull() ? -order : order;
            }
        }
        return 0;
    }

    private static int compare(Value left, Value right, boolean nullsFirst) {
        if (left.isNull() || right.isNull()) {
            int order = Boolean.compare(left.isNull(), right.isNull());
            return nullsFirst ? -order : order;
        }
        if (left instanceof Value.Floating(double a) && right instanceof Value.Floating(double b)) {
            return Double.compare(a + 0.0, b + 0.0);
        }
        return Value.compare(left, right);
    }

    /// One call for one row.
    private final class Row {
        private final List<List<Value>> partition;
        private final int[] groups;
        private final int at;
        private final WindowCall call;

        Row(List<List<Value>> partition, int[] groups, int at, WindowCall call) {
            this.partition = partition;
            this.groups = groups;
            this.at = at;
            this.call = call;
        }

        Value value() {
            return switch (call.function()) {
                case WindowFunction.Place place -> place(place);
                case WindowFunction.Tile(long parts) -> tile(parts);
                case WindowFunction.Shift(long shift) -> shifted((int) shift);
                case WindowFunction.HasShifted(long shift) ->
                        Value.of(at + shift >= 0 && at + shift < partition.size());
                case WindowFunction.Nth(long n) -> nth(n);
                case WindowFunction.Last _ -> {
                    List<Value> values = frameValues();
                    yield values.isEmpty() ? Value.NULL : values.getLast();
                }
                case WindowFunction.Aggregated(AggregateFunction function, _) ->
                        aggregate(function);
            };
        }

        private boolean isPeer(int other) {
            return groups[at] == groups[other];
        }

        private Value place(WindowFunction.Place place) {
            int before = 0;
            int notBehind = 0;
            for (int group : groups) {
                before += group < groups[at] ? 1 : 0;
                notBehind += group <= groups[at] ? 1 : 0;
            }
            return switch (place) {
                case ROW_NUMBER -> Value.of((long) at + 1);
                case RANK -> Value.of((long) before + 1);
                case DENSE_RANK -> Value.of((long) groups[at] + 1);
                case PERCENT_RANK ->
                        Value.of(
                                partition.size() == 1
                                        ? 0.0
                                        : (double) before / (partition.size() - 1));
                case CUME_DIST -> Value.of((double) notBehind / partition.size());
            };
        }

        private Value tile(long parts) {
            int row = 0;
            for (long part = 1; part <= parts; part++) {
                long size = partition.size() / parts + (part <= partition.size() % parts ? 1 : 0);
                row += (int) size;
                if (at < row) {
                    return Value.of(part);
                }
            }
            throw new AssertionError();
        }

        private Value argument(int row) {
            return partition.get(row).get(call.arguments().getFirst());
        }

        private Value shifted(int shift) {
            int left = Math.abs(shift);
            int row = at;
            while (left > 0) {
                row += Integer.signum(shift);
                if (row < 0 || row >= partition.size()) {
                    return Value.NULL;
                }
                left -= call.ignoreNulls() && argument(row).isNull() ? 0 : 1;
            }
            return argument(row);
        }

        private Value nth(long n) {
            List<Value> values = frameValues();
            return n > values.size() ? Value.NULL : values.get((int) n - 1);
        }

        private List<Value> frameValues() {
            List<Value> values = new ArrayList<>();
            for (int i = 0; i < partition.size(); i++) {
                if (isInFrame(i) && !(call.ignoreNulls() && argument(i).isNull())) {
                    values.add(argument(i));
                }
            }
            return values;
        }

        private boolean isInFrame(int row) {
            WindowFrame frame = call.frame();
            boolean excluded =
                    switch (frame.exclusion()) {
                        case NO_OTHERS -> false;
                        case CURRENT_ROW -> row == at;
                        case GROUP -> isPeer(row);
                        case TIES -> isPeer(row) && row != at;
                    };
            return !excluded
                    && isWithin(frame.start(), row, true)
                    && isWithin(frame.end(), row, false);
        }

        private boolean isWithin(Bound bound, int row, boolean start) {
            int sign = start ? 1 : -1;
            return switch (bound) {
                case Edge.PARTITION_START -> start;
                case Edge.PARTITION_END -> !start;
                case Edge.CURRENT_ROW ->
                        sign * (row - at) >= 0 || (call.frame().unit() != Unit.ROWS && isPeer(row));
                case WindowFrame.Away(long distance) ->
                        call.frame().unit() == Unit.ROWS
                                ? sign * (row - at - distance) >= 0
                                : sign * (groups[row] - groups[at] - distance) >= 0;
                case WindowFrame.Near(Value distance) -> isNear(distance, row, sign);
                case WindowFrame.Months _ -> throw new AssertionError();
            };
        }

        private boolean isNear(Value distance, int row, int sign) {
            SortKey key = node.order().getFirst();
            Value mine = partition.get(at).get(key.column());
            Value other = partition.get(row).get(key.column());
            if (mine.isNull()) {
                return sign * (row - at) >= 0 || isPeer(row);
            }
            if (other.isNull()) {
                // Beyond every distance, on the side to which NULLs are sorted.
                return sign * (row - at) >= 0;
            }
            int direction = key.descending() ? -1 : 1;
            int order;
            if (distance instanceof Value.Floating(double away)) {
                double aim = ((Value.Floating) mine).value() + direction * away + 0.0;
                order = Double.compare(((Value.Floating) other).value() + 0.0, aim);
            } else {
                BigInteger away = whole(distance).multiply(BigInteger.valueOf(direction));
                order = whole(other).compareTo(whole(mine).add(away));
            }
            return sign * direction * order >= 0;
        }

        private Value aggregate(AggregateFunction function) {
            List<Value> values = new ArrayList<>();
            for (int i = 0; i < partition.size(); i++) {
                if (isInFrame(i) && !argument(i).isNull()) {
                    values.add(argument(i));
                }
            }
            if (function == AggregateFunction.COUNT) {
                TreeSet<Value> distinct = new TreeSet<>((a, b) -> compare(a, b, false));
                distinct.addAll(values);
                return Value.of((long) (call.distinct() ? distinct.size() : values.size()));
            }
            if (values.isEmpty()) {
                return Value.NULL;
            }
            return switch (function) {
                case MIN -> values.stream().min((a, b) -> compare(a, b, false)).orElseThrow();
                case MAX -> values.stream().max((a, b) -> compare(a, b, false)).orElseThrow();
                case SUM -> sum(values);
                case AVG -> average(values);
                case VAR_POP -> variance(values);
                default -> throw new AssertionError();
            };
        }

        private Value sum(List<Value> values) {
            if (call.type().equals(Type.DOUBLE)) {
                return hasNaN(values)
                        ? Value.of(Double.NaN)
                        : Value.of(exactSum(values).doubleValue());
            }
            BigInteger sum = exactSum(values).toBigIntegerExact();
            return Value.of(sum.shiftRight(64).longValue(), sum.longValue());
        }

        private Value average(List<Value> values) {
            return hasNaN(values)
                    ? Value.of(Double.NaN)
                    : Value.of(
                            exactSum(values)
                                    .divide(BigDecimal.valueOf(values.size()), new MathContext(200))
                                    .doubleValue());
        }

        private Value variance(List<Value> values) {
            if (hasNaN(values)) {
                return Value.of(Double.NaN);
            }
            BigDecimal sum = BigDecimal.ZERO;
            BigDecimal squares = BigDecimal.ZERO;
            for (Value value : values) {
                // Wide numbers are rounded to doubles first, as the type DECIMAL(38) is here.
                boolean rounded = call.arguments().getFirst() == 3;
                BigDecimal number =
                        rounded ? new BigDecimal(exact(value).doubleValue()) : exact(value);
                sum = sum.add(number);
                squares = squares.add(number.multiply(number));
            }
            BigDecimal n = BigDecimal.valueOf(values.size());
            return Value.of(
                    squares.multiply(n)
                            .subtract(sum.multiply(sum))
                            .divide(n.multiply(n), new MathContext(200))
                            .doubleValue());
        }
    }

    private static boolean hasNaN(List<Value> values) {
        return values.stream()
                .anyMatch(value -> value instanceof Value.Floating(double d) && Double.isNaN(d));
    }

    private static BigDecimal exactSum(List<Value> values) {
        return values.stream().map(NaiveWindow::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal exact(Value value) {
        return value instanceof Value.Floating(double floating)
                ? new BigDecimal(floating)
                : new BigDecimal(whole(value));
    }

    private static BigInteger whole(Value value) {
        return switch (value) {
            case Value.Whole(long whole) -> BigInteger.valueOf(whole);
            case Value.Wide(long high, long low) ->
                    BigInteger.valueOf(high)
                            .shiftLeft(64)
                            .add(new BigInteger(Long.toUnsignedString(low)));
            default -> throw new AssertionError(value.toString());
        };
    }
}
