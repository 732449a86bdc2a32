package io.basaltdb.query.function;

import static io.basaltdb.query.function.Accepts.ANY_INTERVAL;
import static io.basaltdb.query.function.Accepts.NUMBER;
import static io.basaltdb.query.function.Accepts.TEXT;
import static io.basaltdb.query.function.Accepts.TIME_POINT;
import static io.basaltdb.query.function.Accepts.either;
import static io.basaltdb.query.function.Accepts.takes;
import static io.basaltdb.query.function.Definition.define;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Points in time written and read after a pattern, and as seconds with their fraction.
final class TimeTextFunctions {
    private TimeTextFunctions() {}

    static List<Definition> all() {
        return List.of(
                define(
                                "strftime",
                                "the point in time after a pattern of codes such as %Y-%m-%d %H:%M:%S",
                                either(
                                        takes(Type.TEXT, TIME_POINT, TEXT),
                                        takes(Type.TEXT, TEXT, TIME_POINT)),
                                site -> new Writing(site, TimePattern::ofPercentCodes))
                        .alias("format_timestamp", "format_date", "format_datetime")
                        .volatility(Volatility.STABLE)
                        .fallible(),
                define(
                                "to_char",
                                "the point in time after a template such as YYYY-MM-DD HH24:MI:SS, or the number after one such as FM9,990.00",
                                either(
                                        takes(Type.TEXT, TIME_POINT, TEXT),
                                        takes(Type.TEXT, NUMBER, TEXT)),
                                site ->
                                        Numbers.isNumber(site.argument(0))
                                                ? new NumberWriting(site)
                                                : new Writing(site, TimePattern::ofTemplate))
                        .volatility(Volatility.STABLE)
                        .fallible(),
                define(
                                "strptime",
                                "the timestamp that the text names after a pattern such as %Y-%m-%d %H:%M:%S",
                                takes(Type.TIMESTAMP, TEXT, TEXT),
                                site -> new Reading(site, TimePattern::ofPercentCodes))
                        .fallible(),
                define(
                                "try_strptime",
                                "as strptime, and NULL where the text is not like the pattern",
                                takes(Type.TIMESTAMP, TEXT, TEXT),
                                site -> new Reading(site, TimePattern::ofPercentCodes, true))
                        .fallible(),
                define(
                        "epoch",
                        "seconds since 1970-01-01, or of an interval, with their fraction; a year has 365.25 days there, a month 30",
                        either(takes(Type.DOUBLE, TIME_POINT), takes(Type.DOUBLE, ANY_INTERVAL)),
                        site ->
                                IntervalLanes.reads(site.argument(0))
                                        ? IntervalFunctions.epoch(site.argument(0))
                                        : new Seconds(site)));
    }

    /// A text read after a template.
    static ScalarLoop readTemplate(CallSite site) {
        return new Reading(site, TimePattern::ofTemplate);
    }

    /// Patterns by their text; a limited number, begun anew when it is reached.
    private static final class Patterns {
        private static final int MAX_PATTERNS = 256;

        private final Function<String, TimePattern> compile;
        private final Map<String, TimePattern> known = new HashMap<>();

        Patterns(Function<String, TimePattern> compile) {
            this.compile = compile;
        }

        TimePattern get(String text) {
            TimePattern found = known.get(text);
            if (found == null) {
                if (known.size() >= MAX_PATTERNS) {
                    known.clear();
                }
                found = compile.apply(text);
                known.put(text, found);
            }
            return found;
        }
    }

    private static String text(BytesLanes lanes, int row) {
        return new String(
                lanes.heap(), lanes.start()[row], lanes.length()[row], StandardCharsets.UTF_8);
    }

    /// A point in time and a pattern, in either order.
    private static final class Writing extends StrictLoop {
        private final int timeAt;
        private final LocalTime time;
        private final BytesLanes patternTexts = new BytesLanes();
        private final Patterns patterns;
        private final TextOutput out = new TextOutput();

