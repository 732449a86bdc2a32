package io.basaltdb.query.optimizer;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.type.UuidBits;
import io.basaltdb.storage.type.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.TimeZone;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.apache.calcite.util.TimestampWithTimeZoneString;
import org.jspecify.annotations.Nullable;

/// Calcite's literal values and ours.
final class Literals {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Literals() {}

    static Value value(RexLiteral literal, Type type) {
        if (literal.isNull()) {
            return Value.NULL;
        }
        @Nullable Comparable<?> value = literal.getValueAs(Comparable.class);
        if (type instanceof Type.Interval) {
            BigDecimal number = literal.getValueAs(BigDecimal.class);
            assert number != null;
            return Value.of(Intervals.value(literal.getType().getSqlTypeName(), number));
        }
        assert value != null;
        return value(value, type);
    }

    /// The value of a literal, or of a point of a search argument.
    static Value value(Object value, Type type) {
        return switch (type) {
            case Type.Bool _ -> Value.of(((Boolean) value).booleanValue());
            case Type.Int _ ->
                    Value.of(number(value).setScale(0, RoundingMode.HALF_UP).toBigIntegerExact());
            case Type.Decimal(int precision, int scale) -> decimal(number(value), precision, scale);
            case Type.Real _ -> Value.of((double) number(value, value).floatValue());
            case Type.DoublePrecision _ -> Value.of(number(value, value).doubleValue());
            case Type.Text _, Type.Json _ -> Value.of(text(value));
            case Type.Time _ -> Value.of(microsOfDay((TimeString) value));
            case Type.Uuid _ -> UuidBits.of((UUID) value);
            case Type.Binary _ -> new Value.Bytes(((ByteString) value).getBytes());
            case Type.Date _ -> Value.of(((DateString) value).getDaysSinceEpoch());
            case Type.Timestamp timestamp ->
                    instant((TimestampString) value, timestamp.unitsPerSecond());
            case Type.TimestampTz timestamp -> instant(utc(value), timestamp.unitsPerSecond());
            case Type.Null _ -> Value.NULL;
            case Type.Nested _ -> throw new AssertionError("nested values are calls");
            case Type.CalendarInterval _, Type.Enumeration _, Type.Inet _ ->
                    throw new AssertionError(type.sql() + " is written as a cast of a text");
            case Type.Interval _ -> throw new AssertionError("intervals are no points");
        };
    }

    private static long microsOfDay(TimeString time) {
        return time.getMillisOfDay() / 1000 * 1_000_000L + nanosOfSecond(time.toString()) / 1000;
    }

    private static String text(Object value) {
        return value instanceof NlsString string ? string.getValue() : (String) value;
    }

    private static BigDecimal number(Object value) {
        return value instanceof BigDecimal number ? number : new BigDecimal(value.toString());
    }

    private static Number number(Object value, Object same) {
        return value instanceof Number number ? number : number(same);
    }

    private static Value decimal(BigDecimal number, int precision, int scale) {
        BigInteger unscaled = number.setScale(scale, RoundingMode.HALF_UP).unscaledValue();
        if (unscaled.bitLength() > 127) {
            throw new BasaltException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    "The number "
                            + number.toPlainString()
                            + " does not fit DECIMAL("
                            + precision
                            + ", "
                            + scale
                            + ")");
        }
        return Value.of(unscaled);
    }

    private static TimestampString utc(Object value) {
        return value instanceof TimestampWithTimeZoneString zoned
                ? zoned.withTimeZone(TimeZone.getTimeZone("UTC")).getLocalTimestampString()
                : (TimestampString) value;
    }

    private static Value instant(TimestampString text, long unitsPerSecond) {
        long millis = text.getMillisSinceEpoch();
        long nanos = nanosOfSecond(text.toString());
        long seconds = Math.floorDiv(millis, 1000L);
        try {
            return Value.of(
                    Math.addExact(
                            Math.multiplyExact(seconds, unitsPerSecond),
                            nanos / (NANOS_PER_SECOND / unitsPerSecond)));
        } catch (ArithmeticException e) {
            throw new BasaltException(
                    ErrorCode.DATETIME_OVERFLOW,
                    "The timestamp " + text + " is outside the years of its type",
                    e);
        }
    }

    private static long nanosOfSecond(String text) {
        int point = text.indexOf('.');
        if (point < 0) {
            return 0;
        }
        String digits = (text.substring(point + 1) + "000000000").substring(0, 9);
        return Long.parseLong(digits);
    }
}
