package io.basaltdb.query.operator.aggregate;

import io.basaltdb.query.function.AggregateFunction;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Exact sums of pairs (y, x) of doubles, their squares and their products: what covariance, correlation and regression follow from, whatever the order of
/// the rows. NaN or an infinity among the values makes the result NaN.
final class DoublePairsAccumulator implements Accumulator {
    private final int yInput;
    private final int xInput;
    private final int mask;
    private final Reservation reservation;
    private @Nullable Sums[] groups = {};

    DoublePairsAccumulator(int yInput, int xInput, int mask, Reservation reservation) {
        this.yInput = yInput;
        this.xInput = xInput;
        this.mask = mask;
        this.reservation = reservation;
    }

    /// Of one group.
    private static final class Sums {
        private static final long BYTES =
                2 * ExactSum.bytes(ExactSum.SUM_WORDS) + 3 * ExactSum.bytes(ExactSum.SQUARE_WORDS);

        private final ExactSum y = ExactSum.ofTerms();
        private final ExactSum x = ExactSum.ofTerms();
        private final ExactSum yy = ExactSum.ofSquares();
        private final ExactSum xx = ExactSum.ofSquares();
        private final ExactSum yx = ExactSum.ofSquares();
        private long count;
        private boolean strange;

        void add(double yValue, double xValue) {
            count++;
            if (!Double.isFinite(yValue) || !Double.isFinite(xValue)) {
                strange = true;
                return;
            }
            y.add(yValue);
            x.add(xValue);
            yy.addSquare(yValue);
            xx.addSquare(xValue);
            yx.addProduct(yValue, xValue);
        }

        void add(Sums other) {
            count += other.count;
            strange |= other.strange;
            y.add(other.y);
            x.add(other.x);
            yy.add(other.yy);
            xx.add(other.xx);
            yx.add(other.yx);
        }

        /// n · Σab − Σa · Σb, in units of the squares.
        private BigInteger spread(ExactSum products, ExactSum left, ExactSum right) {
            return products.value()
                    .multiply(BigInteger.valueOf(count))
                    .subtract(left.value().multiply(right.value()));
        }
    }

    @Override
    public void ensure(int groupCount) {
        if (groupCount > groups.length) {
            int size = Math.max(groupCount, 2 * groups.length);
            reservation.grow(4L * (size - groups.length));
            groups = Arrays.copyOf(groups, size);
        }
    }

    @Override
    public void add(RowBlock block, int @Nullable [] rowGroups) {
        double[] y = block.inputs[yInput].doubles;
        double[] x = block.inputs[xInput].doubles;
        long[] rows = mask < 0 ? null : block.mask(mask);
        for (int i = 0; i < block.count; i++) {
            if (rows == null || (rows[i >> 6] >>> i & 1) != 0) {
                sums(rowGroups == null ? 0 : rowGroups[i]).add(y[i], x[i]);
            }
        }
    }

    private Sums sums(int group) {
        Sums sums = groups[group];
        if (sums == null) {
            reservation.grow(Sums.BYTES + 56);
            sums = new Sums();
            groups[group] = sums;
        }
        return sums;
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        DoublePairsAccumulator source = (DoublePairsAccumulator) other;
        for (int i = 0; i < count; i++) {
            Sums sums = source.groups[from[i]];
            if (sums != null) {
                sums(to[i]).add(sums);
            }
        }
    }

    /// The results of that function for `count` groups from `first` on.
    Vector result(AggregateFunction function, int first, int count) {
        double[] values = new double[count];
        long[] validity = new long[Validity.words(count)];
        for (int i = 0; i < count; i++) {
            Sums sums = groups[first + i];
            if (sums != null && isDefined(function, sums)) {
                values[i] = sums.strange ? Double.NaN : value(function, sums);
                validity[i >> 6] |= 1L << i;
            }
        }
        return new DoubleVector(Type.DOUBLE, count, values, validity);
    }

    private static boolean isDefined(AggregateFunction function, Sums sums) {
        if (sums.strange) {
            return true;
        }
        return switch (function) {
            case COVAR_SAMP -> sums.count > 1;
            case CORR ->
                    sums.spread(sums.xx, sums.x, sums.x).signum() != 0
                            && sums.spread(sums.yy, sums.y, sums.y).signum() != 0;
            case REGR_SLOPE, REGR_INTERCEPT, REGR_R2 ->
                    sums.spread(sums.xx, sums.x, sums.x).signum() != 0;
            default -> true;
        };
    }

    private static double value(AggregateFunction function, Sums sums) {
        BigInteger n = BigInteger.valueOf(sums.count);
        BigInteger xx = sums.spread(sums.xx, sums.x, sums.x);
        BigInteger yy = sums.spread(sums.yy, sums.y, sums.y);
        BigInteger yx = sums.spread(sums.yx, sums.y, sums.x);
        return switch (function) {
            case COVAR_POP -> square(yx, n.multiply(n));
            case COVAR_SAMP -> square(yx, n.multiply(n.subtract(BigInteger.ONE)));
            case CORR -> correlation(yx, yy, xx);
            case REGR_R2 -> yy.signum() == 0 ? 1 : ratio(yx.multiply(yx), yy.multiply(xx), 0);
            case REGR_SLOPE -> ratio(yx, xx, 0);
            // (Σy · Sxx − Σx · Syx) ÷ (n · Sxx): the numerator has the unit of the sums more.
            case REGR_INTERCEPT ->
                    ratio(
                            sums.y.value().multiply(xx).subtract(sums.x.value().multiply(yx)),
                            n.multiply(xx),
                            ExactSum.SUM_EXPONENT);
            case REGR_AVGX -> sums.x.quotient(sums.count);
            case REGR_AVGY -> sums.y.quotient(sums.count);
            case REGR_SXX -> square(xx, n);
            case REGR_SYY -> square(yy, n);
            case REGR_SXY -> square(yx, n);
            default -> throw new AssertionError(function);
        };
    }

    private static double square(BigInteger value, BigInteger divisor) {
        return Rounding.quotient(value, divisor, ExactSum.SQUARE_EXPONENT);
    }

    private static double ratio(BigInteger value, BigInteger divisor, int exponent) {
        return Rounding.quotient(value, divisor, exponent);
    }

    /// yx ÷ √(yy · xx), by the exact ratio of the squares.
    private static double correlation(BigInteger yx, BigInteger yy, BigInteger xx) {
        double square = ratio(yx.multiply(yx), yy.multiply(xx), 0);
        return yx.signum() * Math.sqrt(square);
    }

    @Override
    public Vector result(int first, int count) {
        throw new AssertionError("is read by function");
    }
}
