package io.basaltdb.storage.vector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several columns of the same lanes, and which lanes count.
///
/// @param size lanes of each column
/// @param selection the lanes that are rows; null where all are
public record Batch(int size, List<Vector> columns, @Nullable Selection selection) {
    /// Most lanes in a batch: the rows of a granule.
    public static final int MAX_ROWS = 4096;

    public Batch {
        columns = List.copyOf(columns);
    }

    public Batch(int size, List<Vector> columns) {
        this(size, columns, null);
    }

    public Vector column(int index) {
        return columns.get(index);
    }

    public int columnCount() {
        return columns.size();
    }

    /// Number of rows: selected lanes.
    public int rowCount() {
        return selection == null ? size : selection.count();
    }

    public Batch withSelection(@Nullable Selection chosen) {
        return new Batch(size, columns, chosen);
    }
}
