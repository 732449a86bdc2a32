package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Arithmetic;
import io.basaltdb.storage.error.BasaltException;
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
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// FLOOR, CEIL, ROUND and TRUNC, the last two also to a number of digits. Integers and DECIMAL exactly, in the type of the call; doubles by scaling with a power of
/// ten.
final class Rounding extends StrictLoop {
    /// Where a number goes that lies between two.
    enum Direction {
        FLOOR(RoundingMode.FLOOR),
        CEIL(RoundingMode.CEILING),
        /// To the nearest, from the middle away from zero.
        ROUND(RoundingMode.HALF_UP),
        TRUNC(RoundingMode.DOWN);

        private final RoundingMode mode;

        Direction(RoundingMode mode) {
            this.mode = mode;
        }
    }

    private static final int MAX_DIGITS = 400;

    private final Direction direction;
    private final Type from;
    private final LongLanes longs = new LongLanes();
    private final WideLanes wide = new WideLanes();
    private final DoubleLanes doubles = new DoubleLanes();
    private final LongLanes digits = new LongLanes();
    private long[] out = new long[0];
    private long[] outHigh = new long[0];
    private double[] outDoubles = new double[0];

    Rounding(CallSite site, Direction direction) {
        super(site.result());
        this.direction = direction;
        this.from = site.argument(0);
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        Vector vector = arguments.getFirst();
        Selection live = live(size, selection, valid);
        long @Nullable [] places =
                arguments.size() > 1 ? digits.read(arguments.get(1), size) : null;
        if (Numbers.isApproximate(from)) {
            return approximate(vector, size, live, places, valid);
        }
        boolean isWide = type.physical() == Physical.WIDE;
        if (!isWide && !WideLanes.isWide(vector)) {
            Vector narrow = narrow(vector, size, live, places, valid);
            if (narrow != null) {
                return narrow;
            }
        }
        return single(vector, size, live, places, valid);
    }

    /// Digits after the point that stay; far-off requests mean the same as these.
    private static int places(long @Nullable [] places, int row) {
        return places == null ? 0 : Math.clamp(places[row], -MAX_DIGITS, MAX_DIGITS);
    }

    private @Nullable Vector narrow(
            Vector vector,
            int size,
            Selection live,
            long @Nullable [] places,
            long @Nullable [] valid) {
        long[] values = longs.read(vector, size);
        out = Scratch.longs(out, size);
        int scale = Numbers.scale(from);
        int toScale = Numbers.scale(type);
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            int kept = Math.min(places(places, row), scale);
            int dropped = scale - kept;
            int added = toScale - kept;
            if (dropped > 18 || added < 0 || added > 18) {
                return null;
            }
            long unit = Arithmetic.powerOfTen(dropped);
            long quotient = round(values[row], unit);
            long factor = Arithmetic.powerOfTen(added);
            long result = quotient * factor;
            if (Math.multiplyHigh(quotient, factor) != result >> 63
                    || !ExactNumbers.fits(result, type)) {
                return null;
            }
            out[row] = result;
        }
        return new LongVector(type, size, out, valid);
    }

    private long round(long value, long unit) {
        return switch (direction) {
            case FLOOR -> Math.floorDiv(value, unit);
            case CEIL -> Math.ceilDiv(value, unit);
            case TRUNC -> value / unit;
            case ROUND -> {
                long quotient = value / unit;
                long rest = Math.abs(value - quotient * unit);
                yield rest >= unit - rest ? quotient + (value < 0 ? -1 : 1) : quotient;
            }
        };
    }

    private Vector single(
            Vector vector,
            int size,
            Selection live,
            long @Nullable [] places,
            long @Nullable [] valid) {
        wide.read(vector, size);
        boolean isWide = type.physical() == Physical.WIDE;
        out = Scratch.longs(out, size);
        outHigh = isWide ? Scratch.longs(outHigh, size) : outHigh;
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            BigDecimal number = new BigDecimal(wide.get(row), Numbers.scale(from));
            BigDecimal rounded = number.setScale(places(places, row), direction.mode);
            BigInteger result = ExactNumbers.unscaled(rounded, Numbers.scale(type));
            if (!ExactNumbers.fits(result, type)) {
                throw new BasaltException(
                        ErrorCode.NUMERIC_OUT_OF_RANGE,
                        type.sql() + " out of range: " + rounded.toPlainString());
            }
            out[row] = result.longValue();
            if (isWide) {
                outHigh[row] = result.shiftRight(64).longValue();
            }
        }
        return isWide
                ? new WideVector(type, size, outHigh, out, valid)
                : new LongVector(type, size, out, valid);
    }

    private Vector approximate(
            Vector vector,
            int size,
            Selection live,
            long @Nullable [] places,
            long @Nullable [] valid) {
        double[] values = doubles.read(vector, size);
        outDoubles = Scratch.doubles(outDoubles, size);
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            double result = round(values[row], places(places, row));
            outDoubles[row] = type instanceof Type.Real ? (float) result : result;
        }
        return new DoubleVector(type, size, outDoubles, valid);
    }

    private double round(double value, int places) {
        if (places == 0) {
            return round(value);
        }
        double factor = Math.pow(10, Math.abs(places));
        double scaled = places > 0 ? value * factor : value / factor;
        if (places > 0 && !(Math.abs(scaled) < 0x1p52)) {
            // No digit that far behind the point.
            return value;
        }
        if (!Double.isFinite(scaled) || !Double.isFinite(factor)) {
            return Double.isFinite(value) ? 0 : value;
        }
        double rounded = round(scaled);
        return places > 0 ? rounded / factor : rounded * factor;
    }

    private double round(double value) {
        return switch (direction) {
            case FLOOR -> Math.floor(value);
            case CEIL -> Math.ceil(value);
            case TRUNC -> value < 0 ? Math.ceil(value) : Math.floor(value);
            case ROUND -> {
                double size = Math.abs(value);
                double below = Math.floor(size);
                yield Math.copySign(size - below >= 0.5 ? below + 1 : below, value);
            }
        };
    }
}
