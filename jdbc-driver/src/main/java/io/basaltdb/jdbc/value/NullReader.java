package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.WireColumn;

/// A column that knows nothing but nulls: no value is ever read.
final class NullReader extends ColumnReader {
    NullReader(SqlType type) {
        super(type);
    }

    @Override
    public Object object(WireColumn column, int row) {
        throw refuse("value");
    }

    @Override
    public String string(WireColumn column, int row) {
        throw refuse("value");
    }
}
