package io.basaltdb.query.expression;

import io.basaltdb.query.function.LongLanes;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.function.ZoneClock;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// A timestamp's time of day; that of an instant is the session zone's. Nanoseconds are cut.
final class TimeOfDayCast extends CastLoop {
    private final ZoneClock clock;
    private final long perSecond;
    private final LongLanes longs = new LongLanes();
    private long[] out = new long[0];

    TimeOfDayCast(Type from, ZoneId zone) {
        super(from, Type.TIME, false);
        this.clock = new ZoneClock(zone);
        this.perSecond =
                from instanceof Type.TimestampTz instant
                        ? instant.unitsPerSecond()
                        : ((Type.Timestamp) from).unitsPerSecond();
    }

    @Override
    Vector convert(Vector vector, int lanes, @Nullable Selection selection) {
        long[] values = longs.read(vector, lanes);
        out = Scratch.longs(out, lanes);
        boolean isInstant = from instanceof Type.TimestampTz;
        long perMicrosecond = perSecond / 1_000_000;
        Selection rows = rows(lanes, selection);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            long ticks = isInstant ? clock.toLocal(values[row], perSecond) : values[row];
            out[row] =
                    Math.floorMod(
                            Math.floorDiv(ticks, perMicrosecond), Type.Time.MICROSECONDS_PER_DAY);
        }
        return new LongVector(to, lanes, out, validity());
    }
}
