package io.basaltdb.query.expression;

import io.basaltdb.query.function.BytesLanes;
import io.basaltdb.query.function.ExactNumbers;
import io.basaltdb.query.function.IntervalText;
import io.basaltdb.query.function.JsonText;
import io.basaltdb.query.function.Scratch;
import io.basaltdb.query.function.TextOutput;
import io.basaltdb.query.function.TextScanner;
import io.basaltdb.query.function.TextScanner.Outcome;
import io.basaltdb.query.function.ZoneClock;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.InetBytes;
import io.basaltdb.storage.type.IntervalBits;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.BitVector;
import io.basaltdb.storage.vector.DoubleVector;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Validity;
import io.basaltdb.storage.vector.Vector;
import io.basaltdb.storage.vector.WideVector;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// TEXT to any other type.
final class FromTextCast extends CastLoop {
    private final ZoneClock clock;
    private final BytesLanes texts = new BytesLanes();
    private final TextScanner scanner = new TextScanner();
    private final IntervalText intervals = new IntervalText();
    private final @Nullable LabelPlaces labels;
    private long[] out = new long[0];
    private long[] outHigh = new long[0];
    private double[] outDoubles = new double[0];
    private final TextOutput outBytes = new TextOutput();

    FromTextCast(Type to, boolean orNull, ZoneId zone) {
        super(Type.TEXT, to, orNull);
        this.clock = new ZoneClock(zone);
        this.labels = to instanceof Type.Enumeration type ? new LabelPlaces(type) : null;
    }

