package io.basaltdb.formats.parquet;

import dev.hardwood.HardwoodContext;
import dev.hardwood.reader.ParquetFileReader;
import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.SplitReader;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads the granules of one row group. A column is opened when it is first asked for.
final class RowGroupReader implements SplitReader {
    private final RowGroupSplit split;
    private final UserInputFile file;
    private final HardwoodContext threads;
    private final ParquetFileReader reader;
    private final @Nullable ColumnCursor[] cursors;
    private int granule = -1;

    RowGroupReader(RowGroupSplit split, UserInputFile file) {
        this.split = split;
        this.file = file;
        this.threads = ParquetLibrary.threads();
        try {
            this.reader = ParquetFile.open(file, threads);
        } catch (RuntimeException e) {
            threads.close();
            file.close();
            throw e;
        }
        this.cursors = new ColumnCursor[split.schema().size()];
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
        Vector values = read(column, among);
        int count = among == null ? values.size() : among.count();
        int[] chosen = new int[count];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = among == null ? i : among.rows()[i];
            if (ranges.contains(Lanes.value(values, row))) {
                chosen[kept++] = row;
            }
        }
        return new Selection(chosen, kept);
    }

    @Override
    public Vector read(int column, @Nullable Selection wanted) {
        ColumnCursor cursor = cursors[column];
        if (cursor == null) {
            cursor = ColumnCursor.open(split, column, reader);
            cursors[column] = cursor;
        }
        return cursor.read(granule, wanted);
    }

    @Override
    public long bytesRead() {
        return file.bytesRead();
    }

    @Override
    public void close() {
        for (ColumnCursor cursor : cursors) {
            if (cursor != null) {
                cursor.close();
            }
        }
        try {
            reader.close();
        } catch (IOException e) {
            throw new BasaltException(
                    ErrorCode.IO_ERROR, "file " + split.path() + " could not be closed", e);
        } finally {
            threads.close();
            file.close();
        }
    }
}
