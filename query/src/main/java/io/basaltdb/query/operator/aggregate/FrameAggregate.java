package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.vector.Vector;

/// The value of an aggregate over rows that come and go: a window's frame as it moves from row to row. Whatever was added can be taken away again without a
/// trace, since sums are exact; so the value depends on the rows of the frame alone, and a step costs the same however long the frame is.
///
/// The caller leaves out rows in which an argument is NULL. For one thread.
public abstract sealed class FrameAggregate
        permits SlidingLongs, SlidingDoubleSum, SlidingDoubleMoments, SlidingBits {
    FrameAggregate() {}

    /// @param call one of COUNT, SUM, AVG, a variance or deviation, or a BIT function; neither distinct nor filtered
    public static FrameAggregate of(
            AggregateCall call, Schema input, RowStore rows, Reservation reservation) {
        return switch (call.function()) {
            case BIT_AND, BIT_OR -> new SlidingBits(call, rows);
            case COUNT, BIT_XOR -> new SlidingLongs(call, input, rows, reservation);
            case SUM, AVG ->
                    input.type(call.arguments().getFirst()).physical() == Physical.DOUBLE
                            ? new SlidingDoubleSum(call, rows, reservation)
                            : new SlidingLongs(call, input, rows, reservation);
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
                    input.type(call.arguments().getFirst()).physical() == Physical.LONG
                            ? new SlidingLongs(call, input, rows, reservation)
                            : new SlidingDoubleMoments(call, input, rows, reservation);
            default -> throw new AssertionError(call.function() + " does not slide");
        };
    }

    /// Whether [#of] knows the function.
    public static boolean knows(AggregateFunction function) {
        return switch (function) {
            case COUNT,
                    SUM,
                    AVG,
                    BIT_AND,
                    BIT_OR,
                    BIT_XOR,
                    VAR_POP,
                    VAR_SAMP,
                    STDDEV_POP,
                    STDDEV_SAMP ->
                    true;
            default -> false;
        };
    }

    /// Forgets all rows.
    public abstract void clear();

    public abstract void add(int row);

    /// Takes a row away that was added.
    public abstract void remove(int row);

    /// Notes the value of now as that of the result's lane; lanes are asked for in their order, from 0.
    public abstract void put(int lane);

    /// The lanes noted since the last call, which are `count`.
    public abstract Vector result(int count);
}
