package io.basaltdb.storage.table;

import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Reads chunks of the delta, straight from their arrays.
final class DeltaReader implements SplitReader {
    private final DeltaView view;
    private final DeleteVector dead;
    private final long commit;
    private final int columnCount;
    private @Nullable Chunk chunk;
    private int rows;

    DeltaReader(DeltaView view, DeleteVector dead, long commit, int columnCount) {
        this.view = view;
        this.dead = dead;
        this.commit = commit;
        this.columnCount = columnCount;
    }

    @Override
    public void seek(int granule) {
        chunk = view.chunks()[granule];
        rows = view.rows(granule);
    }

    private Chunk current() {
        if (chunk == null) {
            throw new AssertionError("no granule was sought");
        }
        return chunk;
    }

    @Override
    public @Nullable Selection live() {
        Selection kept = notDead();
        long @Nullable [] deaths = current().deaths();
        if (deaths == null) {
            return kept;
        }
        int[] live = new int[Batch.MAX_ROWS];
        int count =
                kept == null
                        ? Chunk.live(deaths, rows, commit, live)
                        : Chunk.live(deaths, kept, commit, live);
        return count == rows ? null : new Selection(live, count);
    }

    private @Nullable Selection notDead() {
        return dead.isEmpty()
                ? null
                : dead.live((int) (current().firstSequence() - view.firstSequence()), rows, null);
    }

    @Override
    public Selection select(int column, Ranges ranges, @Nullable Selection among) {
        return VectorFilter.select(read(column, among), ranges, among);
    }

    @Override
    public Vector read(int column, @Nullable Selection wanted) {
        assert column < columnCount;
        return current().columns()[column].vector(rows);
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    public void close() {
        chunk = null;
    }
}
