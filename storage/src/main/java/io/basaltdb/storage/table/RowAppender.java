package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.vector.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers rows in memory and writes a part whenever it holds enough of them.
final class RowAppender implements Appender {
    private final TransactionContext context;
    private final TableDefinition definition;
    private final StagedRows staged;
    private final boolean keysAreUnique;
    private final @Nullable RowRule rule;
    private final RowCheck check;
    private final Runnable onClose;
    private final RowStore store;
    private long rowCount;
    private long notedBytes;
    private boolean closed;

    /// @param keysAreUnique whether the rows' keys are known to be those of no other row
    RowAppender(
            TransactionContext context,
            TableDefinition definition,
            StagedRows staged,
            boolean keysAreUnique,
            Runnable onClose) {
        this.context = context;
        this.definition = definition;
        this.staged = staged;
        this.keysAreUnique = keysAreUnique;
        this.rule = RowRule.of(definition, context.rules());
        this.check = new RowCheck(definition);
        this.onClose = onClose;
        this.store = newStore();
    }

    private RowStore newStore() {
        return new RowStore(DatabaseState.types(definition), false, 0);
    }

    @Override
    public Batch append(Batch given) {
        assert !closed;
        Batch rows = rule == null ? given : rule.apply(given);
        check.check(rows);
        store.append(rows.columns(), rows.size(), rows.selection(), 0);
        rowCount += rows.rowCount();
        long held = store.sizeBytes();
        if (context.bulk().isFull(held, store.rowCount(), noteBytes(held))) {
            writePart();
            store.clear();
            noteBytes(0);
        }
        return rows;
    }

    private long noteBytes(long held) {
        long more = held - notedBytes;
        notedBytes = held;
        return context.addAppenderBytes(more);
    }

    private void writePart() {
        List<PartState> parts = context.writeParts(definition, store.view(), DeleteVector.none());
        if (keysAreUnique) {
            staged.addUnique(parts);
        } else {
            staged.add(parts);
        }
    }

    @Override
    public long rowCount() {
        return rowCount;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            store.trim();
            BulkLimits bulk = context.bulk();
            if (store.rowCount() >= bulk.minRows() || store.sizeBytes() >= bulk.minBytes()) {
                writePart();
            } else if (keysAreUnique) {
                staged.addUnique(store);
            } else {
                staged.add(store);
            }
        } finally {
            noteBytes(0);
            onClose.run();
        }
    }
}
