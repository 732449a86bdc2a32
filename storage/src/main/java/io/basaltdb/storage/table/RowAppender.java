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
    private long notedSpareBytes;
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
        if (context.bulk().isFull(store.sizeBytes(), store.rowCount(), noteBytes())) {
            writePart();
            store.clear();
            noteBytes();
        }
        return rows;
    }

    /// Says what is held, and lets go of arrays that wait for rows where all appenders together hold more than they may freely; answers what they hold
    /// in rows.
    private long noteBytes() {
        AppenderBytes all = context.appenderBytes();
        all.add(store.sizeBytes() - notedBytes, store.spareBytes() - notedSpareBytes);
        long excess = Math.min(all.heldBytes() - context.bulk().freeBytes(), store.spareBytes());
        if (excess > 0) {
            long before = store.spareBytes();
            store.trim(excess);
            all.add(0, store.spareBytes() - before);
        }
        notedBytes = store.sizeBytes();
        notedSpareBytes = store.spareBytes();
        return all.rowBytes();
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
        store.trim(Long.MAX_VALUE);
        try {
            BulkLimits bulk = context.bulk();
            if (store.rowCount() >= bulk.minRows() || store.sizeBytes() >= bulk.minBytes()) {
                writePart();
            } else if (keysAreUnique) {
                staged.addUnique(store);
            } else {
                staged.add(store);
            }
        } finally {
            context.appenderBytes().add(-notedBytes, -notedSpareBytes);
            onClose.run();
        }
    }
}
