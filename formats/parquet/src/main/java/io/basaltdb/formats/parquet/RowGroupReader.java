package io.basaltdb.formats.parquet;

import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Reads the granules of one row group. A column is opened when it is first asked for.
final class RowGroupReader implements SplitReader {
    private final OpenFile file;
    private final @Nullable ColumnCursor[] cursors;
    private final @Nullable RangeSelection[] selections;
    private int granule = -1;

    RowGroupReader(RowGroupSplit split) {
        this.file = new OpenFile(split);
        this.cursors = new ColumnCursor[split.schema().size()];
        this.selections = new RangeSelection[cursors.length];
    }

    @Override
    public void seek(int granule) {
        assert granule > this.granule;
        this.granule = granule;
    }

    @Override
    public @Nullable Selection live() {
        return null;
    }

    @Override
    public Selection select(int column, Ranges ranges, @Nullable Selection among) {
        RangeSelection selection = selections[column];
        if (selection == null) {
            selection = new RangeSelection();
            selections[column] = selection;
        }
        return selection.select(read(column, among), ranges, among);
    }

    @Override
    public Vector read(int column, @Nullable Selection wanted) {
        ColumnCursor cursor = cursors[column];
        if (cursor == null) {
            cursor = new ColumnCursor(file, column);
            cursors[column] = cursor;
        }
        return cursor.read(granule, wanted);
    }

    @Override
    public long bytesRead() {
        long bytes = file.libraryBytes();
        for (ColumnCursor cursor : cursors) {
            bytes += cursor == null ? 0 : cursor.bytesRead();
        }
        return bytes;
    }

    @Override
    public void close() {
        for (ColumnCursor cursor : cursors) {
            if (cursor != null) {
                cursor.close();
            }
        }
        file.close();
    }
}
