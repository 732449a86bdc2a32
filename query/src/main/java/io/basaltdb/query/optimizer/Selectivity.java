package io.basaltdb.query.optimizer;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.jspecify.annotations.Nullable;

/// Which share of the rows a predicate lets through.
final class Selectivity {
    private static final double LIKE = 0.1;
    private static final double LIKE_PREFIX = 0.05;
    private static final double UNKNOWN = 0.25;

    private final Estimate input;

    Selectivity(Estimate input) {
        this.input = input;
    }

    /// Of all conjuncts together; several about one column are seen as one.
    double of(List<RexNode> conjuncts) {
        Map<Integer, Ranges> ranges = new TreeMap<>();
        double share = 1;
        for (RexNode conjunct : conjuncts) {
            @Nullable ColumnRanges range = columnRanges(conjunct);
            if (range == null) {
                share *= of(conjunct);
            } else {
                ranges.merge(range.column(), range.ranges(), RangeAlgebra::intersect);
            }
        }
        for (Map.Entry<Integer, Ranges> entry : ranges.entrySet()) {
            share *= ofRanges(entry.getKey(), entry.getValue());
        }
        return Math.clamp(share, 0, 1);
    }

    /// The input with what the conjuncts say of distinct values and bounds.
    Estimate narrowed(List<RexNode> conjuncts) {
        Estimate.Column[] columns = input.columns().clone();
        for (RexNode conjunct : conjuncts) {
            @Nullable ColumnRanges range = columnRanges(conjunct);
            if (range != null) {
                Estimate.Column column = columns[range.column()];
                double distinct =
                        Math.max(1, column.distinct() * ofRanges(range.column(), range.ranges()));
                if (isPoints(range.ranges())) {
                    distinct =
                            Math.min(
                                    column.distinct(),
                                    Math.max(1, range.ranges().intervals().size()));
                }
                columns[range.column()] =
                        new Estimate.Column(distinct, 0, column.min(), column.max());
            }
        }
        return new Estimate(input.rows(), columns);
    }

    private static @Nullable ColumnRanges columnRanges(RexNode conjunct) {
        if (!Fallibility.isMovable(conjunct)) {
            return null;
        }
        Expression built = ExpressionBuilder.build(conjunct);
        return ColumnPredicate.of(built);
    }

    private static boolean isPoints(Ranges ranges) {
        return ranges.intervals().stream().allMatch(Ranges.Interval::isPoint);
    }

    private double ofRanges(int column, Ranges ranges) {
        Estimate.Column known = input.columns()[column];
        double share = ranges.includesNull() ? known.nullFraction() : 0;
        double values = 0;
        for (Ranges.Interval interval : ranges.intervals()) {
            values += ofInterval(known, interval);
        }
        return Math.clamp(share + (1 - known.nullFraction()) * Math.min(1, values), 0, 1);
    }

    private static double ofInterval(Estimate.Column column, Ranges.Interval interval) {
        if (interval.isPoint()) {
            return 1 / column.distinct();
        }
        if (interval.low() == null && interval.high() == null) {
            return 1;
        }
        @Nullable Double min = position(column.min());
        @Nullable Double max = position(column.max());
        if (min == null || max == null || max <= min) {
            boolean closed = interval.low() != null && interval.high() != null;
            return closed ? Cardinality.UNKNOWN_COMPARISON / 2 : Cardinality.UNKNOWN_COMPARISON;
        }
        @Nullable Double low = interval.low() == null ? min : position(interval.low());
        @Nullable Double high = interval.high() == null ? max : position(interval.high());
        if (low == null || high == null) {
            return Cardinality.UNKNOWN_COMPARISON;
        }
        double share = (Math.min(high, max) - Math.max(low, min)) / (max - min);
        return Math.clamp(share, 1 / column.distinct(), 1);
    }

    private static @Nullable Double position(@Nullable Value value) {
        return switch (value) {
            case null -> null;
            case Value.Whole(long number) -> (double) number;
            case Value.Wide wide -> Value.unscaled(wide).doubleValue();
            case Value.Floating(double number) -> number;
            case Value.Bool _, Value.Bytes _, Value.Null _ -> null;
        };
    }

    private double of(RexNode node) {
        if (node.isAlwaysTrue()) {
            return 1;
        }
        if (node.isAlwaysFalse()) {
            return 0;
        }
        if (!(node instanceof RexCall call)) {
            return UNKNOWN;
        }
        return switch (call.getKind()) {
            case AND -> of(call.getOperands());
            case OR -> {
                double none = 1;
                for (RexNode operand : call.getOperands()) {
                    none *= 1 - of(List.of(operand));
                }
                yield 1 - none;
            }
            case NOT -> 1 - of(List.of(call.getOperands().getFirst()));
            case LIKE -> like(call);
            case EQUALS, IS_NOT_DISTINCT_FROM -> 1 / Math.max(distinct(call, 0), distinct(call, 1));
            case NOT_EQUALS, IS_DISTINCT_FROM ->
                    1 - 1 / Math.max(distinct(call, 0), distinct(call, 1));
            case SEARCH -> search(call);
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                    Cardinality.UNKNOWN_COMPARISON;
            case IS_NOT_NULL -> 0.95;
            case IS_NULL -> 0.05;
            default -> UNKNOWN;
        };
    }

    private double search(RexCall call) {
        Ranges ranges = ((Expression.In) ExpressionBuilder.build(call)).ranges();
        return isPoints(ranges)
                ? Math.min(1, ranges.intervals().size() / distinct(call, 0))
                : Cardinality.UNKNOWN_COMPARISON;
    }

    private double distinct(RexCall call, int operand) {
        RexNode node = call.getOperands().get(operand);
        if (node instanceof RexInputRef column) {
            return input.distinct(column.getIndex());
        }
        return ofExpression(input, node);
    }

    /// Distinct values of an expression: most functions map many values to one.
    static double ofExpression(Estimate input, RexNode node) {
        double distinct = 1;
        for (int used : Columns.used(node)) {
            distinct *= input.distinct(used);
        }
        boolean same = node.getKind() == SqlKind.CAST;
        return Math.clamp(same ? distinct : Math.sqrt(distinct), 1, Math.max(1, input.rows()));
    }

    private static double like(RexCall call) {
        boolean prefix =
                call.getOperands().get(1) instanceof RexLiteral pattern
                        && beginsWithText(pattern.getValueAs(String.class));
        double share = prefix ? LIKE_PREFIX : LIKE;
        boolean negated =
                call.getOperator() instanceof SqlLikeOperator operator && operator.isNegated();
        return negated && call.getKind() == SqlKind.LIKE ? 1 - share : share;
    }

    private static boolean beginsWithText(@Nullable String pattern) {
        return pattern != null && !pattern.startsWith("%") && !pattern.startsWith("_");
    }
}
