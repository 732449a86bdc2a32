package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The beginning of the unit, or of so many units, that a point in time (the last argument) lies in; as that type, or as DATE or TIMESTAMP in local time.
final class TruncationLoop extends StrictLoop {
    private final CalendarUnit unit;
    private final int units;
    private final LocalTime time;
    private long[] out = new long[0];

    TruncationLoop(CallSite site, CalendarUnit unit, int units) {
        super(site.result());
        this.unit = unit;
        this.units = units;
        this.time = new LocalTime(site.arguments().getLast(), site.context().zone());
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        Vector vector = arguments.getLast();
        out = Scratch.longs(out, size);
        boolean needsRows = time.isInstant();
        Selection live = needsRows ? live(size, selection, valid) : new Selection(new int[0], 0);
        if (unit.isDays()) {
            days(time.days(vector, size, live), size);
            if (!(type instanceof Type.Date)) {
                long perDay = 86_400 * TimeArithmetic.ticksPerSecond(type);
                for (int i = 0; i < size; i++) {
                    out[i] *= perDay;
                }
            }
        } else {
            long[] ticks = time.ticks(vector, size, live);
            Calendar.truncate(ticks, ticks(unit, time.perSecond()) * units, 0, out, size);
            convert(size);
        }
        if (needsRows && type instanceof Type.TimestampTz) {
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                out[row] = time.toStored(out[row]);
            }
        }
        return new LongVector(type, size, out, valid);
    }

    /// From the argument's ticks to the result's.
    private void convert(int size) {
        if (type instanceof Type.Date) {
            Calendar.daysOf(out, 86_400 * time.perSecond(), out, size);
            return;
        }
        long from = time.perSecond();
        long to = TimeArithmetic.ticksPerSecond(type);
        for (int i = 0; i < size && from != to; i++) {
            out[i] = from > to ? Math.floorDiv(out[i], from / to) : out[i] * (to / from);
        }
    }

    private static long ticks(CalendarUnit unit, long perSecond) {
        return switch (unit) {
            case HOUR -> 3600 * perSecond;
            case MINUTE -> 60 * perSecond;
            case SECOND -> perSecond;
            case MILLISECOND -> Math.max(1, perSecond / 1000);
            case MICROSECOND -> Math.max(1, perSecond / 1_000_000);
            case NANOSECOND -> 1;
            case MILLENNIUM, CENTURY, DECADE, YEAR, QUARTER, MONTH, WEEK, DAY ->
                    throw new AssertionError();
        };
    }

    private void days(long[] days, int size) {
        for (int i = 0; i < size; i++) {
            out[i] = begin(unit, days[i]);
        }
    }

    /// The first day of the unit.
    static long begin(CalendarUnit unit, long days) {
        if (unit == CalendarUnit.DAY) {
            return days;
        }
        if (unit == CalendarUnit.WEEK) {
            return days + 1 - Calendar.isoDayOfWeek(days);
        }
        long civil = Calendar.civil(days);
        long year = Calendar.year(civil);
        return switch (unit) {
            case MONTH -> days - Calendar.day(civil) + 1;
            case QUARTER -> Calendar.days(year, (Calendar.month(civil) - 1) / 3 * 3 + 1, 1);
            case YEAR -> Calendar.days(year, 1, 1);
            case DECADE -> Calendar.days(Math.floorDiv(year, 10L) * 10, 1, 1);
            case CENTURY -> Calendar.days(Math.floorDiv(year - 1, 100L) * 100 + 1, 1, 1);
            case MILLENNIUM -> Calendar.days(Math.floorDiv(year - 1, 1000L) * 1000 + 1, 1, 1);
            case DAY, WEEK, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND ->
                    throw new AssertionError();
        };
    }
}
