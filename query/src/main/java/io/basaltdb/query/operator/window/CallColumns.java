package io.basaltdb.query.operator.window;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.aggregate.FrameAggregate;
import io.basaltdb.query.operator.aggregate.GrowingAggregate;
import io.basaltdb.query.operator.rows.ColumnStore;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.operator.sort.KeyWords;
import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.query.plan.SortKey;
import io.basaltdb.query.plan.WindowCall;
import io.basaltdb.query.plan.WindowFunction;
import io.basaltdb.storage.memory.Reservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Chooses how each call of a window is computed, bucket after bucket. For one thread.
final class CallColumns {
    private final PlanNode.Window node;
    private final RowStore rows;
    private final OperatorContext context;
    private final Reservation reservation;

    /// Orders in which rows are picked; they look at all rows, so they are made once.
    private final Map<List<SortKey>, KeyWords> orders = new HashMap<>();

    private Bucket bucket;

    CallColumns(
            PlanNode.Window node,
            Bucket bucket,
            RowStore rows,
            OperatorContext context,
            Reservation reservation) {
        this.node = node;
        this.bucket = bucket;
        this.rows = rows;
        this.context = context;
        this.reservation = reservation;
    }

    /// The columns of the next bucket.
    List<CallColumn> make(Bucket next) {
        bucket = next;
        List<CallColumn> columns = new ArrayList<>();
        try {
            for (WindowCall call : node.calls()) {
                columns.add(make(call));
            }
        } catch (RuntimeException failure) {
            columns.forEach(CallColumn::close);
            throw failure;
        }
        return columns;
    }

    private CallColumn make(WindowCall call) {
        return switch (call.function()) {
            case WindowFunction.Place place -> new PlaceColumn(place, cursor(call));
            case WindowFunction.Tile(long parts) ->
                    new TileColumn(parts, cursor(call), call.type());
            case WindowFunction.Shift(long shift) ->
                    new ShiftColumn(shift, cursor(call), candidates(call), picked(call));
            case WindowFunction.HasShifted(long shift) -> new HasShiftedColumn(shift, cursor(call));
            case WindowFunction.Nth(long n) ->
                    new NthColumn(n, frame(call), candidates(call), picked(call));
            case WindowFunction.Last _ ->
                    new NthColumn(NthColumn.LAST, frame(call), candidates(call), picked(call));
            case WindowFunction.Aggregated aggregated -> aggregate(call, aggregated);
        };
    }

    private Cursor cursor(WindowCall call) {
        return new Cursor(bucket, call.orderKeys());
    }

    private Frame frame(WindowCall call) {
        return new Frame(call.frame(), node.order().subList(0, call.orderKeys()), bucket, rows);
    }

    private PickedRows picked(WindowCall call) {
        return new PickedRows(rows.column(call.arguments().getFirst()));
    }

    private Candidates candidates(WindowCall call) {
        return Candidates.of(
                bucket, rows.column(call.arguments().getFirst()), call.ignoreNulls(), reservation);
    }

    private List<ColumnStore> arguments(WindowCall call) {
        return call.arguments().stream().map(rows::column).toList();
    }

    private CallColumn aggregate(WindowCall call, WindowFunction.Aggregated aggregated) {
        AggregateFunction function = aggregated.function();
        return switch (function) {
            case MIN, BOOL_AND, ANY_VALUE -> extreme(call, false);
            case MAX, BOOL_OR -> extreme(call, true);
            case ARG_MIN -> extreme(call, false);
            case ARG_MAX -> extreme(call, true);
            default -> {
                AggregateCall plain =
                        new AggregateCall(
                                function,
                                call.arguments(),
                                call.distinct(),
                                -1,
                                aggregated.parameters(),
                                call.type(),
                                call.name());
                yield FrameAggregate.knows(function) && !call.distinct()
                        ? new SlidingColumn(
                                frame(call),
                                bucket,
                                FrameAggregate.of(plain, node.input().output(), rows, reservation),
                                arguments(call),
                                context)
                        : growing(call, plain);
            }
        };
    }

    private CallColumn growing(WindowCall call, AggregateCall plain) {
        assert call.frame().onlyGrows() : call.name() + " over a frame that leaves rows behind";
        GrowingAggregate aggregate =
                new GrowingAggregate(
                        plain,
                        node.input().output(),
                        node.partitionColumns(),
                        rows,
                        context.memory());
        return new GrowingColumn(frame(call), bucket, aggregate, call.type(), context.memory());
    }

    /// The row whose last argument is least or greatest; of equal ones that whose first argument is least.
    private CallColumn extreme(WindowCall call, boolean greatest) {
        List<SortKey> order = new ArrayList<>();
        order.add(new SortKey(call.arguments().getLast(), greatest, false));
        if (call.arguments().size() > 1) {
            order.add(new SortKey(call.arguments().getFirst(), false, false));
        }
        return new ExtremeColumn(
                frame(call),
                bucket,
                orders.computeIfAbsent(order, keys -> KeyWords.of(rows, keys)),
                arguments(call),
                picked(call),
                context,
                reservation);
    }
}
