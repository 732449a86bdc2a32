package io.basaltdb.query.optimizer;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.plan.WindowCall;
import io.basaltdb.query.plan.WindowFrame;
import io.basaltdb.query.plan.WindowFrame.Bound;
import io.basaltdb.query.plan.WindowFrame.Edge;
import io.basaltdb.query.plan.WindowFrame.Exclusion;
import io.basaltdb.query.plan.WindowFrame.Unit;
import io.basaltdb.query.plan.WindowFunction;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Frames of Calcite and ours.
///
/// GROUPS is not in the grammar: such a frame comes as one of ROWS whose distances are moved by [#GROUPS].
public final class Frames {
    /// What is added to the distances of a frame that counts groups of peers.
    public static final long GROUPS = 1L << 60;

    private static final BigDecimal FIRST_OF_GROUPS = BigDecimal.valueOf(GROUPS / 2);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE / 2);

    private final RexOver over;
    private final RexWindow window;
    private final boolean groups;

    private Frames(RexOver over) {
        this.over = over;
        this.window = over.getWindow();
        this.groups = countsGroups(window.getLowerBound()) || countsGroups(window.getUpperBound());
    }

    private static boolean countsGroups(RexWindowBound bound) {
        RexNode offset = bound.getOffset();
        @Nullable BigDecimal number = offset == null ? null : WindowFunctions.literal(offset);
        return number != null
                && number.compareTo(FIRST_OF_GROUPS) > 0
                && !isInterval(offset.getType());
    }

    private static boolean isInterval(RelDataType type) {
        return SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName());
    }

    /// @param orderKeys that tell rows apart
    static WindowFrame of(RexOver over, int orderKeys, WindowFunction function) {
        if (!hasFrame(function)) {
            return WindowFrame.PARTITION;
        }
        WindowFrame frame = new Frames(over).frame(orderKeys);
        if (function instanceof WindowFunction.Aggregated(AggregateFunction aggregate, _)
                && !frame.onlyGrows()
                && (!WindowCall.slides(aggregate) || WindowFunctions.isDistinct(over, function))) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    over.getOperator().getName().toLowerCase(Locale.ROOT)
                            + (over.isDistinct() ? "(DISTINCT …)" : "")
                            + " over a frame that does not begin with its partition, or that excludes"
                            + " rows, is not supported yet; begin the frame with UNBOUNDED PRECEDING");
        }
        return frame;
    }

    private static boolean hasFrame(WindowFunction function) {
        return switch (function) {
            case WindowFunction.Place _,
                    WindowFunction.Tile _,
                    WindowFunction.Shift _,
                    WindowFunction.HasShifted _ ->
                    false;
            case WindowFunction.Nth _, WindowFunction.Last _, WindowFunction.Aggregated _ -> true;
        };
    }

    private WindowFrame frame(int orderKeys) {
        Unit unit = groups ? Unit.GROUPS : window.isRows() ? Unit.ROWS : Unit.RANGE;
        Exclusion exclusion =
                switch (window.getExclude()) {
                    case EXCLUDE_NO_OTHER -> Exclusion.NO_OTHERS;
                    case EXCLUDE_CURRENT_ROW -> Exclusion.CURRENT_ROW;
                    case EXCLUDE_TIES -> Exclusion.TIES;
                    case EXCLUDE_GROUP -> Exclusion.GROUP;
                };
        Bound start = bound(window.getLowerBound(), unit, true);
        Bound end = bound(window.getUpperBound(), unit, false);
        if (unit != Unit.ROWS && orderKeys == 0) {
            // All rows are peers.
            start = start == Edge.CURRENT_ROW ? Edge.PARTITION_START : start;
            end = end == Edge.CURRENT_ROW ? Edge.PARTITION_END : end;
        }
        WindowFrame frame = new WindowFrame(unit, start, end, exclusion);
        return frame.isPartition() ? WindowFrame.PARTITION : frame;
    }

    private Bound bound(RexWindowBound bound, Unit unit, boolean isStart) {
        if (bound.isUnbounded()) {
            return bound.isPreceding() ? Edge.PARTITION_START : Edge.PARTITION_END;
        }
        if (bound.isCurrentRow()) {
            return Edge.CURRENT_ROW;
        }
        RexNode offset = bound.getOffset();
        assert offset != null;
        @Nullable BigDecimal distance = WindowFunctions.literal(offset);
        if (distance == null) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "The distance of a frame must be a number or an interval written in the statement");
        }
        if (groups) {
            distance = distance.subtract(BigDecimal.valueOf(GROUPS));
        }
        if (distance.signum() < 0) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The distance of a frame must not be negative, found " + distance);
        }
        BigDecimal signed = bound.isPreceding() ? distance.negate() : distance;
        return unit == Unit.RANGE
                ? near(signed, offset.getType(), isStart)
                : new WindowFrame.Away(signed.min(MOST).max(MOST.negate()).longValue());
    }

    private Bound near(BigDecimal distance, RelDataType type, boolean isStart) {
        if (window.orderKeys.size() != 1) {
            throw new BasaltException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "RANGE with a distance needs ORDER BY one key");
        }
        // The distance between two keys is a whole number of the key's units; between the bounds
        // that a broken one allows lie the same rows.
        RoundingMode rounding = isStart ? RoundingMode.CEILING : RoundingMode.FLOOR;
        Type key = RelTypes.toType(window.orderKeys.getFirst().left.getType());
        if (isInterval(type) && SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName())) {
            return switch (key) {
                case Type.Date _, Type.Timestamp _ -> new WindowFrame.Months(distance.longValue());
                case Type.Interval(var unitOfKey) when unitOfKey == Type.Interval.Unit.MONTHS ->
                        whole(distance);
                default -> throw refusal(key, "months");
            };
        }
        if (isInterval(type)) {
            BigDecimal micros = distance.multiply(BigDecimal.valueOf(1000));
            return switch (key) {
                case Type.Date _ -> whole(divided(micros, 86_400_000_000L, rounding));
                case Type.Timestamp timestamp -> whole(ticks(micros, timestamp.unitsPerSecond()));
                case Type.TimestampTz timestamp -> whole(ticks(micros, timestamp.unitsPerSecond()));
                case Type.Interval(var unitOfKey)
                        when unitOfKey == Type.Interval.Unit.MICROSECONDS ->
                        whole(micros);
                default -> throw refusal(key, "an interval");
            };
        }
        return switch (key) {
            case Type.Int _, Type.Date _ -> whole(distance.setScale(0, rounding));
            case Type.Decimal(_, int scale) ->
                    whole(distance.movePointRight(scale).setScale(0, rounding));
            case Type.Real _, Type.DoublePrecision _ ->
                    new WindowFrame.Near(Value.of(distance.doubleValue()));
            default -> throw refusal(key, "a number");
        };
    }

    private static BigDecimal divided(BigDecimal number, long divisor, RoundingMode rounding) {
        return number.divide(BigDecimal.valueOf(divisor), 0, rounding);
    }

    private static BigDecimal ticks(BigDecimal micros, long unitsPerSecond) {
        return micros.multiply(BigDecimal.valueOf(unitsPerSecond / 1_000_000));
    }

    private static Bound whole(BigDecimal distance) {
        BigInteger number = distance.min(MOST).max(MOST.negate()).toBigInteger();
        return new WindowFrame.Near(Value.of(number.longValueExact()));
    }

    private BasaltException refusal(Type key, String distance) {
        return new BasaltException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "The frame of "
                        + over.getOperator().getName().toLowerCase(Locale.ROOT)
                        + " is ordered by "
                        + key.sql()
                        + ", which cannot be at a distance of "
                        + distance);
    }
}
