package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.WireColumn;
import java.math.BigDecimal;
import java.math.BigInteger;

/// DECIMAL.
final class DecimalReader extends ColumnReader {
    private final int scale;

    DecimalReader(SqlType type, int scale) {
        super(type);
        this.scale = scale;
    }

    @Override
    public Object object(WireColumn column, int row) {
        return decimal(column, row);
    }

    @Override
    public String string(WireColumn column, int row) {
        return decimal(column, row).toPlainString();
    }

    @Override
    public BigDecimal decimal(WireColumn column, int row) {
        long high = column.decimalHighAt(row);
        long low = column.decimalLowAt(row);
        return high == low >> 63
                ? BigDecimal.valueOf(low, scale)
                : new BigDecimal(unscaled(high, low), scale);
    }

    private static BigInteger unscaled(long high, long low) {
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (high >> (56 - 8 * i));
            bytes[8 + i] = (byte) (low >> (56 - 8 * i));
        }
        return new BigInteger(bytes);
    }

    @Override
    public long whole(WireColumn column, int row) {
        BigInteger whole = decimal(column, row).toBigInteger();
        if (whole.bitLength() > 63) {
            throw ConversionException.outOfRange(whole, "a whole number");
        }
        return whole.longValue();
    }

    @Override
    public double floating(WireColumn column, int row) {
        return decimal(column, row).doubleValue();
    }

    @Override
    public boolean truth(WireColumn column, int row) {
        return decimal(column, row).signum() != 0;
    }
}
