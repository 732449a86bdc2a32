package io.basaltdb.storage.part;

import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import java.util.List;

/// What a part is, known before its first byte is written.
///
/// @param schemaVersion the version of the table's definition that the columns come from
/// @param sortKey column ids; the rows are in that order, ascending, nulls last; empty: no order is promised
/// @param primaryKey column ids of the table's primary key, in its order; empty: the table has none
/// @param rowsPerGranule rows of every granule but the last, 1 … [Batch#MAX_ROWS]; see [#rowsPerGranule(long)]
/// @param partition values of the table's partition expressions that all rows share; may be empty
public record PartDescription(
        PartId id,
        int tableId,
        int schemaVersion,
        List<PartColumn> columns,
        List<Integer> sortKey,
        List<Integer> primaryKey,
        long rowCount,
        int rowsPerGranule,
        List<Value> partition) {
    /// Most rows of a part.
    public static final long MAX_ROWS = Integer.MAX_VALUE;

    /// Most bytes that a granule of a column should have when it is decoded.
    public static final int GRANULE_BYTES = 4 << 20;

    public PartDescription {
        columns = List.copyOf(columns);
        sortKey = List.copyOf(sortKey);
        primaryKey = List.copyOf(primaryKey);
        partition = List.copyOf(partition);
        assert rowCount >= 0 && rowCount <= MAX_ROWS : "rows of a part: " + rowCount;
        assert rowsPerGranule > 0 && rowsPerGranule <= Batch.MAX_ROWS;
    }

    /// Of a part whose table has no primary key.
    public PartDescription(
            PartId id,
            int tableId,
            int schemaVersion,
            List<PartColumn> columns,
            List<Integer> sortKey,
            long rowCount,
            int rowsPerGranule,
            List<Value> partition) {
        this(
                id,
                tableId,
                schemaVersion,
                columns,
                sortKey,
                List.of(),
                rowCount,
                rowsPerGranule,
                partition);
    }

    /// The same of another number of rows.
    public PartDescription withRowCount(long count) {
        return new PartDescription(
                id,
                tableId,
                schemaVersion,
                columns,
                sortKey,
                primaryKey,
                count,
                rowsPerGranule,
                partition);
    }

    /// The rows per granule that fit a part.
    ///
    /// @param averageRowBytes decoded bytes per row, on average, of the column with the largest values
    public static int rowsPerGranule(long averageRowBytes) {
        long rows = GRANULE_BYTES / Math.max(1, averageRowBytes);
        return Math.clamp(Long.highestOneBit(Math.max(1, rows)), 1, Batch.MAX_ROWS);
    }

    /// Whether rows of one key stand together, since the sort key begins with the primary key's columns, in whatever order.
    public boolean isSortedByPrimaryKey() {
        return !primaryKey.isEmpty()
                && sortKey.size() >= primaryKey.size()
                && sortKey.subList(0, primaryKey.size()).containsAll(primaryKey);
    }

    public int granuleCount() {
        return (int) ((rowCount + rowsPerGranule - 1) / rowsPerGranule);
    }

    /// Rows of that granule.
    public int rowCount(int granule) {
        return (int) Math.min(rowsPerGranule, rowCount - (long) granule * rowsPerGranule);
    }
}
