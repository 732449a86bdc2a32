package io.basaltdb.protocol.ipc;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The type of a column on the wire.
public final class WireType {
    /// The families of types.
    public enum Kind {
        NULL(0),
        BOOLEAN(0),
        INT8(1),
        INT16(2),
        INT32(4),
        INT64(8),
        FLOAT32(4),
        FLOAT64(8),
        DECIMAL128(16),
        DATE32(4),
        TIMESTAMP(8),
        UTF8(0),
        BINARY(0);

        private final int valueBytes;

        Kind(int valueBytes) {
            this.valueBytes = valueBytes;
        }

        /// Bytes of one value, or 0 where values have no whole number of bytes or none of their own.
        public int valueBytes() {
            return valueBytes;
        }
    }

    /// Units of timestamps, in the order of Arrow.
    public enum Unit {
        SECOND(0, 1),
        MILLI(1, 1_000),
        MICRO(2, 1_000_000),
        NANO(3, 1_000_000_000);

        private final int code;
        private final long perSecond;

        Unit(int code, long perSecond) {
            this.code = code;
            this.perSecond = perSecond;
        }

        /// The number that Arrow gives the unit.
        int code() {
            return code;
        }

        /// How many of them are a second.
        public long perSecond() {
            return perSecond;
        }
    }

    public static final WireType NULL = plain(Kind.NULL);
    public static final WireType BOOLEAN = plain(Kind.BOOLEAN);
    public static final WireType INT8 = plain(Kind.INT8);
    public static final WireType INT16 = plain(Kind.INT16);
    public static final WireType INT32 = plain(Kind.INT32);
    public static final WireType INT64 = plain(Kind.INT64);
    public static final WireType FLOAT32 = plain(Kind.FLOAT32);
    public static final WireType FLOAT64 = plain(Kind.FLOAT64);
    public static final WireType DATE32 = plain(Kind.DATE32);
    public static final WireType UTF8 = plain(Kind.UTF8);
    public static final WireType BINARY = plain(Kind.BINARY);

    /// Most digits of a decimal.
    public static final int DECIMAL_DIGITS = 38;

    private final Kind kind;
    private final int precision;
    private final int scale;
    private final @Nullable Unit unit;
    private final @Nullable String zone;

    private WireType(
            Kind kind, int precision, int scale, @Nullable Unit unit, @Nullable String zone) {
        this.kind = kind;
        this.precision = precision;
        this.scale = scale;
        this.unit = unit;
        this.zone = zone;
    }

    private static WireType plain(Kind kind) {
        return new WireType(kind, 0, 0, null, null);
    }

    /// A decimal of up to 38 digits, `scale` of them behind the point.
    public static WireType decimal(int precision, int scale) {
        return new WireType(Kind.DECIMAL128, precision, scale, null, null);
    }

    /// A point in time: UTC if `zone` is given (it says how to show it), else of the wall clock.
    public static WireType timestamp(Unit unit, @Nullable String zone) {
        return new WireType(Kind.TIMESTAMP, 0, 0, unit, zone);
    }

    public Kind kind() {
        return kind;
    }

    /// Digits of a decimal; 0 for other types.
    public int precision() {
        return precision;
    }

    /// Digits of a decimal behind the point; 0 for other types.
    public int scale() {
        return scale;
    }

    /// The unit of a timestamp; seconds for other types.
    public Unit unit() {
        return unit == null ? Unit.SECOND : unit;
    }

    /// The zone of a timestamp, or null if it has none or is none.
    public @Nullable String zone() {
        return zone;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof WireType)) {
            return false;
        }
        WireType that = (WireType) other;
        return kind == that.kind
                && precision == that.precision
                && scale == that.scale
                && unit == that.unit
                && Objects.equals(zone, that.zone);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, precision, scale, unit, zone);
    }

    @Override
    public String toString() {
        switch (kind) {
            case DECIMAL128:
                return "DECIMAL128(" + precision + ", " + scale + ")";
            case TIMESTAMP:
                return "TIMESTAMP(" + unit + (zone == null ? "" : ", " + zone) + ")";
            default:
                return kind.name();
        }
    }
}
