package io.basaltdb.query.expression;

import io.basaltdb.query.function.LongLanes;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.function.ZoneClock;
import io.basaltdb.query.kernel.Arithmetic;
import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Between DATE, TIMESTAMP and TIMESTAMP WITH TIME ZONE. The session's zone acts where exactly one side is an instant; a precision that is smaller rounds.
final class TimeCast extends CastLoop {
    private static final long SECONDS_PER_DAY = 86_400;

    private final ZoneClock clock;
    private final LongLanes longs = new LongLanes();
    private final long fromPerSecond;
    private final long toPerSecond;
    private final boolean toLocal;
    private final boolean toInstant;

    /// Ticks of the target between two values of its precision.
    private final long step;

    private long[] out = new long[0];

    TimeCast(Type from, Type to, boolean orNull, ZoneId zone) {
        super(from, to, orNull);
        this.clock = new ZoneClock(zone);
        this.fromPerSecond = perSecond(from);
        this.toPerSecond = perSecond(to);
        this.toLocal = from instanceof Type.TimestampTz && !(to instanceof Type.TimestampTz);
        this.toInstant = to instanceof Type.TimestampTz && !(from instanceof Type.TimestampTz);
        this.step =
                to instanceof Type.Date
                        ? 1
                        : Math.max(1, toPerSecond / Arithmetic.powerOfTen(precision(to)));
    }

    private static long perSecond(Type type) {
        return type instanceof Type.Timestamp timestamp
                ? timestamp.unitsPerSecond()
                : type instanceof Type.TimestampTz instant ? instant.unitsPerSecond() : 1_000_000;
    }

    private static int precision(Type type) {
        return type instanceof Type.Timestamp(int precision)
                ? precision
                : ((Type.TimestampTz) type).precision();
    }

    @Override
    Vector convert(Vector vector, int lanes, @Nullable Selection selection) {
        long[] values = longs.read(vector, lanes);
        out = Scratch.longs(out, lanes);
        if (to instanceof Type.Date && !toLocal) {
            Calendar.daysOf(values, SECONDS_PER_DAY * fromPerSecond, out, lanes);
            return new LongVector(to, lanes, out, validity());
        }
        Selection rows = rows(lanes, selection);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            long ticks = values[row];
            if (toLocal) {
                ticks = clock.toLocal(ticks, fromPerSecond);
            }
            if (to instanceof Type.Date) {
                out[row] = Math.floorDiv(ticks, SECONDS_PER_DAY * fromPerSecond);
            } else {
                convert(row, ticks, vector);
            }
        }
        return new LongVector(to, lanes, out, validity());
    }

    private void convert(int row, long ticks, Vector vector) {
        long multiplier =
                from instanceof Type.Date
                        ? SECONDS_PER_DAY * toPerSecond
                        : toPerSecond > fromPerSecond ? toPerSecond / fromPerSecond : 1;
        long moved = ticks * multiplier;
        if (Math.multiplyHigh(ticks, multiplier) != moved >> 63) {
            fail(row, ErrorCode.DATETIME_OVERFLOW, vector);
            return;
        }
        if (!(from instanceof Type.Date)) {
            // Rounded once, from the finer ticks: from nanoseconds to milliseconds not by way of
            // microseconds.
            long divisor = fromPerSecond > toPerSecond ? fromPerSecond / toPerSecond : 1;
            long unit = divisor * step;
            if (unit > 1) {
                moved = Math.floorDiv(moved + unit / 2, unit) * step;
            }
        }
        out[row] = toInstant ? clock.toInstant(moved, toPerSecond) : moved;
    }
}
