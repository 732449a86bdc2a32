package io.basaltdb.query.function;

import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SIGN of numbers.
final class SignumLoop extends StrictLoop {
    private final WideLanes exact = new WideLanes();
    private final DoubleLanes floats = new DoubleLanes();
    private double[] outDoubles = new double[0];
    private long[] out = new long[0];

    SignumLoop(CallSite site) {
        super(site.result());
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        Vector vector = arguments.getFirst();
        if (Numbers.isApproximate(vector.type())) {
            double[] values = floats.read(vector, size);
            outDoubles = Scratch.doubles(outDoubles, size);
            for (int i = 0; i < size; i++) {
                outDoubles[i] = Math.signum(values[i]);
            }
            return new DoubleVector(type, size, outDoubles, valid);
        }
        exact.read(vector, size);
        long[] high = exact.high();
        long[] low = exact.low();
        out = Scratch.longs(out, size);
        for (int i = 0; i < size; i++) {
            long sign = high[i] >> 63;
            long bits = high[i] | low[i];
            // -1 for negative numbers, else 1 where some bit is set.
            out[i] = sign | ((bits | -bits) >>> 63);
        }
        return new LongVector(type, size, out, valid, 1);
    }
}
