package io.basaltdb.storage.table;

import io.basaltdb.storage.catalog.TableDefinition;
import io.basaltdb.storage.part.PartSummary;
import java.util.ArrayList;
import java.util.List;

/// What a transaction adds to and takes from one table. Appenders of several threads hand over what they have; guarded by itself.
final class StagedRows {
    private final TableDefinition definition;
    private final List<RowStore> stores = new ArrayList<>();
    private final List<PartSummary> parts = new ArrayList<>();
    private final List<RowAddresses> deaths = new ArrayList<>();

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

    synchronized void delete(RowAddresses addresses) {
        deaths.add(addresses);
    }

    synchronized List<RowStore> stores() {
        return List.copyOf(stores);
    }

    synchronized List<PartSummary> parts() {
        return List.copyOf(parts);
    }

    synchronized List<RowAddresses> deaths() {
        return List.copyOf(deaths);
    }

    /// Replaces the rows by parts that hold them.
    synchronized void spilled(RowStore store, List<PartSummary> written) {
        stores.remove(store);
        parts.addAll(written);
    }

    synchronized boolean isEmpty() {
        return stores.isEmpty() && parts.isEmpty() && deaths.isEmpty();
    }
}
