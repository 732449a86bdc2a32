package io.basaltdb.query.execution;

import io.basaltdb.query.expression.Expression;
import io.basaltdb.query.expression.Expression.Comparison.Operator;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.table.ColumnRanges;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Comparisons of a column with a parameter become ranges when the parameter is known, at bind: then they prune as comparisons with literals do, and a prepared
/// query for one row reads one granule.
final class ParameterRanges {
    private final PlanNode.Scan scan;
    private final List<Value> parameters;

    /// What is allowed, by the column's position in the relation.
    private final Map<Integer, Ranges.Interval> intervals = new LinkedHashMap<>();

    private ParameterRanges(PlanNode.Scan scan, List<Value> parameters) {
        this.scan = scan;
        this.parameters = parameters;
    }

    /// The scan with all such comparisons among its ranges.
    static PlanNode.Scan bind(PlanNode.Scan scan, List<Value> parameters) {
        Expression filter = scan.filter();
        return parameters.isEmpty() || filter == null
                ? scan
                : new ParameterRanges(scan, parameters).bind(filter);
    }

    private PlanNode.Scan bind(Expression filter) {
        List<Expression> conjuncts =
                filter instanceof Expression.And(var operands) ? operands : List.of(filter);
        List<Expression> left = conjuncts.stream().filter(each -> !take(each)).toList();
        if (intervals.isEmpty()) {
            return scan;
        }
        List<ColumnRanges> ranges = new ArrayList<>(scan.ranges());
        intervals.forEach(
                (column, interval) -> ranges.add(new ColumnRanges(column, Ranges.of(interval))));
        return new PlanNode.Scan(
                scan.relation(),
                scan.source(),
                scan.columns(),
                ranges,
                conjunction(left),
                left.isEmpty() ? List.of() : scan.filterColumns(),
                scan.output(),
                scan.estimatedRows());
    }

    private static @Nullable Expression conjunction(List<Expression> operands) {
        return switch (operands.size()) {
            case 0 -> null;
            case 1 -> operands.getFirst();
            default -> new Expression.And(operands);
        };
    }

    /// Whether the conjunct is among the intervals now.
    private boolean take(Expression conjunct) {
        if (!(conjunct instanceof Expression.Comparison(var operator, var left, var right))) {
            return false;
        }
        if (left instanceof Expression.Column column
                && right instanceof Expression.Parameter parameter) {
            return take(column, operator, parameter);
        }
        return left instanceof Expression.Parameter parameter
                && right instanceof Expression.Column column
                && take(column, mirrored(operator), parameter);
    }

    private static Operator mirrored(Operator operator) {
        return switch (operator) {
            case LESS -> Operator.GREATER;
            case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
            case GREATER -> Operator.LESS;
            case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
            case EQUAL, NOT_EQUAL, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> operator;
        };
    }

    private boolean take(
            Expression.Column column, Operator operator, Expression.Parameter parameter) {
        Value value = parameters.get(parameter.index());
        int position = position(column.index());
        if (value.isNull()
                || !column.type().equals(parameter.type())
                || !isOrderedAlike(column.type())
                || scan.ranges().stream().anyMatch(known -> known.column() == position)) {
            return false;
        }
        Ranges.Interval interval = interval(operator, value);
        Ranges.Interval both = interval == null ? null : meet(intervals.get(position), interval);
        if (both != null) {
            intervals.put(position, both);
        }
        return both != null;
    }

    private int position(int index) {
        int columns = scan.columns().size();
        return index < columns
                ? scan.columns().get(index)
                : scan.filterColumns().get(index - columns);
    }

    /// Whether a comparison of such values means what a range of them means.
    private static boolean isOrderedAlike(Type type) {
        return type.physical() == Physical.LONG || type instanceof Type.Text;
    }

    private static Ranges.@Nullable Interval interval(Operator operator, Value value) {
        return switch (operator) {
            case EQUAL -> new Ranges.Interval(value, true, value, true);
            case LESS -> new Ranges.Interval(null, false, value, false);
            case LESS_OR_EQUAL -> new Ranges.Interval(null, false, value, true);
            case GREATER -> new Ranges.Interval(value, false, null, false);
            case GREATER_OR_EQUAL -> new Ranges.Interval(value, true, null, false);
            case NOT_EQUAL, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> null;
        };
    }

    /// What lies in both; null where nothing does, which stays with the filter.
    private static Ranges.@Nullable Interval meet(
            Ranges.@Nullable Interval left, Ranges.Interval right) {
        if (left == null) {
            return right;
        }
        boolean lowOfRight =
                isAfter(right.low(), right.lowInclusive(), left.low(), left.lowInclusive());
        boolean highOfRight =
                isBefore(right.high(), right.highInclusive(), left.high(), left.highInclusive());
        Value low = lowOfRight ? right.low() : left.low();
        Value high = highOfRight ? right.high() : left.high();
        boolean lowInclusive = lowOfRight ? right.lowInclusive() : left.lowInclusive();
        boolean highInclusive = highOfRight ? right.highInclusive() : left.highInclusive();
        if (low != null && high != null) {
            int order = Value.compare(low, high);
            if (order > 0 || (order == 0 && !(lowInclusive && highInclusive))) {
                return null;
            }
        }
        return new Ranges.Interval(low, lowInclusive, high, highInclusive);
    }

    /// Whether the first low bound leaves more out.
    private static boolean isAfter(
            @Nullable Value low, boolean inclusive, @Nullable Value other, boolean otherInclusive) {
        if (low == null || other == null) {
            return low != null;
        }
        int order = Value.compare(low, other);
        return order > 0 || (order == 0 && otherInclusive && !inclusive);
    }

    /// Whether the first high bound leaves more out.
    private static boolean isBefore(
            @Nullable Value high,
            boolean inclusive,
            @Nullable Value other,
            boolean otherInclusive) {
        if (high == null || other == null) {
            return high != null;
        }
        int order = Value.compare(high, other);
        return order < 0 || (order == 0 && otherInclusive && !inclusive);
    }
}
