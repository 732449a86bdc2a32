package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.Catalog;
import io.basaltdb.storage.catalog.CommitBytes;
import io.basaltdb.storage.catalog.LogRecord;
import io.basaltdb.storage.catalog.PendingCommit;
import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.part.PartId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A transaction on its way to the Committer: everything that does not depend on what came since its snapshot is bytes already.
final class TransactionCommit extends PendingCommit {
    // One deletion translated on its own: a record's head, a part id, a count and a number.
    private static final int MAX_BYTES_PER_DEATH = 48;

    private final DatabaseState state;
    private final Root snapshot;
    private final List<LogRecord> definitions;
    private final Collection<StagedRows> staged;
    private final boolean mayBeLost;
    private final ByteWriter prepared = new ByteWriter(256);
    private final long sizeBytes;

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
        this.sizeBytes = prepare();
    }

    private long prepare() {
        for (LogRecord definition : definitions) {
            CommitBytes.put(prepared, definition);
        }
        long deaths = 0;
        for (StagedRows table : staged) {
            if (!table.parts().isEmpty()) {
                CommitBytes.put(prepared, new LogRecord.PartsAdded(table.tableId(), table.parts()));
            }
            for (RowStore store : table.stores()) {
                int begun =
                        CommitBytes.beginRows(
                                prepared,
                                table.tableId(),
                                table.schemaVersion(),
                                Math.toIntExact(store.rowCount()));
                RowBytes.put(prepared, store.view());
                CommitBytes.endRows(prepared, begun);
            }
            for (RowAddresses addresses : table.deaths()) {
                deaths += addresses.numbers().length;
            }
        }
        return prepared.size() + deaths * MAX_BYTES_PER_DEATH;
    }

    @Override
    protected long sizeBytes() {
        return sizeBytes;
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
            resolveDeaths(table, deaths);
        }
        for (LogRecord definition : definitions) {
            state.apply(definition, commit);
        }
        for (StagedRows table : staged) {
            if (!table.parts().isEmpty()) {
                state.addParts(table.tableId(), table.parts(), commit);
            }
            for (RowStore store : table.stores()) {
                state.appendRows(table.tableId(), store.view(), commit);
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
            throw conflict("a definition was changed meanwhile: " + refused.text());
        }
    }

    private void checkTable(StagedRows table, Catalog catalog) {
        TableDefinition definition = checkStructure(table.tableId(), catalog);
        if (definition.schemaVersion() != table.schemaVersion()) {
            throw conflict("the columns of " + definition.qualifiedName() + " were changed");
        }
    }

    private TableDefinition checkStructure(int tableId, Catalog catalog) {
        TableDefinition definition = catalog.table(tableId);
        if (definition == null) {
            throw conflict("table number " + tableId + " was dropped");
        }
        TableState current = state.table(tableId);
        if (current != null && current.structureCommit() > snapshot.commit()) {
            throw conflict(definition.qualifiedName() + " was truncated");
        }
        return definition;
    }

    private void resolveDeaths(StagedRows table, List<LogRecord> deaths) {
        if (table.deaths().isEmpty()) {
            return;
        }
        TableState current = state.table(table.tableId());
        if (current == null) {
            throw conflict("table number " + table.tableId() + " is new and has no rows to delete");
        }
        Map<PartId, Numbers> inParts = new LinkedHashMap<>();
        Numbers inDelta = new Numbers();
        Relocations relocations = state.relocations(table.tableId());
        for (RowAddresses addresses : table.deaths()) {
            for (long number : addresses.numbers()) {
                PartId part = addresses.part();
                if (part == null && number >= current.delta().firstSequence()) {
                    inDelta.add(number);
                } else {
                    Relocations.Place place =
                            part == null
                                    ? relocations.ofDelta(number, current.parts())
                                    : relocations.ofPart(part, (int) number, current.parts());
                    if (place == null) {
                        throw conflict("a row that is to be deleted is gone");
                    }
                    inParts.computeIfAbsent(place.part(), _ -> new Numbers()).add(place.row());
                }
            }
        }
        if (inDelta.count > 0) {
            long[] sequences = inDelta.distinct();
            for (long sequence : sequences) {
                if (current.delta().death(sequence) != 0) {
                    throw conflict("a row that is to be deleted was deleted by another");
                }
            }
            deaths.add(new LogRecord.DeletedFromDelta(table.tableId(), sequences));
        }
        inParts.forEach((part, rows) -> deaths.add(inPart(table, current, part, rows)));
    }

    private static LogRecord inPart(
            StagedRows table, TableState current, PartId id, Numbers numbers) {
        PartState part = current.parts().find(id);
        assert part != null;
        int[] rows = Arrays.stream(numbers.distinct()).mapToInt(row -> (int) row).toArray();
        for (int row : rows) {
            if (part.deaths().all().contains(row)) {
                throw conflict("a row that is to be deleted was deleted by another");
            }
        }
        return new LogRecord.DeletedFromPart(table.tableId(), id, rows);
    }

    private static BasaltException conflict(String why) {
        return new BasaltException(
                ErrorCode.SERIALIZATION_FAILURE,
                "another transaction came first: " + why + "; run this one again");
    }

    /// A growing list of numbers.
    private static final class Numbers {
        private long[] values = new long[16];
        private int count;

        void add(long value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        long[] distinct() {
            Arrays.sort(values, 0, count);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (i == 0 || values[i] != values[i - 1]) {
                    values[kept++] = values[i];
                }
            }
            return Arrays.copyOf(values, kept);
        }
    }
}
