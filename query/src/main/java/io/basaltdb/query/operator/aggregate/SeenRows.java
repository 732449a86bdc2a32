package io.basaltdb.query.operator.aggregate;

import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;

/// Remembers rows and tells which of a batch are new. Two rows are the same by the equality of GROUP BY: NULL is NULL. For one thread at a time.
public final class SeenRows implements AutoCloseable {
    private final Reservation reservation;
    private final FlatColumn[] columns;
    private final KeyBlock keys;
    private final KeyTable table;
    private int[] groups = {};

    public SeenRows(Schema rows, Reservation reservation) {
        this.reservation = reservation;
        KeyLayout layout = new KeyLayout(rows.fields());
        columns = new FlatColumn[rows.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new FlatColumn(rows.type(i));
        }
        keys = new KeyBlock(layout);
        table = KeyTable.of(layout, KeptDictionaries.none(reservation), reservation);
    }

    /// The rows of the batch that come for the first time, selected in it; they are known from now on.
    public Batch unseen(Batch batch) {
        int count = batch.rowCount();
        if (count == 0) {
            return batch;
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i].set(batch.column(i), batch.selection(), count);
        }
        keys.encode(columns, count);
        groups = FlatColumn.grown(groups, count);
        int known = table.count();
        table.findOrAdd(keys, count, groups);
        int[] lanes = new int[count];
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (groups[i] == known + found) {
                lanes[found++] = batch.selection() == null ? i : batch.selection().rows()[i];
            }
        }
        return batch.withSelection(new Selection(lanes, found));
    }

    @Override
    public void close() {
        reservation.close();
    }
}
