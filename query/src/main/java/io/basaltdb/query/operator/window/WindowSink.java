package io.basaltdb.query.operator.window;

import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.operator.rows.KeptLane;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.operator.sort.RowSorter;
import io.basaltdb.query.plan.PlanNode;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps all rows and, when the input has ended, sorts them bucket by bucket. The result is read through [#source], which owns it.
public final class WindowSink implements Sink {
    private static final int ROWS_PER_BUCKET = 1 << 15;
    private static final int MOST_BUCKETS = 256;
    private static final String WHAT = "a window";

    private final PlanNode.Window node;
    private final List<Type> types;
    private final MemoryBudget memory;
    private final Reservation orderReservation;
    private final List<RowStore> laneRows = new ArrayList<>();
    private @Nullable RowStore rows;
    private @Nullable Bucket[] buckets = {};

    /// @param memory the operator's budget
    public WindowSink(PlanNode.Window node, MemoryBudget memory) {
        this.node = node;
        this.types = RowStore.types(node.input().output());
        this.memory = memory;
        this.orderReservation = memory.reserve(WHAT);
    }

    @Override
    public LocalSink local(OperatorContext context) {
        return new KeptLane(new RowStore(types, memory, WHAT), this::add);
    }

    @Override
    public List<Task> finish(int step) {
        if (step > 0) {
            orderReservation.resize(orderBytes(rows().rowCount()));
            return List.of();
        }
        RowStore all = merged();
        int count = all.rowCount();
        if (count == 0) {
            return List.of();
        }
        orderReservation.grow(orderBytes(count) + (long) RowSorter.scratchBytesPerRow() * count);
        Buckets cut = Buckets.cut(all, node.partitionColumns(), bucketCount(count));
        buckets = new Bucket[cut.starts().length - 1];
        WindowOrder order = new WindowOrder(node, all);
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < buckets.length; i++) {
            int bucket = i;
            int from = cut.starts()[i];
            int to = cut.starts()[i + 1];
            tasks.add(context -> buckets[bucket] = order.sorted(cut.order(), from, to, context));
        }
        return tasks;
    }

    /// Row numbers and border bits.
    private long orderBytes(int rowCount) {
        return 4L * rowCount + (long) Marks.words(rowCount) * 8 * (node.order().size() + 1);
    }

    private int bucketCount(int rowCount) {
        if (node.partitionColumns().isEmpty()) {
            return 1;
        }
        int wanted = Math.clamp(rowCount / ROWS_PER_BUCKET, 1, MOST_BUCKETS);
        return Integer.highestOneBit(wanted);
    }

    private RowStore merged() {
        RowStore all;
        if (laneRows.size() == 1) {
            all = laneRows.getFirst();
        } else {
            all = new RowStore(types, memory, WHAT);
            rows = all;
            all.append(laneRows);
            laneRows.forEach(RowStore::close);
        }
        rows = all;
        laneRows.clear();
        return all;
    }

    RowStore rows() {
        RowStore all = rows;
        assert all != null : "not finished";
        return all;
    }

    int bucketCount() {
        return buckets.length;
    }

    Bucket bucket(int index) {
        Bucket bucket = buckets[index];
        assert bucket != null : "not sorted";
        return bucket;
    }

    /// Reads the rows with the columns of the calls, once finished; to be closed in any case.
    public WindowSource source() {
        return new WindowSource(this, node);
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
