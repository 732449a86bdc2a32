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
import java.util.List;
import java.util.Set;

/// A transaction on its way to the Committer: everything that does not depend on what came since its snapshot is bytes already.
final class TransactionCommit extends PendingCommit {
    /// What comes into a table.
    ///
    /// @param keys of the rows, where the table has a primary key
    private record Addition(
            int tableId, List<PartSummary> parts, DeltaView rows, List<KeyBatch> keys) {}

    private final DatabaseState state;
    private final Root snapshot;
    private final List<LogRecord> definitions;
    private final List<LogRecord.TokenUsed> tokens;
    private final Set<Integer> unchanged;
    private final List<StagedRows> staged;
    private final boolean mayBeLost;
    private final boolean isBlind;
    private final List<Addition> additions = new ArrayList<>();
    private final ByteWriter prepared = new ByteWriter(256);

    TransactionCommit(DatabaseState state, TransactionContext.Prepared transaction) {
        this.state = state;
        this.snapshot = transaction.snapshot();
        this.definitions = transaction.definitions();
        this.tokens = transaction.tokens();
        this.unchanged = transaction.unchanged();
        this.staged = transaction.staged();
        this.mayBeLost = transaction.mayBeLost();
        this.isBlind = transaction.isBlind();
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
            additions.add(new Addition(table.tableId(), parts, rows, keys(table, rows)));
        }
        for (LogRecord token : tokens) {
            CommitBytes.put(prepared, token);
        }
    }

    private static List<KeyBatch> keys(StagedRows table, DeltaView rows) {
        if (!table.isKeyed()) {
            return List.of();
        }
        List<KeyBatch> keys = new ArrayList<>();
        int[] positions = KeyBatch.positions(table.definition());
        for (int c = 0; c < rows.chunkCount(); c++) {
            keys.add(KeyBatch.of(rows.chunks()[c], positions, 0, rows.rows(c)));
        }
        return keys;
    }

    @Override
    protected long sizeBytes() {
        long bytes = prepared.size();
        for (StagedRows table : staged) {
            long deaths = table.deathCount() + (replaces(table) ? table.rowCount() : 0);
            bytes += DeathResolver.maxBytes(table, deaths, state);
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
        checkTokens(catalog);
        List<LogRecord> deaths = new ArrayList<>();
        for (int i = 0; i < additions.size(); i++) {
            deaths.addAll(deaths(staged.get(i), additions.get(i), catalog));
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
        for (LogRecord token : tokens) {
            state.apply(token, commit);
        }
        payload.putBytes(prepared.array(), 0, prepared.size());
        for (LogRecord death : deaths) {
            state.apply(death, commit);
            CommitBytes.put(payload, death);
        }
    }

    private boolean replaces(StagedRows table) {
        return isBlind && table.isKeyed();
    }

    /// What the transaction deletes from the table, where that and what it adds may still be.
    private List<LogRecord> deaths(StagedRows table, Addition added, Catalog catalog) {
        checkTable(table, catalog);
        boolean replaces = replaces(table);
        List<LogRecord> deaths =
                table.deathCount() > 0 ? DeathResolver.resolve(table, state, replaces) : List.of();
        TableState current = state.table(table.tableId());
        if (!table.isKeyed() || current == null || isEmptied(table.tableId())) {
            return deaths;
        }
        KeyAdmission admission = new KeyAdmission(table, current, snapshot.commit(), deaths);
        if (!replaces || !added.parts().isEmpty()) {
            admission.check(added.keys());
            return deaths;
        }
        List<LogRecord> all = new ArrayList<>(deaths);
        all.addAll(admission.replace(added.keys()));
        return all;
    }

    /// Whether nothing can have come to the table that the transaction has not looked through.
    private boolean isEmptied(int tableId) {
        for (LogRecord definition : definitions) {
            if ((definition instanceof LogRecord.Truncate(int truncated) && truncated == tableId)
                    || (definition instanceof LogRecord.DropPartition(int dropped, _)
                            && dropped == tableId)) {
                return true;
            }
        }
        return false;
    }

    /// The transaction saw none of its tokens; one that is known by now came since.
    private void checkTokens(Catalog catalog) {
        for (LogRecord.TokenUsed used : tokens) {
            TableDefinition table = catalog.table(used.tableId());
            if (table == null) {
                throw DeathResolver.conflict("table number " + used.tableId() + " was dropped");
            }
            TokenLedger known = state.tokens(used.tableId());
            if (known.find(used.token().name()) != null) {
                throw TokenLedger.conflict(used.token().name(), table);
            }
            known.makeRoom(used.token().wallMicros(), table.qualifiedName());
        }
    }

    /// The catalog as this transaction leaves it, where it still can.
    private Catalog checkDefinitions() {
        Catalog catalog = state.catalog();
        try {
            for (LogRecord definition : definitions) {
                if (definition instanceof LogRecord.Truncate(int tableId)) {
                    checkUnchanged(tableId, checkStructure(tableId, catalog), "which is truncated");
                } else if (definition instanceof LogRecord.DropPartition(int tableId, _)) {
                    checkUnchanged(
                            tableId,
                            checkStructure(tableId, catalog),
                            "of which a partition is dropped");
                } else if (definition instanceof LogRecord.AlterTable(TableDefinition altered)) {
                    checkAltered(altered, catalog);
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

    /// A truncation takes the rows that its transaction sees; one that saw none takes those that are there.
    private void checkUnchanged(int tableId, TableDefinition definition, String why) {
        TableState current = state.table(tableId);
        if (!isBlind && current != null && current.changeCommit() > snapshot.commit()) {
            throw DeathResolver.conflict(
                    "rows of " + definition.qualifiedName() + ", " + why + ", were changed");
        }
    }

    private void checkAltered(TableDefinition altered, Catalog catalog) {
        TableDefinition before = checkStructure(altered.id(), catalog);
        if (before.schemaVersion() != altered.schemaVersion() - 1) {
            throw DeathResolver.conflict(
                    "the definition of " + before.qualifiedName() + " was changed");
        }
        if (unchanged.contains(altered.id())) {
            checkUnchanged(altered.id(), before, "whose definition depends on them");
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
