package io.basaltdb.query.expression;

import io.basaltdb.query.function.DoubleLanes;
import io.basaltdb.query.function.ExactNumbers;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.kernel.Arithmetic;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// From and to REAL and DOUBLE. To an integer the nearest is taken, of two the even one; to DECIMAL the shortest decimal digits of the number are rounded half
/// away from zero.
final class FloatCast extends CastLoop {
    /// No two decimals of so many digits are the same double. So where a double is that of such a decimal, this is the shortest one, and need not be searched for.
    private static final int SHORT_DIGITS = 15;

    private final DoubleLanes doubles = new DoubleLanes();
    private double[] outDoubles = new double[0];
    private long[] out = new long[0];
    private long[] outHigh = new long[0];

    FloatCast(Type from, Type to, boolean orNull) {
        super(from, to, orNull);
    }

    @Override
    Vector convert(Vector vector, int lanes, @Nullable Selection selection) {
        double[] values = doubles.read(vector, lanes);
        return switch (to.physical()) {
            case DOUBLE -> toFloating(vector, values, lanes, selection);
            case LONG, WIDE ->
                    to instanceof Type.Int whole
                            ? toInteger(whole, vector, values, lanes, rows(lanes, selection))
                            : toDecimal(vector, values, lanes, rows(lanes, selection));
            case BITS, BYTES -> throw new AssertionError(to.sql());
        };
    }

    private Vector toFloating(
            Vector vector, double[] values, int lanes, @Nullable Selection selection) {
        if (to instanceof Type.DoublePrecision) {
            return new DoubleVector(to, lanes, values, validity());
        }
        outDoubles = Scratch.doubles(outDoubles, lanes);
        Arithmetic.toReal(values, outDoubles, lanes);
        if (!(from instanceof Type.Real)) {
            Selection rows = rows(lanes, selection);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows()[i];
                if (Double.isInfinite(outDoubles[row]) && !Double.isInfinite(values[row])) {
                    fail(row, ErrorCode.NUMERIC_OUT_OF_RANGE, vector);
                }
            }
        }
        return new DoubleVector(to, lanes, outDoubles, validity());
    }

    private Vector toInteger(
            Type.Int whole, Vector vector, double[] values, int lanes, Selection rows) {
        out = Scratch.longs(out, lanes);
        // 2^63 itself is out of range; the smaller limits are exact doubles.
        double above = -(double) whole.min();
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            double rounded = Math.rint(values[row]);
            if (rounded >= -above && rounded < above) {
                out[row] = (long) rounded;
            } else {
                fail(row, ErrorCode.NUMERIC_OUT_OF_RANGE, vector);
            }
        }
        return new LongVector(to, lanes, out, validity());
    }

    private Vector toDecimal(Vector vector, double[] values, int lanes, Selection rows) {
        int scale = ((Type.Decimal) to).scale();
        boolean isWide = to.physical() == Physical.WIDE;
        out = Scratch.longs(out, lanes);
        outHigh = isWide ? Scratch.longs(outHigh, lanes) : outHigh;
        double unit = scale <= SHORT_DIGITS ? Math.pow(10, scale) : Double.NaN;
        int precision = ((Type.Decimal) to).precision();
        double bound = Math.pow(10, Math.min(precision, SHORT_DIGITS));
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            double shortUnscaled = Math.rint(values[row] * unit);
            if (from instanceof Type.DoublePrecision
                    && Math.abs(shortUnscaled) < bound
                    && shortUnscaled / unit == values[row]) {
                out[row] = (long) shortUnscaled;
                if (isWide) {
                    outHigh[row] = out[row] >> 63;
                }
                continue;
            }
            BigInteger result = decimal(values[row], scale);
            if (result == null || !ExactNumbers.fits(result, to)) {
                fail(row, ErrorCode.NUMERIC_OUT_OF_RANGE, vector);
                continue;
            }
            out[row] = result.longValue();
            if (isWide) {
                outHigh[row] = result.shiftRight(64).longValue();
            }
        }
        return isWide
                ? new WideVector(to, lanes, outHigh, out, validity())
                : new LongVector(to, lanes, out, validity());
    }

    /// The unscaled number; null for what is not finite or far too large.
    private @Nullable BigInteger decimal(double value, int scale) {
        if (!(Math.abs(value) < 1e39)) {
            return null;
        }
        String shortest =
                from instanceof Type.Real ? Float.toString((float) value) : Double.toString(value);
        return ExactNumbers.unscaled(new BigDecimal(shortest), scale);
    }
}
