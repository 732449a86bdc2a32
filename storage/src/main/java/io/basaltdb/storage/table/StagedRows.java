package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.part.DeleteVector;
import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.part.PartSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a transaction adds to and takes from one table. Appenders of several threads hand over what they have; guarded by itself.
final class StagedRows {
    private final TableDefinition definition;
    private final List<RowStore> stores = new ArrayList<>();
    private final List<PartSummary> parts = new ArrayList<>();
    // By address in the transaction's snapshot; rows of the delta are counted from its first.
    private final Map<PartId, DeleteVector.Builder> deathsInParts = new LinkedHashMap<>();
    private final DeleteVector.Builder deathsInDelta = new DeleteVector.Builder();
    private long deathCount;

    StagedRows(TableDefinition definition) {
        this.definition = definition;
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

    synchronized void add(RowStore store) {
        if (store.rowCount() > 0) {
            stores.add(store);
        }
    }

    synchronized void add(List<PartSummary> written) {
        parts.addAll(written);
    }

    /// Answers how many of the rows were not deleted before.
    synchronized int deleteFromDelta(int[] rows, int count) {
        int added = deathsInDelta.add(rows, count);
        deathCount += added;
        return added;
    }

    /// Answers how many of the rows were not deleted before.
    synchronized int deleteFromPart(PartId part, int[] rows, int count) {
        int added =
                deathsInParts
                        .computeIfAbsent(part, _ -> new DeleteVector.Builder())
                        .add(rows, count);
        deathCount += added;
        return added;
    }

    synchronized List<RowStore> stores() {
        return List.copyOf(stores);
    }

    synchronized List<PartSummary> parts() {
        return List.copyOf(parts);
    }

    synchronized boolean hasDeaths() {
        return deathCount > 0;
    }

    /// Rows that are deleted.
    synchronized long deathCount() {
        return deathCount;
    }

    synchronized Map<PartId, DeleteVector> deathsInParts() {
        Map<PartId, DeleteVector> deaths = new LinkedHashMap<>();
        deathsInParts.forEach((part, rows) -> deaths.put(part, rows.build()));
        return deaths;
    }

    synchronized DeleteVector deathsInDelta() {
        return deathsInDelta.build();
    }

    /// Replaces the rows by parts that hold them.
    synchronized void spilled(RowStore store, List<PartSummary> written) {
        stores.remove(store);
        parts.addAll(written);
    }

    synchronized boolean isEmpty() {
        return stores.isEmpty() && parts.isEmpty() && deathCount == 0;
    }
}
