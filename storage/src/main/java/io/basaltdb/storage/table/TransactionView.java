package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.Catalog;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import java.util.Map;

/// The database as a transaction saw it at one moment: its snapshot with what it had changed by then.
final class TransactionView implements DatabaseSnapshot {
    private final PinnedSnapshot snapshot;
    private final Catalog catalog;
    private final Map<Integer, ChangedTable> changed;
    private final Runnable onClose;

    /// @param changed tables that do not stand as in the snapshot
    TransactionView(
            PinnedSnapshot snapshot,
            Catalog catalog,
            Map<Integer, ChangedTable> changed,
            Runnable onClose) {
        this.snapshot = snapshot;
        this.catalog = catalog;
        this.changed = changed;
        this.onClose = onClose;
    }

    @Override
    public long commit() {
        return snapshot.commit();
    }

    @Override
    public Catalog catalog() {
        return catalog;
    }

    @Override
    public TableSnapshot table(int tableId) {
        ChangedTable mine = changed.get(tableId);
        if (mine != null) {
            return mine;
        }
        TableDefinition definition = catalog.table(tableId);
        if (definition == null) {
            throw new BasaltException(
                    ErrorCode.UNDEFINED_TABLE,
                    "table number " + tableId + " does not exist in this transaction");
        }
        return snapshot.table(tableId);
    }

    @Override
    public TableSnapshot table(int tableId, AsOf point) {
        TableDefinition definition = catalog.table(tableId);
        if (definition == null || snapshot.root().tables().get(tableId) == null) {
            throw new BasaltException(
                    ErrorCode.HISTORY_NOT_KEPT,
                    "table number "
                            + tableId
                            + " was created in this transaction, so it has no past yet");
        }
        return snapshot.past(snapshot.state(tableId).altered(definition), point);
    }

    @Override
    public void close() {
        onClose.run();
    }
}
