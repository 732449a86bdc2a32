package io.basaltdb.storage.catalog;

import java.util.List;

/// What is known of a table without reading it; `columns` by position. `rowCount` is exact where the table has no deleted rows.
public record TableStatistics(long rowCount, List<ColumnStatistics> columns) {
    public TableStatistics {
        columns = List.copyOf(columns);
    }
}
