package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a transaction adds to and takes from one table. Appenders of several threads hand over what they have; guarded by itself.
///
/// Rows that are added are few and in memory, or stand in parts that nobody else names. What is taken is named by its address as this
/// transaction sees it: a row of a part (one of the snapshot's or an own one), of the snapshot's delta counted from its first, or of the own rows.
final class StagedRows {
    private final TableDefinition definition;
    private final TableState source;
    private final long commit;
    private final List<PartState> parts = new ArrayList<>();
    private final Map<PartId, DeleteVector.Builder> deathsInParts = new LinkedHashMap<>();
    private final DeleteVector.Builder deathsInDelta = new DeleteVector.Builder();
    private RowStore rows;
    private DeleteVector.Builder deathsInRows = new DeleteVector.Builder();
    private int rowsNumber;
    private long deathCount;
    private @Nullable ChangedTable seen;

    /// @param source the table as the transaction found it; empty where the transaction itself created or truncated it
    /// @param commit the snapshot's
    StagedRows(TableDefinition definition, TableState source, long commit) {
        this.definition = definition;
        this.source = source;
        this.commit = commit;
        this.rows = noRows();
    }

    private RowStore noRows() {
        return new RowStore(DatabaseState.types(definition), false, 0);
    }

    TableDefinition definition() {
        return definition;
    }

    int tableId() {
        return definition.id();
    }

    int schemaVersion() {
        return definition.schemaVersion();
    }

    /// The table as the transaction found it.
    TableState source() {
        return source;
    }

    synchronized void add(RowStore store) {
        if (store.rowCount() > 0) {
            if (rows.rowCount() == 0) {
                rows = store;
            } else {
                rows.appendAll(store.view(), 0);
            }
            seen = null;
        }
    }

    synchronized void add(List<PartState> written) {
        parts.addAll(written);
        seen = null;
    }

    /// Deletes rows of one split of [#seen]; answers how many of them were not deleted before, or −1 where there is no such split.
    synchronized int delete(String split, int[] numbers, int count) {
        DeleteVector.Builder deaths = null;
        if (split.equals(DeltaSplit.NAME)) {
            RowNumbers.check(split, numbers, count, source.delta().rowCount());
            deaths = deathsInDelta;
        } else if (split.equals(rowsName())) {
            RowNumbers.check(split, numbers, count, rows.rowCount());
            deaths = deathsInRows;
        } else {
            PartState part = find(split);
            if (part != null) {
                RowNumbers.check(split, numbers, count, part.summary().rowCount());
                deaths = deathsInParts.computeIfAbsent(part.id(), _ -> new DeleteVector.Builder());
            }
        }
        if (deaths == null) {
            return -1;
        }
        int added = deaths.add(numbers, count);
        deathCount += added;
        seen = added > 0 ? null : seen;
        return added;
    }

    private String rowsName() {
        return "own rows " + rowsNumber;
    }

    private @Nullable PartState find(String split) {
        PartId id = PartId.parse(split);
        if (id == null) {
            return null;
        }
        PartState found = source.parts().find(id);
        for (int i = 0; i < parts.size() && found == null; i++) {
            found = parts.get(i).id().equals(id) ? parts.get(i) : null;
        }
        return found;
    }

    /// Moves the rows in memory into parts where they are many. Addresses of rows in memory mean nothing afterwards.
    synchronized void spill(TransactionContext context, long minBytes, long minRows) {
        if (rows.sizeBytes() < minBytes && rows.rowCount() < minRows) {
            return;
        }
        DeleteVector dead = deathsInRows.build();
        parts.addAll(context.writeParts(definition, rows.view(), dead));
        deathCount -= dead.cardinality();
        rows = noRows();
        deathsInRows = new DeleteVector.Builder();
        rowsNumber++;
        seen = null;
    }

    /// The table with everything that was added and taken so far. Immutable.
    synchronized ChangedTable seen() {
        ChangedTable known = seen;
        if (known == null) {
            known =
                    new ChangedTable(
                            changed(),
                            source.statistics().columns(),
                            commit,
                            deathsInDelta.build(),
                            rows.view(),
                            deathsInRows.build(),
                            rowsName());
            seen = known;
        }
        return known;
    }

    private TableState changed() {
        List<PartState> all = new ArrayList<>();
        source.parts().all().forEach(part -> all.add(withDeaths(part)));
        parts.forEach(part -> all.add(withDeaths(part)));
        return new TableState(
                definition, source.structureCommit(), source.delta(), source.parts().with(all));
    }

    private PartState withDeaths(PartState part) {
        DeleteVector.Builder mine = deathsInParts.get(part.id());
        return mine == null
                ? part
                : part.withDeaths(
                        DeathList.of(
                                part.deaths().all().union(mine.build()), new int[0], new long[0]));
    }

    /// The rows in memory that live, for the commit.
    synchronized RowStore liveRows() {
        if (deathsInRows.isEmpty()) {
            return rows;
        }
        DeleteVector dead = deathsInRows.build();
        DeltaView view = rows.view();
        RowStore live = noRows();
        for (int c = 0; c < view.chunkCount(); c++) {
            Chunk chunk = view.chunks()[c];
            int size = view.rows(c);
            live.append(
                    chunk.vectors(size),
                    size,
                    dead.live(Math.toIntExact(chunk.firstSequence()), size, null),
                    0);
        }
        return live;
    }

    /// Bytes of the rows in memory.
    synchronized long memoryBytes() {
        return rows.sizeBytes();
    }

    synchronized List<PartState> parts() {
        return List.copyOf(parts);
    }

    synchronized List<PartSummary> summaries() {
        return parts.stream().map(PartState::summary).toList();
    }

    /// An upper bound on the rows that are deleted.
    synchronized long deathCount() {
        return deathCount;
    }

    /// By part, own ones included.
    synchronized Map<PartId, DeleteVector> deathsInParts() {
        Map<PartId, DeleteVector> deaths = new LinkedHashMap<>();
        deathsInParts.forEach((part, rows) -> deaths.put(part, rows.build()));
        return deaths;
    }

    synchronized DeleteVector deathsInDelta() {
        return deathsInDelta.build();
    }

    synchronized boolean isEmpty() {
        return rows.rowCount() == 0 && parts.isEmpty() && deathCount == 0;
    }
}
