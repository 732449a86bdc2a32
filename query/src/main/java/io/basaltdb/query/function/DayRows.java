package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Functions of the local date of a point in time, row by row.
final class DayRows extends StrictLoop {
    private final LocalTime time;
    private final LongRows.Unary number;
    private final boolean isMonthName;
    private final TextOutput text = new TextOutput();
    private long[] out = new long[0];

    private DayRows(CallSite site, LongRows.Unary number, boolean isMonthName) {
        super(site.result());
        this.time = new LocalTime(site.argument(0), site.context().zone());
        this.number = number;
        this.isMonthName = isMonthName;
    }

    /// A number of the date.
    static Definition.Binder number(LongRows.Unary number) {
        return site -> new DayRows(site, number, false);
    }

    /// The English name of the month, or of the day of the week.
    static Definition.Binder name(boolean ofMonth) {
        return site -> new DayRows(site, days -> days, ofMonth);
    }

    @Override
    Vector compute(
            List<Vector> arguments,
            int size,
            @Nullable Selection selection,
            long @Nullable [] valid) {
        Selection live = live(size, selection, valid);
        long[] days = time.days(arguments.getFirst(), size, live);
        boolean isText = type.physical() == Physical.BYTES;
        out = Scratch.longs(out, size);
        text.begin(isText ? size : 0);
        for (int i = 0; i < live.count(); i++) {
            int row = live.rows()[i];
            if (isText) {
                text.append(name(days[row]));
                text.end(row);
            } else {
                out[row] = number.apply(days[row]);
            }
        }
        return isText ? text.vector(size, valid) : new LongVector(type, size, out, valid);
    }

    private String name(long days) {
        return isMonthName
                ? Month.of((int) Calendar.month(Calendar.civil(days)))
                        .getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                : DayOfWeek.of((int) Calendar.isoDayOfWeek(days))
                        .getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }
}
