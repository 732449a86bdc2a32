package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.WireColumn;
import io.basaltdb.protocol.ipc.WireField;
import io.basaltdb.protocol.ipc.WireType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/// Reads the values of one column. A subclass per type family overrides the forms that the family
/// has; the others are refused here. Never called for nulls. Without state, so one serves all rows.
public abstract class ColumnReader {
    private final SqlType type;

    ColumnReader(SqlType type) {
        this.type = type;
    }

    /// The reader for columns of a field.
    public static ColumnReader of(WireField field) {
        SqlType type = SqlType.of(field);
        WireType.Kind kind = field.type().kind();
        switch (kind) {
            case NULL:
                return new NullReader(type);
            case BOOLEAN:
                return new BooleanReader(type);
            case INT8:
            case INT16:
            case INT32:
            case INT64:
                return new WholeReader(type);
            case FLOAT32:
            case FLOAT64:
                return new FloatingReader(type, kind == WireType.Kind.FLOAT32);
            case DECIMAL128:
                return new DecimalReader(type, field.type().scale());
            case DATE32:
                return new DateReader(type);
            case TIMESTAMP:
                String zone = field.type().zone();
                return zone == null
                        ? new TimestampReader(type, field.type().unit())
                        : new InstantReader(type, field.type().unit(), zone);
            case UTF8:
                return NestedType.isNested(type.name())
                        ? new NestedReader(type)
                        : new TextReader(type);
            case BINARY:
                return new BinaryReader(type);
        }
        throw new AssertionError(kind);
    }

    /// What the column is in terms of SQL and JDBC.
    public final SqlType type() {
        return type;
    }

    /// What `getObject` gives.
    public abstract Object object(WireColumn column, int row);

    public abstract String string(WireColumn column, int row);

    /// A whole number; what is behind a point is cut off.
    public long whole(WireColumn column, int row) {
        throw refuse("whole number");
    }

    public double floating(WireColumn column, int row) {
        throw refuse("floating-point number");
    }

    public BigDecimal decimal(WireColumn column, int row) {
        throw refuse("decimal number");
    }

    public boolean truth(WireColumn column, int row) {
        throw refuse("boolean");
    }

    /// @param zone where an instant is looked at
    public LocalDate date(WireColumn column, int row, ZoneId zone) {
        throw refuse("date");
    }

    /// @param zone where an instant is looked at
    public LocalTime time(WireColumn column, int row, ZoneId zone) {
        throw refuse("time");
    }

    /// @param zone where an instant is looked at
    public LocalDateTime dateTime(WireColumn column, int row, ZoneId zone) {
        throw refuse("timestamp");
    }

    /// @param zone where a reading of a wall clock is placed
    public Instant instant(WireColumn column, int row, ZoneId zone) {
        return WallClock.place(dateTime(column, row, zone), zone);
    }

    public byte[] bytes(WireColumn column, int row) {
        throw refuse("byte string");
    }

    final ConversionException refuse(String wanted) {
        return ConversionException.unsupported(type.name(), wanted);
    }
}
