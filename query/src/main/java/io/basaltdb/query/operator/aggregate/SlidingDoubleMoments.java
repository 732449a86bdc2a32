package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.operator.rows.ColumnStore;
import io.basaltdb.query.operator.rows.DoubleStore;
import io.basaltdb.query.operator.rows.LongStore;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.AggregateCall;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Variances and deviations of doubles, and of wide decimals rounded to doubles one by one: exact sums of the values and of their squares.
final class SlidingDoubleMoments extends FrameAggregate {
    private final AggregateCall call;
    private final ColumnStore values;
    private final int scale;
    private final ExactSum sum = ExactSum.ofTerms();
    private final ExactSum squares = ExactSum.ofSquares();
    private final double[] results = new double[Batch.MAX_ROWS];
    private final long[] valid = new long[Validity.words(Batch.MAX_ROWS)];
    private long count;
    private long strange;

    SlidingDoubleMoments(AggregateCall call, Schema input, RowStore rows, Reservation reservation) {
        this.call = call;
        int column = call.arguments().getFirst();
        this.values = rows.column(column);
        this.scale = input.type(column) instanceof Type.Decimal(_, int digits) ? digits : 0;
        reservation.grow(
                ExactSum.bytes(ExactSum.SUM_WORDS) + ExactSum.bytes(ExactSum.SQUARE_WORDS));
    }

    @Override
    public void clear() {
        sum.clear();
        squares.clear();
        count = 0;
        strange = 0;
    }

    @Override
    public void add(int row) {
        double value = value(row);
        count++;
        if (Double.isFinite(value)) {
            sum.add(value);
            squares.addSquare(value);
        } else {
            strange++;
        }
    }

    @Override
    public void remove(int row) {
        double value = value(row);
        count--;
        if (Double.isFinite(value)) {
            sum.add(-value);
            squares.subtractSquare(value);
        } else {
            strange--;
        }
    }

    private double value(int row) {
        return switch (values) {
            case DoubleStore doubles -> doubles.values()[row];
            case LongStore wide ->
                    new BigDecimal(
                                    BigInteger.valueOf(wide.high(row))
                                            .shiftLeft(64)
                                            .add(
                                                    new BigInteger(
                                                            Long.toUnsignedString(
                                                                    wide.values()[row]))),
                                    scale)
                            .doubleValue();
            default -> throw new AssertionError("no number");
        };
    }

    @Override
    public void put(int lane) {
        boolean known = count >= CallResults.leastRows(call.function());
        results[lane] = known ? CallResults.deviation(call.function(), variance()) : 0;
        valid[lane >> 6] = (valid[lane >> 6] & ~(1L << lane)) | (known ? 1L : 0) << lane;
    }

    private double variance() {
        return strange > 0
                ? Double.NaN
                : DoubleMomentsAccumulator.spread(
                        sum, squares, count, CallResults.divisor(call.function(), count));
    }

    @Override
    public Vector result(int lanes) {
        return new DoubleVector(Type.DOUBLE, lanes, results, valid);
    }
}
