package io.basaltdb.query.function;

import io.basaltdb.query.function.NestedArguments.Form;
import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;

/// A list for each row of an ordered series: its own point, and the points of a grid that lie in the gaps beside it. The gap before a row belongs to the
/// row before it; only the first row has one of its own.
///
/// The grid begins at an anchor and goes on in equal steps, or in months; what lies before the beginning, or from the end on, is no part of it. Points that
/// some row has are not given twice. Descending series have steps below zero.
final class FillPoints {
    /// Most points of one gap.
    private static final int MAX_POINTS = 1_000_000;

    private static final int POINT = 0;
    private static final int PREVIOUS = 1;
    private static final int NEXT = 2;

    /// 1 for the first row of its series.
    private static final int ROW_NUMBER = 3;

    /// Where the grid begins; NULL: at the anchor, with nothing before the first row.
    private static final int FROM = 4;

    private static final int ANCHOR = 5;

    /// NULL: the last row ends the grid.
    private static final int TO = 6;

    private static final int STEP = 7;

    /// 1 where points descend.
    private static final int DESCENDING = 8;

    /// NULL where there is no row at all.
    private static final int PRESENT = 9;

    private final Type type;
    private final boolean isInMonths;
    private final long ticksPerStepUnit;
    private final long ticksPerDay;
    private final long ticksPerSecond;
    private final ZoneClock clock;
    private final CallSite site;

    private FillPoints(CallSite site) {
        this.site = site;
        type = site.argument(POINT);
        Type step = site.argument(STEP);
        isInMonths =
                step instanceof Type.Interval interval
                        && interval.unit() == Type.Interval.Unit.MONTHS;
        boolean isTime = Accepts.isTimestamp(type);
        ticksPerSecond = isTime ? TimeArithmetic.ticksPerSecond(type) : 1;
        ticksPerDay = isTime ? 86_400 * ticksPerSecond : 1;
        ticksPerStepUnit =
                !isTime
                        ? 1
                        : step instanceof Type.Interval
                                ? ticksPerSecond / 1_000_000
                                : ticksPerSecond;
        clock = new ZoneClock(site.context().zone());
    }

    static ScalarLoop bind(CallSite site) {
        FillPoints points = new FillPoints(site);
        return NestedRows.always(NestedResult.Form.NESTED, points::compute, Form.NUMBER).bind(site);
    }

    private void compute(NestedArguments a, int row, NestedResult out) {
        boolean descends = a.number(DESCENDING, row) == 1;
        long step = step(a.number(STEP, row), descends);
        boolean hasPoint = !a.isNull(POINT, row) && !a.isNull(PRESENT, row);
        boolean isFirst =
                a.isNull(PREVIOUS, row)
                        && (hasPoint || (a.number(ROW_NUMBER, row) == 1 && a.isNull(NEXT, row)));
        Gap gap = new Gap(a, row, out, step);
        if (isFirst && !a.isNull(FROM, row)) {
            gap.fill(0, hasPoint ? POINT : TO);
        }
        if (hasPoint) {
            out.writer().putLong(a.number(POINT, row));
            gap.fill(gap.firstBehind(a.number(POINT, row)), a.isNull(NEXT, row) ? TO : NEXT);
        } else if (!a.isNull(PRESENT, row)) {
            out.writer().putNull();
        }
        out.endNested();
    }

    /// The step in ticks, or in months.
    private long step(long given, boolean descends) {
        if (given == 0 || given < 0 != descends) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    descends
                            ? "the step through a descending order must be less than 0"
                            : "the step from one filled row to the next must be greater than 0");
        }
        if (isInMonths) {
            return given;
        }
        if (type instanceof Type.Date && site.argument(STEP) instanceof Type.Interval) {
            if (given % TimeArithmetic.MICROS_PER_DAY != 0) {
                throw new BasaltException(
                        ErrorCode.INVALID_ARGUMENT,
                        "the step from one date to the next must be whole days; cast the dates to"
                                + " TIMESTAMP for a shorter one");
            }
            return given / TimeArithmetic.MICROS_PER_DAY;
        }
        return inRange(() -> Math.multiplyExact(given, ticksPerStepUnit));
    }

    private interface Computation {
        long value();
    }

    private static long inRange(Computation computation) {
        try {
            return computation.value();
        } catch (ArithmeticException e) {
            throw new BasaltException(
                    ErrorCode.DATETIME_OVERFLOW, "the rows to be filled in are out of range", e);
        }
    }

    /// The grid beside one row.
    private final class Gap {
        private final NestedArguments a;
        private final int row;
        private final NestedResult out;
        private final long step;
        private final long anchor;

        Gap(NestedArguments a, int row, NestedResult out, long step) {
            this.a = a;
            this.row = row;
            this.out = out;
            this.step = step;
            this.anchor = a.number(a.isNull(FROM, row) ? ANCHOR : FROM, row);
        }

        private long at(long index) {
            return inRange(() -> {
                long distance = Math.multiplyExact(index, step);
                return isInMonths ? months(distance) : Math.addExact(anchor, distance);
            });
        }

        private long months(long count) {
            int months = Math.toIntExact(count);
            boolean isInstant = type instanceof Type.TimestampTz;
            long local = isInstant ? clock.toLocal(anchor, ticksPerSecond) : anchor;
            long day = Math.floorDiv(local, ticksPerDay);
            long moved =
                    Math.addExact(
                            Math.multiplyExact(Calendar.plusMonths(day, months), ticksPerDay),
                            local - day * ticksPerDay);
            return isInstant ? clock.toInstant(moved, ticksPerSecond) : moved;
        }

        private boolean isBefore(long left, long right) {
            return step > 0 ? left < right : left > right;
        }

        /// The number of the first point of the grid behind that point.
        long firstBehind(long point) {
            if (a.isNull(FROM, row) && a.isNull(ANCHOR, row)) {
                return 0;
            }
            if (isBefore(point, anchor)) {
                return 0;
            }
            if (!isInMonths) {
                return inRange(() -> Math.floorDiv(Math.subtractExact(point, anchor), step) + 1);
            }
            long days = Math.floorDiv(point, ticksPerDay) - Math.floorDiv(anchor, ticksPerDay);
            // No month has more than 31 days: that many steps are surely not too many.
            long index = Math.max(0, days / 31 / step - 1);
            while (!isBefore(point, at(index))) {
                index++;
            }
            return index;
        }

        /// Gives the points from that number on that lie before the argument `end` and before the end of the grid.
        void fill(long first, int end) {
            if (a.isNull(end, row) || (a.isNull(FROM, row) && a.isNull(ANCHOR, row))) {
                return;
            }
            long bound = a.number(end, row);
            if (!a.isNull(TO, row) && isBefore(a.number(TO, row), bound)) {
                bound = a.number(TO, row);
            }
            long index = first;
            for (long point = at(index); isBefore(point, bound); point = at(++index)) {
                if (index - first == MAX_POINTS) {
                    throw tooMany();
                }
                out.writer().putLong(point);
            }
        }
    }

    private static BasaltException tooMany() {
        return new BasaltException(
                ErrorCode.PROGRAM_LIMIT,
                "more than "
                        + MAX_POINTS
                        + " rows would be filled into one gap; take a longer step, or bounds that are closer");
    }
}
