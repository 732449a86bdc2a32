package io.basaltdb.query.function;

import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.query.kernel.Calendar;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.IntervalBits;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions of intervals: lengths, parts, and the same length in other parts.
public final class IntervalFunctions {
    private static final Type EXACT = new Type.Decimal(38, 0);
    private static final long MICROS_PER_HOUR = 3_600_000_000L;
    private static final long MICROS_PER_MINUTE = 60_000_000;
    private static final int PARTS = 7;

    /// What intervals are compared by.
    public static final ScalarFunction LENGTH =
            define(
                            "interval_length",
                            "how many microseconds an interval has, a month as 30 days and a day as 24 hours: what intervals are compared by",
                            arguments -> takesOne(arguments) ? EXACT : null,
                            site -> new LengthOf())
                    .converting(IntervalFunctions::asInterval);

    /// The months, days and microseconds of an interval, to be added up.
    public static final List<ScalarFunction> PARTS_OF =
            List.of(
                    part("interval months", IntervalLanes::months),
                    part("interval days", IntervalLanes::days),
                    part("interval microseconds", IntervalLanes::micros));

    /// The interval of three such sums.
    public static final ScalarFunction OF_SUMS =
            define(
                            "interval of sums",
                            "the interval of months, days and microseconds",
                            arguments -> arguments.size() == 3 ? Type.INTERVAL : null,
                            site -> new OfSums())
                    .fallible();

    private IntervalFunctions() {}

    static List<Definition> all() {
        return List.of(
                (Definition) LENGTH,
                define(
                                "justify_days",
                                "an interval whose days are fewer than 30: every 30 are a month",
                                arguments -> takesOne(arguments) ? Type.INTERVAL : null,
                                site -> new Justified(site.argument(0), true, false))
                        .fallible(),
                define(
                                "justify_hours",
                                "an interval whose time is shorter than a day: every 24 hours are a day",
                                arguments -> takesOne(arguments) ? Type.INTERVAL : null,
                                site -> new Justified(site.argument(0), false, true))
                        .fallible(),
                define(
                                "justify_interval",
                                "an interval with as many months and days as its length has, all parts with the same sign",
                                arguments -> takesOne(arguments) ? Type.INTERVAL : null,
                                site -> new Justified(site.argument(0), true, true))
                        .fallible(),
                define(
                                "make_interval",
                                "the interval of years, months, weeks, days, hours, minutes and seconds, also by name: make_interval(days => 3, secs => 1.5)",
                                arguments ->
                                        arguments.size() <= PARTS
                                                        && Accepts.all(arguments, Accepts.NUMBER)
                                                        && arguments.stream()
                                                                .limit(PARTS - 1L)
                                                                .allMatch(Accepts.INTEGER::accepts)
                                                ? Type.INTERVAL
                                                : null,
                                site -> new Made(site.arity()))
                        .fallible(),
                define(
                                "age",
                                "years, months, days and time from the second point in time to the first; with one argument to the beginning of today",
                                arguments ->
                                        arguments.size() == 2
                                                        && Accepts.all(
                                                                arguments, Accepts.TIME_POINT)
                                                ? Type.INTERVAL
                                                : null,
                                Age::new)
                        .volatility(Volatility.STABLE)
                        .fallible());
    }

    private static boolean takesOne(List<Type> arguments) {
        return arguments.size() == 1 && IntervalLanes.reads(arguments.getFirst());
    }

    private static List<Type> asInterval(List<Type> arguments) {
        return takesOne(arguments) ? List.of(Type.INTERVAL) : arguments;
    }

    private interface Part {
        long of(IntervalLanes lanes);
    }

    private static ScalarFunction part(String name, Part part) {
        return define(
                name,
                "a part of an interval",
                arguments -> takesOne(arguments) ? Type.BIGINT : null,
                site -> new PartLoop(site.argument(0), Type.BIGINT, part));
    }

    /// The loop of `date_part` and its like; null where an interval has no such part.
    static @Nullable ScalarLoop partOf(Type type, DatePart part) {
        @Nullable Part wanted =
                switch (part) {
                    case MILLENNIUM -> lanes -> lanes.months() / 12_000;
                    case CENTURY -> lanes -> lanes.months() / 1200;
                    case DECADE -> lanes -> lanes.months() / 120;
                    case YEAR -> lanes -> lanes.months() / 12;
                    case QUARTER -> lanes -> lanes.months() % 12 / 3 + 1;
                    case MONTH -> lanes -> lanes.months() % 12;
                    case DAY -> IntervalLanes::days;
                    case HOUR -> lanes -> lanes.micros() / MICROS_PER_HOUR;
                    case MINUTE -> lanes -> lanes.micros() % MICROS_PER_HOUR / MICROS_PER_MINUTE;
                    case SECOND -> lanes -> lanes.micros() % MICROS_PER_MINUTE / 1_000_000;
                    case MILLISECOND -> lanes -> lanes.micros() % MICROS_PER_MINUTE / 1000;
                    case MICROSECOND -> lanes -> lanes.micros() % MICROS_PER_MINUTE;
                    case NANOSECOND -> lanes -> lanes.micros() % MICROS_PER_MINUTE * 1000;
                    case EPOCH ->
                            lanes -> Math.floorDiv(epochMicros(lanes).longValueExact(), 1_000_000L);
                    case ISOYEAR, WEEK, DOY, DOW, ISODOW -> null;
                };
        return wanted == null ? null : new PartLoop(type, Type.BIGINT, wanted);
    }

