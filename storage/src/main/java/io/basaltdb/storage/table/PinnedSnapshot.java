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

    @Override
    public TableSnapshot table(int tableId, AsOf point) {
        return past(state(tableId), point);
    }

    /// @param state of this snapshot, perhaps under a newer definition
    TableSnapshot past(TableState state, AsOf point) {
        long commit =
                switch (point) {
                    case AsOf.Commit(long number) -> number;
                    case AsOf.Time(long wallMicros) ->
                            Math.min(registry.timeline().commitAt(wallMicros), root.commit());
                };
        if (commit > root.commit()) {
            throw new BasaltException(
                    ErrorCode.INVALID_PARAMETER,
                    "commit "
                            + commit
                            + " is not in the past: the newest that this statement sees is "
                            + root.commit());
        }
        TableHistory history = state.history();
        if (commit < history.floor()) {
            throw notKept(state, point);
        }
        return new PinnedTable(state.asOf(commit), commit);
    }

    private BasaltException notKept(TableState state, AsOf point) {
        TableHistory history = state.history();
        String name = state.definition().qualifiedName();
        if (!history.isKept()) {
            return new BasaltException(
                    ErrorCode.HISTORY_NOT_KEPT,
                    name
                            + " keeps no history, so it cannot be read as of "
                            + point.text()
                            + "; ALTER TABLE … SET (history = '1 hour') keeps it from then on");
        }
        long since = registry.timeline().microsOf(history.floor());
        return new BasaltException(
                ErrorCode.HISTORY_NOT_KEPT,
                "the history of "
                        + name
                        + " begins with commit "
                        + history.floor()
                        + (since == Long.MIN_VALUE ? "" : " at " + AsOf.instant(since))
                        + ", so it cannot be read as of "
                        + point.text());
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
