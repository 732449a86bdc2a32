package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many borders of the unit lie between the second and the third argument.
final class DateDiffLoop extends StrictLoop {
    private final CalendarUnit unit;
    private final LocalTime from;
    private final LocalTime to;
    private long[] out = new long[0];

    DateDiffLoop(CallSite site, CalendarUnit unit) {
        super(site.result());
        this.unit = unit;
        this.from = new LocalTime(site.argument(1), site.context().zone());
        this.to = new LocalTime(site.argument(2), site.context().zone());
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        out = Scratch.longs(out, size);
        Selection live = live(size, selection, valid);
        long[] a = ordinals(from, arguments.get(1), size, live);
        long[] b = ordinals(to, arguments.get(2), size, live);
        long fromFactor = factor(from);
        long toFactor = factor(to);
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            out[row] = ordinal(b[row], to, toFactor) - ordinal(a[row], from, fromFactor);
        }
        return new LongVector(type, size, out, valid);
    }

    private long[] ordinals(LocalTime time, Vector vector, int size, Selection live) {
        return unit.isDays() ? time.days(vector, size, live) : time.ticks(vector, size, live);
    }

    /// Nanoseconds of a tick.
    private static long factor(LocalTime time) {
        return 1_000_000_000 / time.perSecond();
    }

    /// The number of the unit that the day or tick lies in.
    private long ordinal(long value, LocalTime time, long factor) {
        return switch (unit) {
            case DAY -> value;
            case WEEK -> Math.floorDiv(value + 3, 7L);
            case MONTH, QUARTER, YEAR, DECADE, CENTURY, MILLENNIUM -> calendar(value);
            case HOUR -> Math.floorDiv(value, 3600 * time.perSecond());
            case MINUTE -> Math.floorDiv(value, 60 * time.perSecond());
            case SECOND -> Math.floorDiv(value, time.perSecond());
            case MILLISECOND -> Math.floorDiv(value, time.perSecond() / 1000);
            case MICROSECOND -> Math.floorDiv(value, time.perSecond() / 1_000_000);
            case NANOSECOND -> value * factor;
        };
    }

    private long calendar(long days) {
        long civil = Calendar.civil(days);
        long year = Calendar.year(civil);
        return switch (unit) {
            case MONTH -> year * 12 + Calendar.month(civil);
            case QUARTER -> year * 4 + (Calendar.month(civil) - 1) / 3;
            case YEAR -> year;
            case DECADE -> Math.floorDiv(year, 10L);
            case CENTURY -> Math.floorDiv(year - 1, 100L);
            case MILLENNIUM -> Math.floorDiv(year - 1, 1000L);
            case DAY, WEEK, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND ->
                    throw new AssertionError();
        };
    }
}
