package io.basaltdb.query.function;

import io.basaltdb.storage.type.IntervalBits;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Vector;

/// Reads intervals of any type lane by lane: [#load], then [#months()], [#days()] and [#micros()]. Whole days of INTERVAL DAY TO SECOND are days.
final class IntervalLanes {
    private final Type type;
    private final WideLanes wide = new WideLanes();
    private final LongLanes longs = new LongLanes();
    private long[] values = new long[0];
    private long months;
    private long days;
    private long micros;

    IntervalLanes(Type type) {
        this.type = type;
    }

    static boolean reads(Type type) {
        return type instanceof Type.CalendarInterval || type instanceof Type.Interval;
    }

    void read(Vector vector, int size) {
        if (type instanceof Type.CalendarInterval) {
            wide.read(vector, size);
        } else {
            values = longs.read(vector, size);
        }
    }

    void load(int row) {
        switch (type) {
            case Type.Interval(Type.Interval.Unit unit) -> {
                boolean isMonths = unit == Type.Interval.Unit.MONTHS;
                months = isMonths ? values[row] : 0;
                days = isMonths ? 0 : values[row] / IntervalBits.MICROS_PER_DAY;
                micros = isMonths ? 0 : values[row] % IntervalBits.MICROS_PER_DAY;
            }
            default -> {
                months = IntervalBits.months(wide.low()[row]);
                days = IntervalBits.days(wide.low()[row]);
                micros = IntervalBits.micros(wide.high()[row], wide.low()[row]);
            }
        }
    }

    long months() {
        return months;
    }

    long days() {
        return days;
    }

    long micros() {
        return micros;
    }

    /// The half above of the length of an INTERVAL.
    long lengthHigh(int row) {
        return IntervalBits.lengthHigh(wide.high()[row]);
    }

    /// The half below.
    long lengthLow(int row) {
        return IntervalBits.lengthLow(wide.high()[row], wide.low()[row]);
    }
}