    /// Seconds with their fraction; a year has 365.25 days here, as in PostgreSQL.
    static ScalarLoop epoch(Type type) {
        return new PartLoop(type, Type.DOUBLE, lanes -> 0);
    }

    private static BigInteger epochMicros(IntervalLanes lanes) {
        long quarterDays =
                lanes.months() / 12 * 1461 + lanes.months() % 12 * 120 + lanes.days() * 4;
        return BigInteger.valueOf(quarterDays)
                .multiply(BigInteger.valueOf(IntervalBits.MICROS_PER_DAY / 4))
                .add(BigInteger.valueOf(lanes.micros()));
    }

    private static final class PartLoop extends StrictLoop {
        private final IntervalLanes lanes;
        private final Part part;
        private long[] out = new long[0];
        private double[] doubles = new double[0];

        PartLoop(Type argument, Type result, Part part) {
            super(result);
            this.lanes = new IntervalLanes(argument);
            this.part = part;
        }

        @Override
        Vector compute(
                List<Vector> arguments,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            lanes.read(arguments.getLast(), size);
            Selection live = live(size, selection, valid);
            if (type instanceof Type.DoublePrecision) {
                doubles = Scratch.doubles(doubles, size);
                for (int i = 0; i < live.count(); i++) {
                    lanes.load(live.rows()[i]);
                    doubles[live.rows()[i]] = epochMicros(lanes).doubleValue() / 1_000_000;
                }
                return new DoubleVector(type, size, doubles, valid);
            }
            out = Scratch.longs(out, size);
            try {
                for (int i = 0; i < live.count(); i++) {
                    lanes.load(live.rows()[i]);
                    out[live.rows()[i]] = part.of(lanes);
                }
            } catch (ArithmeticException e) {
                throw new BasaltException(ErrorCode.DATETIME_OVERFLOW, "interval out of range", e);
            }
            return new LongVector(type, size, out, valid);
        }
    }

    private static final class LengthOf extends StrictLoop {
        private final IntervalLanes lanes = new IntervalLanes(Type.INTERVAL);
        private long[] high = new long[0];
        private long[] low = new long[0];

        LengthOf() {
            super(EXACT);
        }

        @Override
        Vector compute(
                List<Vector> arguments,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            lanes.read(arguments.getFirst(), size);
            high = Scratch.longs(high, size);
            low = Scratch.longs(low, size);
            for (int i = 0; i < size; i++) {
                high[i] = lanes.lengthHigh(i);
                low[i] = lanes.lengthLow(i);
            }
            return new WideVector(type, size, high, low, valid);
        }
    }

    private static final class OfSums extends IntervalLoop {
        private final WideLanes[] sums = {new WideLanes(), new WideLanes(), new WideLanes()};

        @Override
        void read(List<Vector> arguments, int size) {
            for (int i = 0; i < sums.length; i++) {
                sums[i].read(arguments.get(i), size);
            }
        }

        @Override
        void row(int row) {
            put(
                    row,
                    sums[0].get(row).longValueExact(),
                    sums[1].get(row).longValueExact(),
                    sums[2].get(row).longValueExact());
        }
    }

    private static final class Justified extends IntervalLoop {
        private final IntervalLanes lanes;
        private final boolean toMonths;
        private final boolean toDays;

        Justified(Type type, boolean toMonths, boolean toDays) {
            this.lanes = new IntervalLanes(type);
            this.toMonths = toMonths;
            this.toDays = toDays;
        }

        @Override
        void read(List<Vector> arguments, int size) {
            lanes.read(arguments.getFirst(), size);
        }

