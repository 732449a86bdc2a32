package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.ColumnDefinition;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.part.PartCursor;
import io.basaltdb.storage.part.PartReader;
import io.basaltdb.storage.type.Ranges;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads granules of a part: the cursor's values under the table's column positions, and which rows live.
final class PartSplitReader implements SplitReader {
    private final PartHandle handle;
    private final PartPin pin;
    private final PartReader reader;
    private final TableDefinition definition;
    private final DeleteVector dead;
    private final boolean looksAtBirths;
    private final long commit;
    private final PartCursor cursor;
    private final int[] scratch = new int[Batch.MAX_ROWS];
    private final int rowsPerGranule;
    private int granule = -1;

    PartSplitReader(PartState part, TableDefinition definition, long commit) {
        this.handle = part.handle();
        this.pin = handle.pin();
        this.reader = pin.reader();
        this.definition = definition;
        this.commit = commit;
        this.dead = part.deaths().all();
        this.looksAtBirths = part.maxBirth() > commit && reader.hasBirths();
        this.rowsPerGranule = reader.description().rowsPerGranule();
        List<Integer> ids = new ArrayList<>();
        for (ColumnDefinition column : definition.columns()) {
            if (reader.hasColumn(column.id())) {
                ids.add(column.id());
            }
        }
        this.cursor = reader.cursor(ids);
    }

    @Override
    public void seek(int next) {
        assert next > granule : "granules are visited in ascending order";
        granule = next;
        try {
            cursor.seek(next);
        } catch (BasaltException failure) {
            throw handle.met(failure);
        }
    }

    @Override
    public @Nullable Selection live() {
        int rows = reader.rowCount(granule);
        Selection live = dead.isEmpty() ? null : dead.live(granule * rowsPerGranule, rows, scratch);
        return looksAtBirths ? born(live, rows) : live;
    }

    private Selection born(@Nullable Selection among, int rows) {
        long[] births = births();
        int count = among == null ? rows : among.count();
        int at = 0;
        for (int i = 0; i < count; i++) {
            int row = among == null ? i : among.rows()[i];
            scratch[at] = row;
            at += births[row] <= commit ? 1 : 0;
        }
        return new Selection(scratch, at);
    }

    private long[] births() {
        try {
            return cursor.births();
        } catch (BasaltException failure) {
            throw handle.met(failure);
        }
    }

    @Override
    public Selection select(int column, Ranges ranges, @Nullable Selection among) {
        int id = definition.columns().get(column).id();
        if (!reader.hasColumn(id)) {
            return VectorFilter.select(missing(column), ranges, among);
        }
        try {
            return cursor.select(id, ranges, among);
        } catch (BasaltException failure) {
            throw handle.met(failure);
        }
    }

    @Override
    public Vector read(int column, @Nullable Selection wanted) {
        int id = definition.columns().get(column).id();
        if (!reader.hasColumn(id)) {
            return missing(column);
        }
        try {
            return FlatVectors.as(cursor.read(id, wanted), definition.columns().get(column).type());
        } catch (BasaltException failure) {
            throw handle.met(failure);
        }
    }

    /// A column that the table did not have when the part was written.
    private Vector missing(int column) {
        ColumnDefinition definition = this.definition.columns().get(column);
        return new ConstantVector(
                definition.type(), reader.rowCount(granule), definition.initial());
    }

    @Override
    public long bytesRead() {
        return cursor.bytesRead();
    }

    @Override
    public void close() {
        cursor.close();
        pin.close();
    }
}
