package io.basaltdb.query.operator.rows;

import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;

/// Keeps all rows, each lane's in a store of its own, for any number of [KeptRowsSource]s; freed when the query ends.
public final class KeptRows implements Sink {
    private final List<Type> types;
    private final MemoryBudget budget;
    private final List<RowStore> stores = new ArrayList<>();

    public KeptRows(List<Type> types, MemoryBudget budget) {
        this.types = List.copyOf(types);
        this.budget = budget;
    }

    @Override
    public LocalSink local(OperatorContext context) {
        return new KeptLane(new RowStore(types, budget, "a shared part of the query"), this::add);
    }

    private synchronized void add(RowStore store) {
        stores.add(store);
    }

    @Override
    public List<Task> finish(int step) {
        return List.of();
    }

    /// The rows, once the sink is finished.
    List<RowStore> stores() {
        return stores;
    }

    int columnCount() {
        return types.size();
    }

    @Override
    public void close() {
        stores.forEach(RowStore::close);
        stores.clear();
    }
}