        Writing(CallSite site, Function<String, TimePattern> compile) {
            super(site.result());
            this.timeAt = site.argument(0) instanceof Type.Text ? 1 : 0;
            this.time = new LocalTime(site.argument(timeAt), site.context().zone());
            this.patterns = new Patterns(compile);
        }

        @Override
        Vector compute(
                List<Vector> arguments,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            Selection live = live(size, selection, valid);
            Vector vector = arguments.get(timeAt);
            long perSecond = time.perSecond();
            // Dates reach further than ticks do.
            long ticksPerDay = time.isDate() ? 1 : 86_400 * perSecond;
            long[] stored = time.stored(vector, size);
            long[] local = time.isInstant() ? time.ticks(vector, size, live) : stored;
            patternTexts.read(arguments.get(1 - timeAt), size);
            out.begin(size);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                long days = Math.floorDiv(local[row], ticksPerDay);
                TimeWriter.write(
                        out,
                        patterns.get(text(patternTexts, row)),
                        days,
                        local[row] - days * ticksPerDay,
                        perSecond,
                        time.isDate() ? days * 86_400 : Math.floorDiv(stored[row], perSecond));
                out.end(row);
            }
            return out.vector(size, valid);
        }
    }

    /// A text and a pattern.
    private static final class Reading extends StrictLoop {
        private final BytesLanes texts = new BytesLanes();
        private final BytesLanes patternTexts = new BytesLanes();
        private final Patterns patterns;
        private final ZoneClock clock;
        private final boolean isTrying;
        private final LaneValidity own = new LaneValidity();
        private long[] out = new long[0];

        Reading(CallSite site, Function<String, TimePattern> compile) {
            this(site, compile, false);
        }

        /// @param isTrying whether a text that does not fit is NULL
        Reading(CallSite site, Function<String, TimePattern> compile, boolean isTrying) {
            super(site.result());
            this.isTrying = isTrying;
            this.patterns = new Patterns(compile);
            this.clock = new ZoneClock(site.context().zone());
        }

        @Override
        Vector compute(
                List<Vector> arguments,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            texts.read(arguments.get(0), size);
            patternTexts.read(arguments.get(1), size);
            out = Scratch.longs(out, size);
            long @Nullable [] known = valid;
            Selection live = live(size, selection, valid);
            for (int i = 0; i < live.count(); i++) {
                int row = live.rows()[i];
                TimePattern pattern = patterns.get(text(patternTexts, row));
                long micros;
                try {
                    micros = TimeReader.micros(text(texts, row), pattern);
                } catch (BasaltException unlike) {
                    if (!isTrying) {
                        throw unlike;
                    }
                    long[] words = own.writable(known, size);
                    Validity.setNull(words, row);
                    known = words;
                    continue;
                }
                out[row] =
                        switch (type) {
                            case Type.Date _ ->
                                    Math.floorDiv(micros, TimeArithmetic.MICROS_PER_DAY);
                            case Type.TimestampTz _ -> clock.toInstant(micros, 1_000_000);
                            default -> micros;
                        };
            }
            return new LongVector(type, size, out, known);
        }
    }

    /// Seconds since 1970-01-01 UTC.
    private static final class Seconds extends StrictLoop {
        private final LongLanes lanes = new LongLanes();
        private final double perSecond;
        private final double secondsPerTick;
        private double[] out = new double[0];

        Seconds(CallSite site) {
            super(site.result());
            assert site.argument(0).physical() == Physical.LONG;
            boolean isDate = site.argument(0) instanceof Type.Date;
            this.secondsPerTick = isDate ? 86_400 : 1;
            this.perSecond = isDate ? 1 : TimeArithmetic.ticksPerSecond(site.argument(0));
        }

        @Override
        Vector compute(
                List<Vector> arguments,
                int size,
                @Nullable Selection selection,
                long @Nullable [] valid) {
            long[] ticks = lanes.read(arguments.getFirst(), size);
            out = Scratch.doubles(out, size);
            for (int i = 0; i < size; i++) {
                out[i] = ticks[i] * secondsPerTick / perSecond;
            }
            return new DoubleVector(type, size, out, valid);
        }
    }
}
