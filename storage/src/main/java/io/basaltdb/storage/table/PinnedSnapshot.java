package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.Catalog;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.concurrent.atomic.AtomicBoolean;

/// A root that stays readable until this is closed.
final class PinnedSnapshot implements DatabaseSnapshot {
    private final SnapshotRegistry registry;
    private final Root root;
    private final SnapshotRegistry.Pin pin;
    private final AtomicBoolean closed = new AtomicBoolean();

    PinnedSnapshot(SnapshotRegistry registry, Root root, SnapshotRegistry.Pin pin) {
        this.registry = registry;
        this.root = root;
        this.pin = pin;
    }

    Root root() {
        return root;
    }

    @Override
    public long commit() {
        return root.commit();
    }

    @Override
    public Catalog catalog() {
        return root.catalog();
    }

    @Override
    public TableSnapshot table(int tableId) {
        return new PinnedTable(state(tableId), root.commit());
    }

    TableState state(int tableId) {
        TableState state = root.tables().get(tableId);
        if (state == null) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_TABLE,
                    "table number " + tableId + " does not exist at commit " + root.commit());
        }
        return state;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            registry.close(pin);
        }
    }
}
