package io.basaltdb.query.function;

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

/// The value at a point between two others, on the straight line between their values: `left`, `right`, the points of both, the point. Exact for exact
/// numbers: a DECIMAL is rounded, a whole number cut towards zero.
final class InterpolationLoop extends StrictLoop {
    private final WideLanes[] exact = {new WideLanes(), new WideLanes()};
    private final DoubleLanes[] floating = {new DoubleLanes(), new DoubleLanes()};
    private final LongLanes[] points = {new LongLanes(), new LongLanes(), new LongLanes()};
    private long[] low = {};
    private long[] high = {};
    private double[] doubles = {};

    InterpolationLoop(CallSite site) {
        super(site.result());
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        Selection live = live(size, selection, valid);
        long[] from = points[0].read(arguments.get(2), size);
        long[] to = points[1].read(arguments.get(3), size);
        long[] at = points[2].read(arguments.get(4), size);
        if (Numbers.isApproximate(type)) {
            double[] left = floating[0].read(arguments.get(0), size);
            double[] right = floating[1].read(arguments.get(1), size);
            doubles = Scratch.doubles(doubles, size);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                double share =
                        ((double) at[row] - (double) from[row])
                                / ((double) to[row] - (double) from[row]);
                double value = left[row] + (right[row] - left[row]) * share;
                doubles[row] = type instanceof Type.Real ? (float) value : value;
            }
            return new DoubleVector(type, size, doubles, valid);
        }
        exact[0].read(arguments.get(0), size);
        exact[1].read(arguments.get(1), size);
        low = Scratch.longs(low, size);
        high = Scratch.longs(high, size);
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            BigInteger value = between(row, from[row], to[row], at[row]);
            low[row] = value.longValue();
            high[row] = value.shiftRight(64).longValue();
        }
        return switch (type.physical()) {
            case LONG -> new LongVector(type, size, low, valid);
            case WIDE -> new WideVector(type, size, high, low, valid);
            case DOUBLE, BITS, BYTES -> throw new AssertionError("no number: " + type.sql());
        };
    }

    private BigInteger between(int row, long from, long to, long at) {
        BigInteger behind = BigInteger.valueOf(to).subtract(BigInteger.valueOf(at));
        BigInteger before = BigInteger.valueOf(at).subtract(BigInteger.valueOf(from));
        BigInteger sum = exact[0].get(row).multiply(behind).add(exact[1].get(row).multiply(before));
        RoundingMode mode = type instanceof Type.Int ? RoundingMode.DOWN : RoundingMode.HALF_UP;
        return new BigDecimal(sum)
                .divide(new BigDecimal(behind.add(before)), 0, mode)
                .toBigIntegerExact();
    }
}
