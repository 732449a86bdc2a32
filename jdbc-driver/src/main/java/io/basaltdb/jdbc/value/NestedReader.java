package io.basaltdb.jdbc.value;

import io.basaltdb.protocol.ipc.WireColumn;

/// Lists, structs and maps, which come as the text that the database writes.
final class NestedReader extends TextReader {
    private final NestedType nested;

    NestedReader(SqlType type) {
        super(type);
        nested = NestedType.of(type.name());
    }

    @Override
    public Object object(WireColumn column, int row) {
        return NestedText.value(nested, column.textAt(row));
    }
}
