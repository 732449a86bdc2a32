package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.Catalog;
import io.basaltdb.storage.catalog.CommitBytes;
import io.basaltdb.storage.catalog.LogRecord;
import io.basaltdb.storage.catalog.PendingCommit;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.part.PartSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A transaction on its way to the Committer: everything that does not depend on what came since its snapshot is bytes already.
final class TransactionCommit extends PendingCommit {
    /// What comes into a table.
    private record Addition(int tableId, List<PartSummary> parts, DeltaView rows) {}

    private final DatabaseState state;
    private final Root snapshot;
    private final List<LogRecord> definitions;
    private final Collection<StagedRows> staged;
    private final boolean mayBeLost;
    private final List<Addition> additions = new ArrayList<>();
    private final ByteWriter prepared = new ByteWriter(256);

    TransactionCommit(
            DatabaseState state,
            Root snapshot,
            List<LogRecord> definitions,
            Collection<StagedRows> staged,
            boolean mayBeLost) {
        this.state = state;
        this.snapshot = snapshot;
        this.definitions = definitions;
        this.staged = staged;
        this.mayBeLost = mayBeLost;
        prepare();
    }

    private void prepare() {
        for (LogRecord definition : definitions) {
            CommitBytes.put(prepared, definition);
        }
        for (StagedRows table : staged) {
            List<PartSummary> parts = table.summaries();
            if (!parts.isEmpty()) {
                CommitBytes.put(prepared, new LogRecord.PartsAdded(table.tableId(), parts));
            }
            DeltaView rows = table.liveRows().view();
            if (rows.rowCount() > 0) {
                int begun =
                        CommitBytes.beginRows(
                                prepared,
                                table.tableId(),
                                table.schemaVersion(),
                                Math.toIntExact(rows.rowCount()));
                RowBytes.put(prepared, rows);
                CommitBytes.endRows(prepared, begun);
            }
            additions.add(new Addition(table.tableId(), parts, rows));
        }
    }

    @Override
    protected long sizeBytes() {
        long bytes = prepared.size();
        for (StagedRows table : staged) {
            bytes += DeathResolver.maxBytes(table, table.deathCount(), state);
        }
        return bytes;
    }

    @Override
    protected boolean mayBeLost() {
        return mayBeLost;
    }

    @Override
    protected void admit(long commit, ByteWriter payload) {
        Catalog catalog = checkDefinitions();
        List<LogRecord> deaths = new ArrayList<>();
        for (StagedRows table : staged) {
            checkTable(table, catalog);
            if (table.deathCount() > 0) {
                deaths.addAll(DeathResolver.resolve(table, state));
            }
        }
        for (LogRecord definition : definitions) {
            state.apply(definition, commit);
        }
        for (Addition added : additions) {
            if (!added.parts().isEmpty()) {
                state.addParts(added.tableId(), added.parts(), commit);
            }
            if (added.rows().rowCount() > 0) {
                state.appendRows(added.tableId(), added.rows(), commit);
            }
        }
        payload.putBytes(prepared.array(), 0, prepared.size());
        for (LogRecord death : deaths) {
            state.apply(death, commit);
            CommitBytes.put(payload, death);
        }
    }

    /// The catalog as this transaction leaves it, where it still can.
    private Catalog checkDefinitions() {
        Catalog catalog = state.catalog();
        try {
            for (LogRecord definition : definitions) {
                if (definition instanceof LogRecord.Truncate(int tableId)) {
                    checkStructure(tableId, catalog);
                }
                catalog = DatabaseState.changed(catalog, definition);
            }
            return catalog;
        } catch (BasaltException refused) {
            if (state.catalog().version() == snapshot.catalog().version()
                    || refused.code() == ErrorCode.SERIALIZATION_FAILURE) {
                throw refused;
            }
            throw DeathResolver.conflict("a definition was changed meanwhile: " + refused.text());
        }
    }

    private void checkTable(StagedRows table, Catalog catalog) {
        TableDefinition definition = checkStructure(table.tableId(), catalog);
        if (definition.schemaVersion() != table.schemaVersion()) {
            throw DeathResolver.conflict(
                    "the columns of " + definition.qualifiedName() + " were changed");
        }
    }

    private TableDefinition checkStructure(int tableId, Catalog catalog) {
        TableDefinition definition = catalog.table(tableId);
        if (definition == null) {
            throw DeathResolver.conflict("table number " + tableId + " was dropped");
        }
        TableState current = state.table(tableId);
        if (current != null && current.structureCommit() > snapshot.commit()) {
            throw DeathResolver.conflict(definition.qualifiedName() + " was truncated");
        }
        return definition;
    }
}
