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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Negation and absolute value of numbers and intervals. Only the smallest integer has no opposite.
final class SignLoop extends StrictLoop {
    private final boolean isAbsolute;
    private final LongLanes longs = new LongLanes();
    private final DoubleLanes doubles = new DoubleLanes();
    private final WideLanes wide = new WideLanes();
    private long[] out = new long[0];
    private long[] outHigh = new long[0];
    private double[] outDoubles = new double[0];

    SignLoop(Type result, boolean isAbsolute) {
        super(result);
        this.isAbsolute = isAbsolute;
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        Vector in = arguments.getFirst();
        if (type.physical() == Physical.DOUBLE) {
            return approximate(in, size, valid);
        }
        return WideLanes.isWide(in) ? wide(in, size, valid) : narrow(in, size, selection, valid);
    }

    private Vector approximate(Vector in, int size, long @Nullable [] valid) {
        double[] values = doubles.read(in, size);
        outDoubles = Scratch.doubles(outDoubles, size);
        if (isAbsolute) {
            Arithmetic.abs(values, outDoubles, size);
        } else {
            Arithmetic.negate(values, outDoubles, size);
        }
        return new DoubleVector(type, size, outDoubles, valid);
    }

    private Vector narrow(
            Vector in, int size, @Nullable Selection selection, long @Nullable [] valid) {
        long[] values = longs.read(in, size);
        out = Scratch.longs(out, size);
        if (isAbsolute) {
            Arithmetic.abs(values, out, size);
        } else {
            Arithmetic.negate(values, out, size);
        }
        int bits = Math.min(longs.magnitudeBits(), Math.min(63, Numbers.magnitudeBits(type)));
        long min = type instanceof Type.Int whole ? whole.min() : Long.MIN_VALUE;
        if (!(type instanceof Type.Decimal)
                && Arithmetic.outside(values, min + 1, Long.MAX_VALUE, size) != 0) {
            refuse(values, min, live(size, selection, valid));
        }
        return new LongVector(type, size, out, valid, Math.min(63, bits + 1));
    }

    private void refuse(long[] values, long min, Selection live) {
        for (int i = 0; i < live.count(); i++) {
            if (values[live.rows()[i]] == min) {
                throw new BasaltException(
                        ErrorCode.NUMERIC_OUT_OF_RANGE,
                        type.sql() + " out of range: -(" + min + ")");
            }
        }
    }

    private Vector wide(Vector in, int size, long @Nullable [] valid) {
        wide.read(in, size);
        out = Scratch.longs(out, size);
        outHigh = Scratch.longs(outHigh, size);
        for (int i = 0; i < size; i++) {
            long sign = isAbsolute ? wide.high()[i] >> 63 : -1;
            long low = (wide.low()[i] ^ sign) - sign;
            out[i] = low;
            outHigh[i] = (wide.high()[i] ^ sign) + (low == 0 ? -sign : 0);
        }
        return new WideVector(type, size, outHigh, out, valid);
    }
}
