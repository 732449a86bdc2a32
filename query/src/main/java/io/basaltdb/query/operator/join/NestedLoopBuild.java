package io.basaltdb.query.operator.join;

import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.operator.rows.KeptLane;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds the right side of a nested-loop join.
public final class NestedLoopBuild implements Sink {
    private final List<Type> types;
    private final MemoryBudget budget;
    private final List<RowStore> laneRows = new ArrayList<>();
    private @Nullable RowStore rows;

    public NestedLoopBuild(List<Type> types, MemoryBudget budget) {
        this.types = List.copyOf(types);
        this.budget = budget;
    }

    @Override
    public LocalSink local(OperatorContext context) {
        return new KeptLane(new RowStore(types, budget, "a nested-loop join"), this::add);
    }

    @Override
    public List<Task> finish(int step) {
        if (step > 0) {
            return List.of();
        }
        RowStore all = new RowStore(types, budget, "a nested-loop join");
        rows = all;
        all.append(laneRows);
        laneRows.forEach(RowStore::close);
        laneRows.clear();
        return List.of();
    }

    RowStore rows() {
        RowStore built = rows;
        assert built != null : "not finished";
        return built;
    }

    List<Type> types() {
        return types;
    }

    @Override
    public void close() {
        laneRows.forEach(RowStore::close);
        laneRows.clear();
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }

    private synchronized void add(RowStore store) {
        laneRows.add(store);
    }
}
