package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.BooleanBuffer;
import io.basaltdb.protocol.ipc.ColumnBuffer;
import io.basaltdb.protocol.ipc.DecimalBuffer;
import io.basaltdb.protocol.ipc.DoubleBuffer;
import io.basaltdb.protocol.ipc.LongBuffer;
import io.basaltdb.protocol.ipc.TextBuffer;
import io.basaltdb.protocol.ipc.WireType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One value for a `?`, with the type that follows from what the program gave. The server coerces it
/// as it would a literal.
public final class Parameter {
    /// NULL, of no type.
    public static final Parameter NULL = new Parameter(WireType.NULL, null);

    private static final WireType LOCAL_MICROS = WireType.timestamp(WireType.Unit.MICRO, null);
    private static final WireType LOCAL_NANOS = WireType.timestamp(WireType.Unit.NANO, null);
    private static final WireType UTC_MICROS = WireType.timestamp(WireType.Unit.MICRO, "UTC");
    private static final WireType UTC_NANOS = WireType.timestamp(WireType.Unit.NANO, "UTC");

    private final WireType type;
    private final @Nullable Object value;

    private Parameter(WireType type, @Nullable Object value) {
        this.type = type;
        this.value = value;
    }

    public static Parameter of(boolean value) {
        return new Parameter(WireType.BOOLEAN, value);
    }

    public static Parameter of(byte value) {
        return new Parameter(WireType.INT8, (long) value);
    }

    public static Parameter of(short value) {
        return new Parameter(WireType.INT16, (long) value);
    }

    public static Parameter of(int value) {
        return new Parameter(WireType.INT32, (long) value);
    }

    public static Parameter of(long value) {
        return new Parameter(WireType.INT64, value);
    }

    public static Parameter of(float value) {
        return new Parameter(WireType.FLOAT32, (double) value);
    }

    public static Parameter of(double value) {
        return new Parameter(WireType.FLOAT64, value);
    }

    public static Parameter of(String value) {
        return new Parameter(WireType.UTF8, value);
    }

    public static Parameter of(byte[] value) {
        return new Parameter(WireType.BINARY, value.clone());
    }

    /// A decimal keeps its scale; more than 38 digits do not fit.
    public static Parameter of(BigDecimal value) {
        BigDecimal scaled = value.scale() < 0 ? value.setScale(0) : value;
        int precision = Math.max(scaled.precision(), Math.max(1, scaled.scale()));
        if (precision > WireType.DECIMAL_DIGITS) {
            throw ConversionException.outOfRange(value, "a decimal of 38 digits");
        }
        return new Parameter(WireType.decimal(precision, scaled.scale()), scaled.unscaledValue());
    }

    public static Parameter of(LocalDate value) {
        return new Parameter(WireType.DATE32, value.toEpochDay());
    }

    public static Parameter of(LocalDateTime value) {
        Instant asUtc = value.toInstant(ZoneOffset.UTC);
        return at(asUtc.getEpochSecond(), asUtc.getNano(), LOCAL_MICROS, LOCAL_NANOS);
    }

    public static Parameter of(Instant value) {
        return at(value.getEpochSecond(), value.getNano(), UTC_MICROS, UTC_NANOS);
    }

    /// The day that `value` shows in `zone`.
    public static Parameter of(Date value, ZoneId zone) {
        return of(Instant.ofEpochMilli(value.getTime()).atZone(zone).toLocalDate());
    }

    /// What a wall clock in `zone` showed at that time.
    public static Parameter of(Timestamp value, ZoneId zone) {
        return of(LocalDateTime.ofInstant(value.toInstant(), zone));
    }

    /// The time of day, as text.
    public static Parameter of(Time value, ZoneId zone) {
        return of(Instant.ofEpochMilli(value.getTime()).atZone(zone).toLocalTime().toString());
    }

    /// Microseconds unless the value is finer.
    private static Parameter at(long seconds, int nanos, WireType micros, WireType fine) {
        try {
            if (nanos % 1_000 == 0) {
                long whole = Math.multiplyExact(seconds, 1_000_000L);
                return new Parameter(micros, Math.addExact(whole, nanos / 1_000));
            }
            long whole = Math.multiplyExact(seconds, 1_000_000_000L);
            return new Parameter(fine, Math.addExact(whole, (long) nanos));
        } catch (ArithmeticException e) {
            throw new ConversionException("22008", "a timestamp lies too far from today");
        }
    }

