package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.part.KeyHash;
import io.basaltdb.storage.part.PartCursor;
import io.basaltdb.storage.part.PartReader;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.ConstantVector;
import io.basaltdb.storage.vector.DictionaryVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One pass over the surviving rows of a part that is being merged, in order, for some of its columns.
final class MergeInput implements AutoCloseable {
    private final PartHandle handle;
    private final PartPin pin;
    private final PartReader reader;
    private final TableDefinition definition;
    private final DeleteVector dropped;
    private final int[] positions;
    private final PartCursor cursor;
    private final int[] scratch = new int[Batch.MAX_ROWS];
    private final int rowsPerGranule;
    private final boolean all;
    private final boolean coded;
    private final Vector[] columns;
    private final long constantBirth;
    private int granule = -1;
    private int[] lanes = new int[0];
    private int laneCount;
    private int at;

    /// @param dropped rows that do not survive
    /// @param positions the columns to read, by position in the definition
    /// @param coded whether strings may come as codes into their part's dictionary
    MergeInput(
            PartState part,
            TableDefinition definition,
            DeleteVector dropped,
            int[] positions,
            boolean coded) {
        this.coded = coded;
        this.handle = part.handle();
        this.pin = handle.pin();
        this.reader = pin.reader();
        this.definition = definition;
        this.dropped = dropped;
        this.positions = positions;
        this.rowsPerGranule = reader.description().rowsPerGranule();
        this.all = dropped.isEmpty();
        this.constantBirth = part.maxBirth();
        this.columns = new Vector[positions.length];
        List<Integer> ids = new ArrayList<>();
        for (int position : positions) {
            int id = definition.columns().get(position).id();
            if (reader.hasColumn(id)) {
                ids.add(id);
            }
        }
        this.cursor = reader.cursor(ids);
        nextGranule();
    }

    /// Goes to the next granule with surviving rows.
    @SuppressWarnings("ReferenceEquality") // whether the lanes are lent is the question
    private void nextGranule() {
        at = 0;
        laneCount = 0;
        while (laneCount == 0 && granule + 1 < reader.granuleCount()) {
            granule++;
            int rows = reader.rowCount(granule);
            Selection live = all ? null : dropped.live(granule * rowsPerGranule, rows, scratch);
            if (live != null) {
                lanes = live.rows();
                laneCount = live.count();
            } else {
                if (lanes == scratch || lanes.length < rows) {
                    lanes = new int[Batch.MAX_ROWS];
                }
                for (int i = 0; i < rows; i++) {
                    lanes[i] = i;
                }
                laneCount = rows;
            }
        }
        if (laneCount > 0) {
            readGranule();
        }
    }

    private void readGranule() {
        try {
            cursor.seek(granule);
            for (int i = 0; i < positions.length; i++) {
                columns[i] = read(positions[i], reader.rowCount(granule));
            }
        } catch (BasaltException failure) {
            throw handle.met(failure);
        }
    }

    private Vector read(int position, int rows) {
        var column = definition.columns().get(position);
        Vector values =
                reader.hasColumn(column.id())
                        ? cursor.read(column.id(), null)
                        : new ConstantVector(column.type(), rows, column.initial());
        boolean isCoded = RowStore.isText(column.type()) && values instanceof DictionaryVector;
        return coded && isCoded ? values : FlatVectors.flat(values);
    }

    /// Whether some row is left.
    boolean hasRow() {
        return at < laneCount;
    }

    int lane() {
        return lanes[at];
    }

    /// The row's number in the part.
    int row() {
        return granule * rowsPerGranule + lanes[at];
    }

    /// The granule's values of the column, flat or coded; counted as the positions were given.
    Vector column(int index) {
        return columns[index];
    }

    int granule() {
        return granule;
    }

    /// The hashes of the keys of all rows of the granule, where the positions are those of the primary key.
    long[] keyHashes() {
        return KeyHash.of(Arrays.asList(columns), 0, reader.rowCount(granule));
    }

    /// The births of the granule's rows.
    long birth() {
        try {
            return reader.hasBirths() ? cursor.births()[lanes[at]] : constantBirth;
        } catch (BasaltException failure) {
            throw handle.met(failure);
        }
    }

    /// Steps over the row.
    void advance() {
        if (++at == laneCount) {
            nextGranule();
        }
    }

    /// Rows of the current granule, from this one on, that stand in a run: how many of the next may be taken at once.
    int available() {
        return laneCount - at;
    }

    int[] lanes() {
        return lanes;
    }

    int position() {
        return at;
    }

    /// Steps over that many rows of the current granule.
    void advance(int count) {
        at += count;
        if (at == laneCount) {
            nextGranule();
        }
    }

    @Override
    public void close() {
        cursor.close();
        pin.close();
    }
}
