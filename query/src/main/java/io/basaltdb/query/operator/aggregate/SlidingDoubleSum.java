package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.query.operator.rows.DoubleStore;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;

/// SUM and AVG of doubles: an exact sum, to which the negated value is added when a row goes. NaN and the infinities, which no subtraction takes away, are
/// counted apart.
final class SlidingDoubleSum extends FrameAggregate {
    private final DoubleStore values;
    private final boolean average;
    private final Reservation reservation;
    private final double[] results = new double[Batch.MAX_ROWS];
    private final long[] valid = new long[Validity.words(Batch.MAX_ROWS)];
    private ExactSums sum;
    private long count;
    private long nans;
    private long positive;
    private long negative;

    SlidingDoubleSum(AggregateCall call, RowStore rows, Reservation reservation) {
        this.values = (DoubleStore) rows.column(call.arguments().getFirst());
        this.average = call.function() == AggregateFunction.AVG;
        this.reservation = reservation;
        this.sum = fresh();
    }

    private ExactSums fresh() {
        ExactSums fresh = new ExactSums(0, -1, reservation);
        fresh.ensure(1);
        return fresh;
    }

    @Override
    public void clear() {
        if (!sum.clearNarrow()) {
            reservation.shrink(sum.bytes());
            sum = fresh();
        }
        count = 0;
        nans = 0;
        positive = 0;
        negative = 0;
    }

    @Override
    public void add(int row) {
        change(values.values()[row], 1);
    }

    @Override
    public void remove(int row) {
        change(values.values()[row], -1);
    }

    private void change(double value, int sign) {
        count += sign;
        if (Double.isFinite(value)) {
            sum.add(0, sign * value);
        } else if (Double.isNaN(value)) {
            nans += sign;
        } else if (value > 0) {
            positive += sign;
        } else {
            negative += sign;
        }
    }

    @Override
    public void put(int lane) {
        results[lane] = count == 0 ? 0 : value();
        valid[lane >> 6] = (valid[lane >> 6] & ~(1L << lane)) | (count == 0 ? 0 : 1L) << lane;
    }

    private double value() {
        if (nans > 0 || (positive > 0 && negative > 0)) {
            return Double.NaN;
        }
        if (positive > 0) {
            return Double.POSITIVE_INFINITY;
        }
        return negative > 0 ? Double.NEGATIVE_INFINITY : sum.quotient(0, average ? count : 1);
    }

    @Override
    public Vector result(int lanes) {
        return new DoubleVector(Type.DOUBLE, lanes, results, valid);
    }
}
