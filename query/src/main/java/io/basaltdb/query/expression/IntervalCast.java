package io.basaltdb.query.expression;

import io.basaltdb.query.function.LongLanes;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.IntervalBits;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import org.jspecify.annotations.Nullable;

/// Months, or microseconds whose whole days become days, to INTERVAL.
final class IntervalCast extends CastLoop {
    private final boolean isMonths;
    private final LongLanes longs = new LongLanes();
    private long[] high = new long[0];
    private long[] low = new long[0];

    IntervalCast(Type from, boolean orNull) {
        super(from, Type.INTERVAL, orNull);
        this.isMonths =
                from instanceof Type.Interval(Type.Interval.Unit unit)
                        && unit == Type.Interval.Unit.MONTHS;
    }

    @Override
    Vector convert(Vector vector, int lanes, @Nullable Selection selection) {
        long[] values = longs.read(vector, lanes);
        high = Scratch.longs(high, lanes);
        low = Scratch.longs(low, lanes);
        Selection rows = rows(lanes, selection);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            long months = isMonths ? values[row] : 0;
            long days = isMonths ? 0 : values[row] / IntervalBits.MICROS_PER_DAY;
            long micros = isMonths ? 0 : values[row] % IntervalBits.MICROS_PER_DAY;
            if (IntervalBits.fits(months, days)) {
                high[row] = IntervalBits.high(months, days, micros);
                low[row] = IntervalBits.low(months, days, micros);
            } else {
                fail(row, ErrorCode.DATETIME_OVERFLOW, vector);
            }
        }
        return new WideVector(to, lanes, high, low, validity());
    }
}