    /// The parameter for an object of any class that has one.
    public static Parameter ofObject(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        Parameter number = ofNumber(value);
        Parameter time = number == null ? ofTime(value) : number;
        if (time != null) {
            return time;
        }
        if (value instanceof Boolean) {
            return of(((Boolean) value).booleanValue());
        }
        if (value instanceof CharSequence || value instanceof Character || value instanceof UUID) {
            return of(value.toString());
        }
        if (value instanceof InetAddress) {
            return of(Addresses.text((InetAddress) value));
        }
        if (value instanceof byte[]) {
            return of((byte[]) value);
        }
        if (value instanceof Enum) {
            return of(((Enum<?>) value).name());
        }
        if (NestedText.isNested(value)) {
            return of(NestedText.of(value));
        }
        throw unknown(value);
    }

    static ConversionException unknown(Object value) {
        return new ConversionException(
                "07006",
                "a parameter cannot be an object of class " + value.getClass().getSimpleName());
    }

    private static @Nullable Parameter ofNumber(Object value) {
        if (value instanceof Integer) {
            return of(((Integer) value).intValue());
        } else if (value instanceof Long) {
            return of(((Long) value).longValue());
        } else if (value instanceof Double) {
            return of(((Double) value).doubleValue());
        } else if (value instanceof BigDecimal) {
            return of((BigDecimal) value);
        } else if (value instanceof BigInteger) {
            return of(new BigDecimal((BigInteger) value));
        } else if (value instanceof Short) {
            return of(((Short) value).shortValue());
        } else if (value instanceof Byte) {
            return of(((Byte) value).byteValue());
        } else if (value instanceof Float) {
            return of(((Float) value).floatValue());
        }
        return null;
    }

    private static @Nullable Parameter ofTime(Object value) {
        ZoneId zone = ZoneId.systemDefault();
        if (value instanceof LocalDate) {
            return of((LocalDate) value);
        } else if (value instanceof LocalDateTime) {
            return of((LocalDateTime) value);
        } else if (value instanceof Instant) {
            return of((Instant) value);
        } else if (value instanceof OffsetDateTime) {
            return of(((OffsetDateTime) value).toInstant());
        } else if (value instanceof ZonedDateTime) {
            return of(((ZonedDateTime) value).toInstant());
        } else if (value instanceof Timestamp) {
            return of((Timestamp) value, zone);
        } else if (value instanceof Date) {
            return of((Date) value, zone);
        } else if (value instanceof Time) {
            return of((Time) value, zone);
        } else if (value instanceof java.util.Date) {
            Instant instant = ((java.util.Date) value).toInstant();
            return of(Timestamp.from(instant), zone);
        } else if (value instanceof LocalTime) {
            return of(value.toString());
        }
        return null;
    }

    public WireType type() {
        return type;
    }

    public boolean isNull() {
        return value == null;
    }

    /// Appends the value to a column that can hold its type.
    void appendTo(ColumnBuffer column) {
        Object set = value;
        if (set == null) {
            column.appendNull();
        } else if (column instanceof LongBuffer) {
            ((LongBuffer) column).append(inUnitOf(column.type(), (Long) set));
        } else if (column instanceof DoubleBuffer) {
            ((DoubleBuffer) column).append(((Number) set).doubleValue());
        } else if (column instanceof DecimalBuffer) {
            appendDecimal((DecimalBuffer) column, set);
        } else if (column instanceof BooleanBuffer) {
            ((BooleanBuffer) column).append((Boolean) set);
        } else if (set instanceof byte[]) {
            byte[] bytes = (byte[]) set;
            ((TextBuffer) column).append(bytes, 0, bytes.length);
        } else {
            ((TextBuffer) column).append((String) set);
        }
    }

    /// Microseconds become nanoseconds in a column of these.
    private long inUnitOf(WireType target, long set) {
        boolean isFiner =
                target.kind() == WireType.Kind.TIMESTAMP
                        && target.unit() == WireType.Unit.NANO
                        && type.unit() == WireType.Unit.MICRO;
        return isFiner ? Math.multiplyExact(set, 1_000L) : set;
    }

    private void appendDecimal(DecimalBuffer column, Object set) {
        BigInteger unscaled =
                set instanceof BigInteger ? (BigInteger) set : BigInteger.valueOf((Long) set);
        int further = column.type().scale() - type.scale();
        if (further > 0) {
            unscaled = unscaled.multiply(BigInteger.TEN.pow(further));
        }
        column.append(unscaled.shiftRight(64).longValue(), unscaled.longValue());
    }
}