    @Override
    Vector convert(Vector vector, int lanes, @Nullable Selection selection) {
        texts.read(vector, lanes);
        claim(lanes);
        Selection rows = rows(lanes, selection);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            Outcome outcome = read(row);
            if (outcome != Outcome.GOOD) {
                fail(row, code(outcome), vector);
            }
        }
        return switch (to.physical()) {
            case LONG -> new LongVector(to, lanes, out, validity());
            case WIDE -> new WideVector(to, lanes, outHigh, out, validity());
            case DOUBLE -> new DoubleVector(to, lanes, outDoubles, validity());
            case BITS -> new BitVector(to, lanes, out, validity());
            case BYTES -> outBytes.vector(to, lanes, validity());
        };
    }

    private void claim(int lanes) {
        switch (to.physical()) {
            case LONG, BITS -> out = Scratch.longs(out, lanes);
            case WIDE -> {
                out = Scratch.longs(out, lanes);
                outHigh = Scratch.longs(outHigh, lanes);
            }
            case DOUBLE -> outDoubles = Scratch.doubles(outDoubles, lanes);
            case BYTES -> outBytes.begin(lanes);
        }
    }

    private ErrorCode code(Outcome outcome) {
        boolean isTime =
                to instanceof Type.Date
                        || to instanceof Type.Timestamp
                        || to instanceof Type.TimestampTz
                        || to instanceof Type.Time
                        || to instanceof Type.CalendarInterval;
        if (outcome == Outcome.MALFORMED) {
            return isTime ? ErrorCode.INVALID_DATETIME : ErrorCode.INVALID_TEXT_REPRESENTATION;
        }
        return isTime ? ErrorCode.DATETIME_OVERFLOW : ErrorCode.NUMERIC_OUT_OF_RANGE;
    }

    private Outcome read(int row) {
        byte[] heap = texts.heap();
        int start = texts.start()[row];
        int length = texts.length()[row];
        return switch (to) {
            case Type.Int(int bits) -> keep(row, scanner.whole(heap, start, length, bits));
            case Type.Date _ -> keep(row, scanner.date(heap, start, length));
            case Type.Timestamp timestamp ->
                    keep(
                            row,
                            scanner.timestamp(
                                    heap,
                                    start,
                                    length,
                                    timestamp.unitsPerSecond(),
                                    timestamp.precision()));
            case Type.TimestampTz instant ->
                    keep(
                            row,
                            scanner.instant(
                                    heap,
                                    start,
                                    length,
                                    instant.unitsPerSecond(),
                                    instant.precision(),
                                    clock));
            case Type.Decimal decimal -> decimal(row, decimal, heap, start, length);
            case Type.Real _, Type.DoublePrecision _ -> floating(row, heap, start, length);
            case Type.Bool _ -> bool(row, heap, start, length);
            case Type.Time _ -> keep(row, scanner.timeOfDay(heap, start, length));
            case Type.Uuid _ -> {
                Outcome outcome = keep(row, scanner.uuid(heap, start, length));
                outHigh[row] = scanner.wholeHighValue();
                yield outcome;
            }
            case Type.CalendarInterval _ -> interval(row, heap, start, length);
            case Type.Enumeration _ -> label(row, heap, start, length);
            case Type.Json _ -> json(row, heap, start, length);
            case Type.Inet _ -> inet(row, heap, start, length);
            case Type.Binary _ -> written(row, TextScanner.binary(heap, start, length, outBytes));
            case Type.Nested _, Type.Text _, Type.Interval _, Type.Null _ ->
                    throw new AssertionError(to.sql());
        };
    }

    private Outcome keep(int row, Outcome outcome) {
        out[row] = scanner.wholeValue();
        return outcome;
    }

    private Outcome interval(int row, byte[] heap, int start, int length) {
        Outcome outcome = intervals.read(heap, start, length);
        if (outcome == Outcome.GOOD) {
            outHigh[row] =
                    IntervalBits.high(intervals.months(), intervals.days(), intervals.micros());
            out[row] = IntervalBits.low(intervals.months(), intervals.days(), intervals.micros());
        }
        return outcome;
    }

    private Outcome label(int row, byte[] heap, int start, int length) {
        assert labels != null;
        int place = labels.find(heap, start, length);
        out[row] = Math.max(place, 0);
        return place < 0 ? Outcome.MALFORMED : Outcome.GOOD;
    }

    private Outcome inet(int row, byte[] heap, int start, int length) {
        byte[] value = InetBytes.parse(new String(heap, start, length, StandardCharsets.UTF_8));
        if (value == null) {
            return Outcome.MALFORMED;
        }
        outBytes.append(value);
        outBytes.end(row);
        return Outcome.GOOD;
    }

    private Outcome json(int row, byte[] heap, int start, int length) {
        if (!JsonText.isValid(heap, start, start + length)) {
            return Outcome.MALFORMED;
        }
        outBytes.append(heap, start, length);
        outBytes.end(row);
        return Outcome.GOOD;
    }

    private Outcome written(int row, Outcome outcome) {
        if (outcome == Outcome.GOOD) {
            outBytes.end(row);
        } else {
            outBytes.undo();
        }
        return outcome;
    }

    private Outcome decimal(int row, Type.Decimal decimal, byte[] heap, int start, int length) {
        Outcome outcome = scanner.decimal(heap, start, length, decimal.scale());
        if (outcome != Outcome.GOOD) {
            return outcome;
        }
        if (!ExactNumbers.fits(scanner.unscaledValue(), decimal)) {
            return Outcome.OUT_OF_RANGE;
        }
        out[row] = scanner.unscaledValue().longValue();
        if (decimal.physical() == Physical.WIDE) {
            outHigh[row] = scanner.unscaledValue().shiftRight(64).longValue();
        }
        return Outcome.GOOD;
    }

    private Outcome floating(int row, byte[] heap, int start, int length) {
        Outcome outcome = scanner.floating(heap, start, length);
        double value = scanner.floatingValue();
        if (to instanceof Type.Real && outcome == Outcome.GOOD) {
            // One rounding from the text, not two: the nearest float of the digits.
            double rounded = nearestReal(value, heap, start, length);
            if (Double.isInfinite(rounded) && !Double.isInfinite(value)) {
                return Outcome.OUT_OF_RANGE;
            }
            value = rounded;
        }
        outDoubles[row] = value;
        return outcome;
    }

    private static double nearestReal(double value, byte[] heap, int start, int length) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        return Float.parseFloat(
                new String(heap, start, length, java.nio.charset.StandardCharsets.UTF_8));
    }

    private Outcome bool(int row, byte[] heap, int start, int length) {
        Outcome outcome = scanner.bool(heap, start, length);
        if (outcome == Outcome.GOOD) {
            if (scanner.boolValue()) {
                Validity.setValid(out, row);
            } else {
                Validity.setNull(out, row);
            }
        }
        return outcome;
    }
}
