package io.basaltdb.query.function;

import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.IntervalBits;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arithmetic of INTERVAL, part by part, as in PostgreSQL: months move the calendar date, days the date (of TIMESTAMP WITH TIME ZONE in the session's zone), microseconds the
/// time; what is not whole in a product goes on to the next smaller part.
final class IntervalArithmetic {
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double MICROS_PER_SECOND = 1_000_000;

    private IntervalArithmetic() {}

    /// Whether the parts of an interval are what matters: one is an INTERVAL, or the two intervals are of different families.
    static boolean concerns(List<Type> arguments) {
        return arguments.stream().anyMatch(Type.CalendarInterval.class::isInstance)
                || (arguments.size() == 2
                        && arguments.get(0) instanceof Type.Interval
                        && arguments.get(1) instanceof Type.Interval
                        && !arguments.get(0).equals(arguments.get(1)));
    }

    static @Nullable Type sum(List<Type> arguments, boolean isDifference) {
        if (arguments.size() != 2) {
            return null;
        }
        Type left = arguments.get(0);
        Type right = arguments.get(1);
        if (IntervalLanes.reads(left) && IntervalLanes.reads(right)) {
            return Type.INTERVAL;
        }
        @Nullable Type moved = right instanceof Type.CalendarInterval ? moved(left) : null;
        return moved != null || isDifference || !(left instanceof Type.CalendarInterval)
                ? moved
                : moved(right);
    }

    private static @Nullable Type moved(Type point) {
        return switch (point) {
            case Type.Date _ -> Type.TIMESTAMP;
            case Type.Timestamp _, Type.TimestampTz _, Type.Time _ -> point;
            case Type.Bool _, Type.Int _, Type.Real _, Type.DoublePrecision _, Type.Decimal _ ->
                    null;
            case Type.Text _, Type.Opaque _, Type.Interval _, Type.Null _ -> null;
        };
    }

    static ScalarLoop bindSum(CallSite site, boolean isDifference) {
        Type left = site.argument(0);
        Type right = site.argument(1);
        if (IntervalLanes.reads(left) && IntervalLanes.reads(right)) {
            return new Sum(left, right, isDifference);
        }
        boolean intervalFirst = IntervalLanes.reads(left);
        return new Move(site, intervalFirst, isDifference);
    }

    static @Nullable Type scaled(List<Type> arguments, boolean isDivision) {
        if (arguments.size() != 2) {
            return null;
        }
        boolean first = IntervalLanes.reads(arguments.get(0)) && Numbers.isNumber(arguments.get(1));
        boolean second =
                !isDivision
                        && IntervalLanes.reads(arguments.get(1))
                        && Numbers.isNumber(arguments.get(0));
        return first || second ? Type.INTERVAL : null;
    }

    static ScalarLoop bindScaling(CallSite site, boolean isDivision) {
        return new Scaling(site, isDivision);
    }

    static ScalarLoop bindNegation(Type type) {
        return new Sum(type, type, true) {
            @Override
            void read(List<Vector> arguments, int size) {
                second.read(arguments.getFirst(), size);
            }

            @Override
            void row(int row) {
                second.load(row);
                put(row, -second.months(), -second.days(), Math.negateExact(second.micros()));
            }
        };
    }

    /// The sum or difference of two intervals.
    private static class Sum extends IntervalLoop {
        private final IntervalLanes first;
        final IntervalLanes second;
        private final boolean isDifference;

        Sum(Type left, Type right, boolean isDifference) {
            this.first = new IntervalLanes(left);
            this.second = new IntervalLanes(right);
            this.isDifference = isDifference;
        }

        @Override
        void read(List<Vector> arguments, int size) {
            first.read(arguments.get(0), size);
            second.read(arguments.get(1), size);
        }

        @Override
        void row(int row) {
            first.load(row);
            second.load(row);
            if (isDifference) {
                put(
                        row,
                        Math.subtractExact(first.months(), second.months()),
                        Math.subtractExact(first.days(), second.days()),
                        Math.subtractExact(first.micros(), second.micros()));
            } else {
                put(
                        row,
                        Math.addExact(first.months(), second.months()),
                        Math.addExact(first.days(), second.days()),
                        Math.addExact(first.micros(), second.micros()));
            }
        }
    }

    /// An interval times or through a number.
    private static final class Scaling extends IntervalLoop {
        private static final double EXACT = 0x1p53;

        private final boolean intervalFirst;
        private final boolean isDivision;
        private final IntervalLanes intervals;
        private final DoubleLanes factors = new DoubleLanes();
        private double[] factor = new double[0];

        Scaling(CallSite site, boolean isDivision) {
            this.intervalFirst = IntervalLanes.reads(site.argument(0));
            this.isDivision = isDivision;
            this.intervals = new IntervalLanes(site.argument(intervalFirst ? 0 : 1));
        }

        @Override
        void read(List<Vector> arguments, int size) {
            intervals.read(arguments.get(intervalFirst ? 0 : 1), size);
            factor = factors.read(arguments.get(intervalFirst ? 1 : 0), size);
        }

        @Override
        void row(int row) {
            intervals.load(row);
            double by = factor[row];
            if (isDivision && by == 0) {
                throw new BasaltException(
                        ErrorCode.DIVISION_BY_ZERO, "division of an interval by zero");
            }
            if (!isDivision && by == Math.rint(by) && Math.abs(by) < EXACT) {
                long times = (long) by;
                put(
                        row,
                        Math.multiplyExact(intervals.months(), times),
                        Math.multiplyExact(intervals.days(), times),
                        Math.multiplyExact(intervals.micros(), times));
                return;
            }
            double months = scaled(intervals.months(), by);
            double days = scaled(intervals.days(), by);
            long wholeMonths = whole(months);
            long wholeDays = whole(days);
            double moreDays = rounded((months - wholeMonths) * IntervalBits.DAYS_PER_MONTH);
            double seconds =
                    rounded((days - wholeDays + moreDays - (long) moreDays) * SECONDS_PER_DAY);
            if (Math.abs(seconds) >= SECONDS_PER_DAY) {
                long over = (long) (seconds / SECONDS_PER_DAY);
                wholeDays += over;
                seconds -= over * SECONDS_PER_DAY;
            }
            put(
                    row,
                    wholeMonths,
                    wholeDays + (long) moreDays,
                    whole(Math.rint(scaled(intervals.micros(), by) + seconds * MICROS_PER_SECOND)));
        }

        private double scaled(long part, double by) {
            return isDivision ? part / by : part * by;
        }

        /// To whole microparts: what was lost by dividing must not become a part of its own.
        private static double rounded(double number) {
            return Math.rint(number * MICROS_PER_SECOND) / MICROS_PER_SECOND;
        }
    }

    /// A point in time moved by an interval.
    private static final class Move extends StrictLoop {
        private final boolean intervalFirst;
        private final int sign;
        private final Type point;
        private final long perSecond;
        private final ZoneClock clock;
        private final IntervalLanes intervals;
        private final LongLanes points = new LongLanes();
        private long[] out = new long[0];

        Move(CallSite site, boolean intervalFirst, boolean isDifference) {
            super(site.result());
            this.intervalFirst = intervalFirst;
            this.sign = isDifference ? -1 : 1;
            this.point = site.argument(intervalFirst ? 1 : 0);
            this.perSecond =
                    TimeArithmetic.ticksPerSecond(
                            point instanceof Type.Date ? site.result() : point);
            this.clock = new ZoneClock(site.context().zone());
            this.intervals = new IntervalLanes(site.argument(intervalFirst ? 0 : 1));
        }

        @Override
        Vector compute(
                List<Vector> arguments,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            long[] from = points.read(arguments.get(intervalFirst ? 1 : 0), size);
            intervals.read(arguments.get(intervalFirst ? 0 : 1), size);
            out = Scratch.longs(out, size);
            Selection live = live(size, selection, valid);
            try {
                for (int i = 0; i < live.count(); i++) {
                    int row = live.rows()[i];
                    intervals.load(row);
                    out[row] = moved(from[row]);
                }
            } catch (ArithmeticException e) {
                throw new BasaltException(
                        ErrorCode.DATETIME_OVERFLOW, "date or timestamp out of range", e);
            }
            return new LongVector(type, size, out, valid);
        }

        private long moved(long from) {
            long micros = intervals.micros();
            if (point instanceof Type.Time) {
                // A clock goes round.
                return Math.floorMod(
                        from + sign * (micros % IntervalBits.MICROS_PER_DAY),
                        IntervalBits.MICROS_PER_DAY);
            }
            long perDay = 86_400 * perSecond;
            long months = sign * intervals.months();
            long days = sign * intervals.days();
            boolean isInstant = point instanceof Type.TimestampTz;
            long ticks = point instanceof Type.Date ? Math.multiplyExact(from, perDay) : from;
            if (months != 0 || days != 0) {
                long local = isInstant ? clock.toLocal(ticks, perSecond) : ticks;
                long day = Math.floorDiv(local, perDay);
                long ofDay = local - day * perDay;
                long moved = Calendar.plusMonths(day, months) + days;
                local = Math.addExact(Math.multiplyExact(moved, perDay), ofDay);
                ticks = isInstant ? clock.toInstant(local, perSecond) : local;
            }
            long more = Math.multiplyExact(micros, perSecond / 1_000_000);
            return sign < 0 ? Math.subtractExact(ticks, more) : Math.addExact(ticks, more);
        }
    }
}
