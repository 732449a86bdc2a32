package io.basaltdb.protocol.ipc;

import java.util.List;

/// The rows of one received record batch.
public final class WireBatch {
    private final int rowCount;
    private final List<WireColumn> columns;

    WireBatch(int rowCount, List<WireColumn> columns) {
        this.rowCount = rowCount;
        this.columns = List.copyOf(columns);
    }

    public int rowCount() {
        return rowCount;
    }

    public List<WireColumn> columns() {
        return columns;
    }

    public WireColumn column(int index) {
        return columns.get(index);
    }
}
