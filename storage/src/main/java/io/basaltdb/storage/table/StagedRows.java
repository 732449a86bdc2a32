package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartSummary;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private DeleteVector.Builder deathsInDelta = new DeleteVector.Builder();
    private RowStore rows;
    private DeleteVector.Builder deathsInRows = new DeleteVector.Builder();
    private int rowsNumber;
    // Of a keyed table: own rows in memory up to this one, and own parts up to that one, have keys
    // that nobody else has.
    private int checkedRows;
    private int checkedParts;
    private boolean hasMatched;
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

    /// The same additions and deletions under a newer definition. This object must not be used any more.
    synchronized StagedRows altered(TableDefinition changed) {
        StagedRows same = new StagedRows(changed, source.altered(changed), commit);
        same.parts.addAll(parts);
        same.deathsInParts.putAll(deathsInParts);
        same.deathsInDelta = deathsInDelta;
        same.rows = rows.altered(definition, changed);
        same.deathsInRows = deathsInRows;
        same.rowsNumber = rowsNumber;
        same.checkedRows = checkedRows;
        same.checkedParts = checkedParts;
        same.hasMatched = hasMatched;
        same.deathCount = deathCount;
        return same;
    }

    /// The own parts of that partition.
    synchronized List<PartState> partsOf(List<Value> partition) {
        return parts.stream().filter(part -> part.summary().partition().equals(partition)).toList();
    }

    /// The same without the rows of a partition, own ones and others. This object must not be used any more.
    synchronized StagedRows without(List<Value> partition) {
        int[] gone = PartitionValues.rows(source.delta(), definition, partition);
        TableState left =
                source.withDelta(source.delta().without(gone, commit))
                        .withParts(source.parts().without(source.parts().of(partition)));
        StagedRows same = new StagedRows(definition, left, commit);
        Set<PartId> dropped = new HashSet<>();
        source.parts().all().forEach(part -> dropped.add(part.id()));
        left.parts().all().forEach(part -> dropped.remove(part.id()));
        for (PartState part : parts) {
            if (part.summary().partition().equals(partition)) {
                dropped.add(part.id());
            } else {
                same.parts.add(part);
            }
        }
        deathsInParts.forEach((part, deaths) -> {
            if (!dropped.contains(part)) {
                same.deathsInParts.put(part, deaths);
            }
        });
        DeleteVector.Builder goneInDelta = new DeleteVector.Builder();
        goneInDelta.add(numbers(source.delta(), gone), gone.length);
        for (int row : deathsInDelta.build().toRows()) {
            if (!goneInDelta.contains(row)) {
                same.deathsInDelta.add(new int[] {row}, 1);
            }
        }
        same.rows = rows;
        same.deathsInRows = deathsInRows;
        int[] mine = PartitionValues.rows(rows.view(), definition, partition);
        same.deathsInRows.add(numbers(rows.view(), mine), mine.length);
        same.rowsNumber = rowsNumber;
        same.checkedRows = checkedRows;
        same.hasMatched = hasMatched;
        same.deathCount = deathCount + mine.length;
        return same;
    }

    /// The numbers of the rows, counted from the first.
    private static int[] numbers(DeltaView view, int[] addresses) {
        int[] numbers = new int[addresses.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (int) (view.sequence(addresses[i]) - view.firstSequence());
        }
        Arrays.sort(numbers);
        return numbers;
    }

    private RowStore noRows() {
        return RowStore.staged(definition);
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
            if (rows.rowCount() == 0 && store.hasKeys() == isKeyed() && !store.hasCodes()) {
                rows = store;
            } else {
                rows.appendAll(store.view(), 0);
            }
            seen = null;
        }
    }

    /// Adds rows whose keys are known to be those of no other row.
    synchronized void addUnique(RowStore store) {
        matched();
        boolean allChecked = checkedRows == rows.rowCount();
        add(store);
        if (allChecked) {
            checkedRows = Math.toIntExact(rows.rowCount());
        }
    }

    /// Adds parts of rows whose keys are known to be those of no other row.
    synchronized void addUnique(List<PartState> written) {
        matched();
        boolean allChecked = checkedParts == parts.size();
        add(written);
        if (allChecked) {
            checkedParts = parts.size();
        }
    }

    /// Says that the transaction asked which keys are there.
    synchronized void matched() {
        hasMatched = true;
    }

    /// Whether rows came as they did because of what rows of their keys were there: others that came since are no mistake of the statement's.
    synchronized boolean hasMatched() {
        return hasMatched;
    }

    boolean isKeyed() {
        return !definition.primaryKey().isEmpty();
    }

    /// Where the rows with those keys stand, as the transaction sees them by now.
    ///
    /// @param wanted indexes of the keys, of which the first `count` count
    /// @param followsNewest whether a row that came after the snapshot is none; else it is a conflict
    synchronized KeyMatches match(KeyBatch keys, int[] wanted, int count, boolean followsNewest) {
        return new KeySearch(this, keys, followsNewest).find(wanted, count);
    }

    /// Deletes rows that were found, at the first `count` of those indexes.
    synchronized void delete(KeyMatches matches, int[] indexes, int count) {
        DeleteVector.@Nullable Builder[] deaths =
                new DeleteVector.@Nullable Builder[matches.sourceCount()];
        for (int i = 0; i < count; i++) {
            int source = matches.source(indexes[i]);
            DeleteVector.Builder known = deaths[source];
            if (known == null) {
                known = deathsIn(source, matches);
                deaths[source] = known;
            }
            deathCount += known.add(matches.row(indexes[i])) ? 1 : 0;
        }
        seen = null;
    }

    private DeleteVector.Builder deathsIn(int source, KeyMatches matches) {
        return switch (source) {
            case KeyMatches.OWN_ROWS -> deathsInRows;
            case KeyMatches.DELTA -> deathsInDelta;
            default ->
                    deathsInParts.computeIfAbsent(
                            matches.part(source).id(), _ -> new DeleteVector.Builder());
        };
    }

    /// Checks that the primary keys of the rows that were added since the last check are those of no other row.
    ///
    /// @throws io.basaltdb.storage.error.BasaltException UNIQUE_VIOLATION; SERIALIZATION_FAILURE where a row of such a key came after the
    ///     snapshot
    synchronized void checkKeys() {
        if (!isKeyed()) {
            return;
        }
        UniqueKeys check = new UniqueKeys(this);
        check.rowsFrom(checkedRows);
        check.partsFrom(checkedParts);
        checkedRows = Math.toIntExact(rows.rowCount());
        checkedParts = parts.size();
    }

    // For those who search it, under its lock.

    RowStore rows() {
        return rows;
    }

    List<PartState> ownParts() {
        return parts;
    }

    long commit() {
        return commit;
    }

    boolean isDeadInRows(int row) {
        return deathsInRows.contains(row);
    }

    boolean isDeadInDelta(int row) {
        return deathsInDelta.contains(row);
    }

    boolean isDeadInPart(PartState part, int row) {
        DeleteVector.Builder mine = deathsInParts.get(part.id());
        return (mine != null && mine.contains(row)) || part.deaths().contains(row);
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
        boolean allChecked = checkedRows == rows.rowCount() && checkedParts == parts.size();
        parts.addAll(context.writeParts(definition, rows.view(), dead));
        checkedRows = 0;
        checkedParts = allChecked ? parts.size() : checkedParts;
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

    /// The rows in memory.
    synchronized long rowCount() {
        return rows.rowCount();
    }

    /// Bytes of the rows in memory.
    synchronized long memoryBytes() {
        return rows.sizeBytes();
    }

    synchronized List<PartState> parts() {
        return List.copyOf(parts);
    }

    synchronized List<PartSummary> summaries() {
        return parts.isEmpty() ? List.of() : parts.stream().map(PartState::summary).toList();
    }

    /// An upper bound on the rows that are deleted.
    synchronized long deathCount() {
        return deathCount;
    }

    /// The rows that are deleted by part, own ones included; ascending.
    synchronized Map<PartId, int[]> deathsInParts() {
        Map<PartId, int[]> deaths = new LinkedHashMap<>();
        deathsInParts.forEach((part, dead) -> deaths.put(part, dead.toRows()));
        return deaths;
    }

    /// The rows of the snapshot's delta that are deleted, counted from its first; ascending.
    synchronized int[] deathsInDelta() {
        return deathsInDelta.toRows();
    }

    synchronized boolean isEmpty() {
        return rows.rowCount() == 0 && parts.isEmpty() && deathCount == 0;
    }
}
