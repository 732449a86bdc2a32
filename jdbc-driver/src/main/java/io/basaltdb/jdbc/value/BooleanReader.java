package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.WireColumn;
import java.math.BigDecimal;

/// BOOLEAN.
final class BooleanReader extends ColumnReader {
    BooleanReader(SqlType type) {
        super(type);
    }

    @Override
    public Object object(WireColumn column, int row) {
        return column.booleanAt(row);
    }

    @Override
    public String string(WireColumn column, int row) {
        return column.booleanAt(row) ? "true" : "false";
    }

    @Override
    public boolean truth(WireColumn column, int row) {
        return column.booleanAt(row);
    }

    @Override
    public long whole(WireColumn column, int row) {
        return column.booleanAt(row) ? 1 : 0;
    }

    @Override
    public double floating(WireColumn column, int row) {
        return whole(column, row);
    }

    @Override
    public BigDecimal decimal(WireColumn column, int row) {
        return BigDecimal.valueOf(whole(column, row));
    }
}
