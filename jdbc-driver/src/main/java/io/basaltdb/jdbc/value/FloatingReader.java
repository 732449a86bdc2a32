package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.WireColumn;
import java.math.BigDecimal;

/// REAL and DOUBLE.
final class FloatingReader extends ColumnReader {
    private static final double LONG_LIMIT = 0x1p63;

    private final boolean isNarrow;

    FloatingReader(SqlType type, boolean isNarrow) {
        super(type);
        this.isNarrow = isNarrow;
    }

    @Override
    public Object object(WireColumn column, int row) {
        return isNarrow ? (Object) column.float32At(row) : (Object) column.float64At(row);
    }

    @Override
    public String string(WireColumn column, int row) {
        return isNarrow
                ? Float.toString(column.float32At(row))
                : Double.toString(column.float64At(row));
    }

    @Override
    public double floating(WireColumn column, int row) {
        return isNarrow ? column.float32At(row) : column.float64At(row);
    }

    @Override
    public long whole(WireColumn column, int row) {
        double value = floating(column, row);
        if (!(value >= -LONG_LIMIT && value < LONG_LIMIT)) {
            throw ConversionException.outOfRange(value, "a whole number");
        }
        return (long) value;
    }

    /// As it is written: 0.1 gives 0.1, not the binary fraction next to it.
    @Override
    public BigDecimal decimal(WireColumn column, int row) {
        double value = floating(column, row);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw ConversionException.outOfRange(value, "a decimal number");
        }
        return new BigDecimal(string(column, row));
    }

    @Override
    public boolean truth(WireColumn column, int row) {
        return floating(column, row) != 0;
    }
}
