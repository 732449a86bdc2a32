package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One part of points in time: the last argument.
final class DatePartLoop extends StrictLoop {
    private final DatePart part;
    private final LocalTime time;
    private long[] out = new long[0];

    DatePartLoop(CallSite site, DatePart part) {
        super(site.result());
        this.part = part;
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
        Selection live =
                time.isInstant() ? live(size, selection, valid) : new Selection(new int[0], 0);
        switch (part) {
            case YEAR -> Calendar.years(time.days(vector, size, live), out, size);
            case MONTH -> Calendar.months(time.days(vector, size, live), out, size);
            case DAY -> Calendar.daysOfMonth(time.days(vector, size, live), out, size);
            case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND ->
                    clock(vector, size, live);
            case EPOCH -> epoch(vector, size);
            case MILLENNIUM, CENTURY, DECADE, ISOYEAR, QUARTER, WEEK, DOY, DOW, ISODOW -> {
                long[] days = time.days(vector, size, live);
                for (int i = 0; i < size; i++) {
                    out[i] = calendar(days[i]);
                }
            }
        }
        return new LongVector(type, size, out, valid);
    }

    private void clock(Vector vector, int size, Selection live) {
        if (time.isDate()) {
            Arrays.fill(out, 0, size, 0);
            return;
        }
        long[] ticks = time.ticks(vector, size, live);
        long second = time.perSecond();
        switch (part) {
            case HOUR -> Calendar.cyclic(ticks, 86_400 * second, 3600 * second, out, size);
            case MINUTE -> Calendar.cyclic(ticks, 3600 * second, 60 * second, out, size);
            case SECOND -> Calendar.cyclic(ticks, 60 * second, second, out, size);
            case MILLISECOND -> Calendar.cyclic(ticks, 60 * second, second / 1000, out, size);
            case MICROSECOND -> Calendar.cyclic(ticks, 60 * second, second / 1_000_000, out, size);
            case NANOSECOND -> {
                Calendar.cyclic(ticks, 60 * second, 1, out, size);
                long factor = 1_000_000_000 / second;
                for (int i = 0; i < size; i++) {
                    out[i] *= factor;
                }
            }
            case YEAR, MONTH, DAY, EPOCH, MILLENNIUM, CENTURY, DECADE -> throw new AssertionError();
            case ISOYEAR, QUARTER, WEEK, DOY, DOW, ISODOW -> throw new AssertionError();
        }
    }

    private void epoch(Vector vector, int size) {
        long[] stored = time.stored(vector, size);
        if (time.isDate()) {
            for (int i = 0; i < size; i++) {
                out[i] = stored[i] * 86_400;
            }
        } else {
            Calendar.floor(stored, time.perSecond(), out, size);
        }
    }

    private long calendar(long days) {
        return switch (part) {
            case MILLENNIUM -> countFromOne(Calendar.year(Calendar.civil(days)), 1000);
            case CENTURY -> countFromOne(Calendar.year(Calendar.civil(days)), 100);
            case DECADE -> Math.floorDiv(Calendar.year(Calendar.civil(days)), 10L);
            case ISOYEAR -> Calendar.isoYear(days);
            case QUARTER -> (Calendar.month(Calendar.civil(days)) + 2) / 3;
            case WEEK -> Calendar.isoWeek(days);
            case DOY -> Calendar.dayOfYear(days);
            case DOW -> Calendar.isoDayOfWeek(days) % 7;
            case ISODOW -> Calendar.isoDayOfWeek(days);
            case YEAR, MONTH, DAY, EPOCH, HOUR, MINUTE, SECOND -> throw new AssertionError();
            case MILLISECOND, MICROSECOND, NANOSECOND -> throw new AssertionError();
        };
    }

    /// Stretches of years counted from the year 1: 1 … 100 is 1; before it, −99 … 0 is −1.
    private static long countFromOne(long year, long years) {
        return year > 0 ? (year + years - 1) / years : -((years - 1 - (year - 1)) / years);
    }
}
