package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.vector.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers rows in memory and writes a part whenever it holds enough of them: sorted, or, as long as rows come in order, encoded as they come.
final class RowAppender implements Appender {
    private final TransactionContext context;
    private final TableDefinition definition;
    private final StagedRows staged;
    private final boolean keysAreUnique;
    private final @Nullable RowRule rule;
    private final RowCheck check;
    private final Runnable onClose;
    private final RowStore store;
    private @Nullable OrderedPart ordered;
    private boolean comesInOrder = true;
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
        return RowStore.bulk(definition);
    }

    @Override
    public Batch append(Batch given) {
        assert !closed;
        Batch rows = rule == null ? given : rule.apply(given);
        check.check(rows);
        add(rows);
        rowCount += rows.rowCount();
        OrderedPart part = ordered;
        long bytes = store.sizeBytes() + (part == null ? 0 : part.heldBytes());
        long held = store.rowCount() + (part == null ? 0 : part.rowCount());
        if (context.bulk().isFull(bytes, held, noteBytes())) {
            writeParts();
            noteBytes();
        }
        return rows;
    }

    private void add(Batch rows) {
        OrderedPart part = ordered;
        if (part != null) {
            if (part.append(rows)) {
                return;
            }
            comesInOrder = false;
            writeParts();
        }
        store.append(rows.columns(), rows.size(), rows.selection(), 0);
        if (comesInOrder && isWorthPart()) {
            ordered = OrderedPart.begin(context, definition, store.view());
            comesInOrder = ordered != null;
            if (comesInOrder) {
                store.clear();
            }
        }
    }

    /// Whether what the store holds is enough for a part at the end.
    private boolean isWorthPart() {
        BulkLimits bulk = context.bulk();
        return store.rowCount() >= bulk.minRows() || store.sizeBytes() >= bulk.minBytes();
    }

    /// Says what is held, and lets go of arrays that wait for rows where all appenders together hold more than they may freely; answers what they hold
    /// in rows.
    private long noteBytes() {
        AppenderBytes all = context.appenderBytes();
        OrderedPart part = ordered;
        long bytes = store.sizeBytes() + (part == null ? 0 : part.heldBytes());
        all.add(bytes - notedBytes, store.spareBytes() - notedSpareBytes);
        long excess = Math.min(all.heldBytes() - context.bulk().freeBytes(), store.spareBytes());
        if (excess > 0) {
            long before = store.spareBytes();
            store.trim(excess);
            all.add(0, store.spareBytes() - before);
        }
        notedBytes = bytes;
        notedSpareBytes = store.spareBytes();
        return all.rowBytes();
    }

    /// Writes all that is held.
    private void writeParts() {
        OrderedPart part = ordered;
        if (part != null) {
            addParts(List.of(part.finish(context)));
            ordered = null;
        }
        if (store.rowCount() > 0) {
            addParts(context.writeParts(definition, store.view(), DeleteVector.none()));
            store.clear();
        }
    }

    private void addParts(List<PartState> parts) {
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
            if (ordered != null || isWorthPart()) {
                writeParts();
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
