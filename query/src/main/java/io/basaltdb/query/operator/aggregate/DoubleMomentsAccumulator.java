package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Exact sums of doubles and of their squares, for variances that do not depend on the order of the rows. Wide decimals are rounded to
/// doubles first, one by one. NaN or an infinity among the values makes the result NaN.
final class DoubleMomentsAccumulator implements Accumulator {
    private static final long GROUP_BYTES =
            ExactSum.bytes(ExactSum.SUM_WORDS) + ExactSum.bytes(ExactSum.SQUARE_WORDS) + 16;

    private final int input;
    private final int mask;
    private final int scale;
    private final Reservation reservation;
    private @Nullable ExactSum[] sums = {};
    private @Nullable ExactSum[] squares = {};
    private boolean[] strange = {};

    DoubleMomentsAccumulator(int input, int mask, int scale, Reservation reservation) {
        this.input = input;
        this.mask = mask;
        this.scale = scale;
        this.reservation = reservation;
    }

    @Override
    public void ensure(int groupCount) {
        if (groupCount > strange.length) {
            int size = Math.max(groupCount, 2 * strange.length);
            reservation.grow(9L * (size - strange.length));
            sums = Arrays.copyOf(sums, size);
            squares = Arrays.copyOf(squares, size);
            strange = Arrays.copyOf(strange, size);
        }
    }

    @Override
    public void add(RowBlock block, int @Nullable [] groups) {
        FlatColumn column = block.inputs[input];
        long[] rows = mask < 0 ? null : block.mask(mask);
        for (int i = 0; i < block.count; i++) {
            if (rows == null || (rows[i >> 6] >>> i & 1) != 0) {
                add(groups == null ? 0 : groups[i], value(column, i));
            }
        }
    }

    private double value(FlatColumn column, int row) {
        if (column.physical == Physical.DOUBLE) {
            return column.doubles[row];
        }
        BigInteger unscaled =
                BigInteger.valueOf(column.high(row))
                        .shiftLeft(64)
                        .add(new BigInteger(Long.toUnsignedString(column.longs[row])));
        return new BigDecimal(unscaled, scale).doubleValue();
    }

    private void add(int group, double value) {
        if (Double.isFinite(value)) {
            sum(group).add(value);
            square(group).addSquare(value);
        } else {
            strange[group] = true;
        }
    }

    private ExactSum sum(int group) {
        ExactSum sum = sums[group];
        if (sum == null) {
            reservation.grow(GROUP_BYTES);
            sum = ExactSum.ofTerms();
            sums[group] = sum;
        }
        return sum;
    }

    private ExactSum square(int group) {
        ExactSum sum = squares[group];
        if (sum == null) {
            sum = ExactSum.ofSquares();
            squares[group] = sum;
        }
        return sum;
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        DoubleMomentsAccumulator source = (DoubleMomentsAccumulator) other;
        for (int i = 0; i < count; i++) {
            strange[to[i]] |= source.strange[from[i]];
            ExactSum sum = source.sums[from[i]];
            ExactSum square = source.squares[from[i]];
            if (sum != null && square != null) {
                sum(to[i]).add(sum);
                square(to[i]).add(square);
            }
        }
    }

    /// (n · Σx² − (Σx)²) ÷ divisor for n values; NaN where one of them was.
    double spread(int group, long n, BigInteger divisor) {
        if (strange[group]) {
            return Double.NaN;
        }
        ExactSum sum = sums[group];
        ExactSum square = squares[group];
        if (sum == null || square == null) {
            return 0;
        }
        return spread(sum, square, n, divisor);
    }

    /// (n · Σx² − (Σx)²) ÷ divisor.
    static double spread(ExactSum sum, ExactSum square, long n, BigInteger divisor) {
        BigInteger total = sum.value();
        BigInteger spread =
                square.value().multiply(BigInteger.valueOf(n)).subtract(total.multiply(total));
        return Rounding.quotient(spread, divisor, ExactSum.SQUARE_EXPONENT);
    }

    @Override
    public Vector result(int first, int count) {
        throw new AssertionError("is read by spread");
    }
}
