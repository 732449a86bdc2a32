package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.time.ZoneId;

/// Reads points in time of any type as local days and ticks: what calendar functions work on. Instants are moved into the session's zone, only rows that count.
final class LocalTime {
    private final Type type;
    private final ZoneClock clock;
    private final LongLanes longs = new LongLanes();
    private long[] local = new long[0];
    private long[] days = new long[0];

    LocalTime(Type type, ZoneId zone) {
        this.type = type;
        this.clock = new ZoneClock(zone);
    }

    boolean isDate() {
        return type instanceof Type.Date;
    }

    boolean isInstant() {
        return type instanceof Type.TimestampTz;
    }

    /// Ticks of a second in [#ticks]; dates count in microseconds.
    long perSecond() {
        return TimeArithmetic.ticksPerSecond(type);
    }

    /// The ticks as they are stored: of instants in UTC.
    long[] stored(Vector vector, int size) {
        return longs.read(vector, size);
    }

    /// Local ticks since 1970-01-01 00:00; of dates their midnight, wrapped where that is out of range.
    long[] ticks(Vector vector, int size, Selection live) {
        long[] values = longs.read(vector, size);
        if (type instanceof Type.Timestamp || type instanceof Type.Time) {
            return values;
        }
        local = Scratch.longs(local, size);
        long perSecond = perSecond();
        if (isDate()) {
            long perDay = TimeArithmetic.MICROS_PER_DAY;
            for (int i = 0; i < size; i++) {
                local[i] = values[i] * perDay;
            }
        } else {
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                local[row] = clock.toLocal(values[row], perSecond);
            }
        }
        return local;
    }

    /// Local days since 1970-01-01.
    long[] days(Vector vector, int size, Selection live) {
        if (isDate()) {
            return longs.read(vector, size);
        }
        long[] ticks = ticks(vector, size, live);
        days = Scratch.longs(days, size);
        Calendar.daysOf(ticks, 86_400 * perSecond(), days, size);
        return days;
    }

    /// The stored ticks of a local time.
    long toStored(long ticks) {
        return isInstant() ? clock.toInstant(ticks, perSecond()) : ticks;
    }
}
