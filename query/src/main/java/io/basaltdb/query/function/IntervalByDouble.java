package io.basaltdb.query.function;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An interval times or through a REAL or DOUBLE, rounded to whole months or microseconds.
final class IntervalByDouble extends StrictLoop {
    private static final double LIMIT = 0x1p63;

    private final boolean intervalFirst;
    private final boolean isDivision;
    private final LongLanes intervals = new LongLanes();
    private final DoubleLanes factors = new DoubleLanes();
    private long[] out = new long[0];

    IntervalByDouble(Type result, boolean intervalFirst, boolean isDivision) {
        super(result);
        this.intervalFirst = intervalFirst;
        this.isDivision = isDivision;
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        long[] interval = intervals.read(arguments.get(intervalFirst ? 0 : 1), size);
        double[] factor = factors.read(arguments.get(intervalFirst ? 1 : 0), size);
        out = Scratch.longs(out, size);
        Selection live = live(size, selection, valid);
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            out[row] = scale(interval[row], factor[row]);
        }
        return new LongVector(type, size, out, valid);
    }

    private long scale(long interval, double factor) {
        if (isDivision && factor == 0) {
            throw new BasaltException(
                    ErrorCode.DIVISION_BY_ZERO, "division of an interval by zero");
        }
        double result = Math.rint(isDivision ? interval / factor : interval * factor);
        if (!(result >= -LIMIT && result < LIMIT)) {
            throw new BasaltException(
                    ErrorCode.DATETIME_OVERFLOW,
                    "interval out of range: " + interval + (isDivision ? " / " : " * ") + factor);
        }
        return (long) result;
    }
}
