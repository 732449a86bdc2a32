package io.basaltdb.query.operator.sort;

import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.rows.KeptLane;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.SortKey;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps all rows and sorts them when the input has ended, in as many runs as there are lanes.
public final class SortSink implements SortState {
    private static final int ROWS_PER_RUN = 1 << 17;

    private final List<Type> types;
    private final List<SortKey> keys;
    private final long limit;
    private final long offset;
    private final MemoryBudget budget;
    private final Reservation orderReservation;
    private final List<RowStore> laneRows = new ArrayList<>();
    private @Nullable RowStore rows;
    private @Nullable SortedRows sorted;
    private int laneCount = 1;

    public SortSink(List<Type> types, List<SortKey> keys, MemoryBudget budget) {
        this(types, keys, Long.MAX_VALUE, 0, budget);
    }

    /// @param limit most rows to give
    /// @param offset rows to leave out before them
    public SortSink(
            List<Type> types, List<SortKey> keys, long limit, long offset, MemoryBudget budget) {
        this.types = List.copyOf(types);
        this.keys = List.copyOf(keys);
        this.limit = limit;
        this.offset = offset;
        this.budget = budget;
        this.orderReservation = budget.reserve("a sort");
    }

    @Override
    public synchronized LocalSink local(OperatorContext context) {
        laneCount = context.laneCount();
        return new KeptLane(new RowStore(types, budget, "a sort"), this::add);
    }

    @Override
    public List<Task> finish(int step) {
        if (step > 0) {
            orderReservation.resize(4L * sorted().order().length);
            return List.of();
        }
        RowStore all = merged();
        int count = all.rowCount();
        int runs = Math.clamp(count / ROWS_PER_RUN, 1, laneCount);
        orderReservation.grow(4L * count + (long) RowSorter.scratchBytesPerRow() * count);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        KeyWords words = KeyWords.of(all, keys);
        int[] runEnds = new int[runs];
        List<Task> tasks = new ArrayList<>();
        for (int r = 0; r < runs; r++) {
            int from = (int) ((long) count * r / runs);
            int to = (int) ((long) count * (r + 1) / runs);
            runEnds[r] = to;
            tasks.add(context -> new RowSorter(words, context).sort(order, from, to));
        }
        sorted = new SortedRows(all, words, order, runEnds, offset, limit);
        return tasks;
    }

    private RowStore merged() {
        RowStore all;
        if (laneRows.size() == 1) {
            all = laneRows.getFirst();
        } else {
            all = new RowStore(types, budget, "a sort");
            rows = all;
            all.append(laneRows);
            laneRows.forEach(RowStore::close);
        }
        rows = all;
        laneRows.clear();
        return all;
    }

    @Override
    public SortedRows sorted() {
        SortedRows result = sorted;
        assert result != null : "not finished";
        return result;
    }

    @Override
    public void close() {
        laneRows.forEach(RowStore::close);
        laneRows.clear();
        if (rows != null) {
            rows.close();
            rows = null;
        }
        orderReservation.close();
    }

    private synchronized void add(RowStore store) {
        laneRows.add(store);
    }
}
