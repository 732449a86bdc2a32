package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Seconds since 1970-01-01, with a fraction or without, as a timestamp.
final class EpochLoop extends StrictLoop {
    private final Type from;
    private final WideLanes exact = new WideLanes();
    private final DoubleLanes floats = new DoubleLanes();
    private long[] out = new long[0];

    EpochLoop(CallSite site) {
        super(site.result());
        this.from = site.argument(0);
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        Vector vector = arguments.getFirst();
        out = Scratch.longs(out, size);
        Selection live = live(size, selection, valid);
        long perSecond = TimeArithmetic.ticksPerSecond(type);
        if (Numbers.isApproximate(from)) {
            double[] values = floats.read(vector, size);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                out[row] = ticks(values[row], perSecond);
            }
        } else {
            exact.read(vector, size);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                out[row] = ticks(exact.get(row), Numbers.scale(from), perSecond);
            }
        }
        return new LongVector(type, size, out, valid);
    }

    private static long ticks(double seconds, long perSecond) {
        double ticks = Math.rint(seconds * perSecond);
        if (!(ticks >= -0x1p63 && ticks < 0x1p63)) {
            throw outOfRange(String.valueOf(seconds));
        }
        return (long) ticks;
    }

    private static long ticks(BigInteger unscaled, int scale, long perSecond) {
        BigDecimal ticks =
                new BigDecimal(unscaled, scale)
                        .multiply(BigDecimal.valueOf(perSecond))
                        .setScale(0, RoundingMode.HALF_UP);
        if (ticks.unscaledValue().bitLength() > 63) {
            throw outOfRange(unscaled.toString());
        }
        return ticks.longValueExact();
    }

    private static BasaltException outOfRange(String seconds) {
        return new BasaltException(
                ErrorCode.DATETIME_OVERFLOW,
                "timestamp out of range: " + seconds + " seconds after 1970-01-01");
    }
}
