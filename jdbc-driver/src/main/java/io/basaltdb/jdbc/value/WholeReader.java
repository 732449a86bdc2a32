package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.WireColumn;
import java.math.BigDecimal;
import java.sql.Types;

/// TINYINT, SMALLINT, INTEGER, BIGINT.
final class WholeReader extends ColumnReader {
    private final boolean isLong;

    WholeReader(SqlType type) {
        super(type);
        isLong = type.code() == Types.BIGINT;
    }

    @Override
    public Object object(WireColumn column, int row) {
        long value = column.longAt(row);
        return isLong ? (Object) value : (Object) (int) value;
    }

    @Override
    public String string(WireColumn column, int row) {
        return Long.toString(column.longAt(row));
    }

    @Override
    public long whole(WireColumn column, int row) {
        return column.longAt(row);
    }

    @Override
    public double floating(WireColumn column, int row) {
        return column.longAt(row);
    }

    @Override
    public BigDecimal decimal(WireColumn column, int row) {
        return BigDecimal.valueOf(column.longAt(row));
    }

    @Override
    public boolean truth(WireColumn column, int row) {
        return column.longAt(row) != 0;
    }
}