        @Override
        void row(int row) {
            lanes.load(row);
            long months = lanes.months();
            long days = lanes.days();
            long micros = lanes.micros();
            if (toDays) {
                days += micros / IntervalBits.MICROS_PER_DAY;
                micros %= IntervalBits.MICROS_PER_DAY;
            }
            if (toMonths) {
                months += days / IntervalBits.DAYS_PER_MONTH;
                days %= IntervalBits.DAYS_PER_MONTH;
                int rest = days != 0 || !toDays ? Long.signum(days) : Long.signum(micros);
                if (rest * Long.signum(months) < 0) {
                    days += Long.signum(months) * IntervalBits.DAYS_PER_MONTH;
                    months -= Long.signum(months);
                }
            }
            if (toDays && Long.signum(days) * Long.signum(micros) < 0) {
                micros += Long.signum(days) * IntervalBits.MICROS_PER_DAY;
                days -= Long.signum(days);
            }
            put(row, months, days, micros);
        }
    }

    private static final class Made extends IntervalLoop {
        private final int arity;
        private final LongLanes[] wholes = new LongLanes[PARTS - 1];
        private final long[][] values = new long[PARTS - 1][];
        private final DoubleLanes seconds = new DoubleLanes();
        private double[] second = new double[0];

        Made(int arity) {
            this.arity = arity;
            for (int i = 0; i < wholes.length; i++) {
                wholes[i] = new LongLanes();
            }
        }

        @Override
        void read(List<Vector> arguments, int size) {
            for (int i = 0; i < Math.min(arity, wholes.length); i++) {
                values[i] = wholes[i].read(arguments.get(i), size);
            }
            if (arity == PARTS) {
                second = seconds.read(arguments.getLast(), size);
            }
        }

        private long part(int part, int row) {
            return part < arity ? values[part][row] : 0;
        }

        @Override
        void row(int row) {
            long clock =
                    Math.addExact(
                            Math.multiplyExact(part(4, row), MICROS_PER_HOUR),
                            Math.multiplyExact(part(5, row), MICROS_PER_MINUTE));
            long more = arity == PARTS ? whole(Math.rint(second[row] * 1_000_000)) : 0;
            put(
                    row,
                    Math.addExact(Math.multiplyExact(part(0, row), 12L), part(1, row)),
                    Math.addExact(Math.multiplyExact(part(2, row), 7L), part(3, row)),
                    Math.addExact(clock, more));
        }
    }

    /// From calendar field to calendar field; a negative one borrows from the next larger, days from the month that they stand in.
    private static final class Age extends IntervalLoop {
        private final Type[] types;
        private final LongLanes[] lanes = {new LongLanes(), new LongLanes()};
        private final ZoneClock clock;
        private final long[][] ticks = new long[2][];

        Age(CallSite site) {
            this.types = site.arguments().toArray(Type[]::new);
            this.clock = new ZoneClock(site.context().zone());
        }

        @Override
        void read(List<Vector> arguments, int size) {
            for (int i = 0; i < 2; i++) {
                ticks[i] = lanes[i].read(arguments.get(i), size);
            }
        }

        private long local(int argument, int row) {
            long stored = ticks[argument][row];
            return switch (types[argument]) {
                case Type.Date _ -> Math.multiplyExact(stored, IntervalBits.MICROS_PER_DAY);
                case Type.TimestampTz instant ->
                        micros(
                                clock.toLocal(stored, instant.unitsPerSecond()),
                                instant.unitsPerSecond());
                case Type.Timestamp timestamp -> micros(stored, timestamp.unitsPerSecond());
                default -> throw new AssertionError(types[argument]);
            };
        }

        private static long micros(long ticks, long perSecond) {
            return Math.floorDiv(ticks, perSecond / 1_000_000);
        }

        @Override
        void row(int row) {
            long a = local(0, row);
            long b = local(1, row);
            int sign = a < b ? -1 : 1;
            long dayA = Math.floorDiv(a, IntervalBits.MICROS_PER_DAY);
            long dayB = Math.floorDiv(b, IntervalBits.MICROS_PER_DAY);
            long civilA = Calendar.civil(dayA);
            long civilB = Calendar.civil(dayB);
            long micros =
                    sign
                            * ((a - dayA * IntervalBits.MICROS_PER_DAY)
                                    - (b - dayB * IntervalBits.MICROS_PER_DAY));
            long days = sign * (Calendar.day(civilA) - Calendar.day(civilB));
            long months =
                    sign
                            * ((Calendar.year(civilA) - Calendar.year(civilB)) * 12
                                    + Calendar.month(civilA)
                                    - Calendar.month(civilB));
            if (micros < 0) {
                micros += IntervalBits.MICROS_PER_DAY;
                days--;
            }
            long earlier = sign < 0 ? civilA : civilB;
            while (days < 0) {
                days += Calendar.lengthOfMonth(Calendar.year(earlier), Calendar.month(earlier));
                months--;
            }
            put(row, sign * months, sign * days, sign * micros);
        }
    }
}
