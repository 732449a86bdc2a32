package io.basaltdb.storage.table;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Reads some granules of a part whose file it has opened for itself.
final class LeasedReader implements SplitReader {
    private final SplitReader reader;
    private final PartHandle handle;
    private final int from;
    private final int to;

    LeasedReader(SplitReader reader, PartHandle handle, int from, int to) {
        this.reader = reader;
        this.handle = handle;
        this.from = from;
        this.to = to;
    }

    @Override
    public void seek(int granule) {
        if (granule < from || granule >= to) {
            throw new BasaltException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the split has granules " + from + " to " + (to - 1) + ", not " + granule);
        }
        reader.seek(granule);
    }

    @Override
    public @Nullable Selection live() {
        return reader.live();
    }

    @Override
    public Selection select(int column, Ranges ranges, @Nullable Selection among) {
        return reader.select(column, ranges, among);
    }

    @Override
    public Vector read(int column, @Nullable Selection wanted) {
        return reader.read(column, wanted);
    }

    @Override
    public long bytesRead() {
        return reader.bytesRead();
    }

    @Override
    public void close() {
        reader.close();
        handle.close();
    }
}
