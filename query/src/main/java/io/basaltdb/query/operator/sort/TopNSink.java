package io.basaltdb.query.operator.sort;

import io.basaltdb.query.operator.DynamicFilter;
import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.rows.GatherBuffer;
import io.basaltdb.query.operator.rows.LongStore;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.SortKey;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.type.Physical;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the first rows of an order. Each lane gathers candidates, cuts them to `offset + limit` now and then, and takes only rows whose first key is
/// not behind the last one that can matter ([TopNBound]).
public final class TopNSink implements SortState {
    /// Candidates beyond those that are needed, before a lane cuts.
    private static final int SLACK_ROWS = 8192;

    private final List<Type> types;
    private final List<SortKey> keys;
    private final long offset;
    private final long limit;
    private final MemoryBudget budget;
    private final TopNBound bound;
    private final List<RowStore> laneRows = new ArrayList<>();
    private @Nullable RowStore rows;
    private @Nullable SortedRows sorted;

    /// @param limit most rows to give, at least 0
    /// @param offset rows to leave out before them; `offset + limit` must not exceed [RowStore#MAX_ROWS]
    public TopNSink(
            List<Type> types, List<SortKey> keys, long limit, long offset, MemoryBudget budget) {
        this.types = List.copyOf(types);
        this.keys = List.copyOf(keys);
        this.limit = limit;
        this.offset = offset;
        this.budget = budget;
        this.bound =
                new TopNBound(
                        keys.getFirst(),
                        types.get(keys.getFirst().column()).physical() == Physical.BYTES,
                        keys.size() == 1,
                        needed());
    }

    /// What is known, while rows come, of the column of the first key.
    public DynamicFilter bound() {
        return bound;
    }

    private int needed() {
        return (int) Math.min(offset + limit, RowStore.MAX_ROWS);
    }

    @Override
    public LocalSink local(OperatorContext context) {
        return new Lane(context);
    }

    @Override
    public List<Task> finish(int step) {
        if (step > 0) {
            return List.of();
        }
        RowStore all = new RowStore(types, budget, "a top-N");
        rows = all;
        all.append(laneRows);
        laneRows.forEach(RowStore::close);
        laneRows.clear();
        int count = all.rowCount();
        int[] order = iota(count);
        KeyWords words = KeyWords.of(all, keys);
        sorted = new SortedRows(all, words, order, new int[] {count}, offset, limit);
        return List.of(context -> new RowSorter(words, context).sort(order, 0, count));
    }

    private static int[] iota(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        return order;
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
    }

    private synchronized void add(RowStore store) {
        laneRows.add(store);
    }

    private final class Lane implements LocalSink {
        private final OperatorContext context;
        private final int[] chosen = new int[Batch.MAX_ROWS];
        private final List<GatherBuffer> buffers = RowStore.buffers(types.size());
        private RowStore store = new RowStore(types, budget, "a top-N");
        private boolean handedOver;

        Lane(OperatorContext context) {
            this.context = context;
        }

        @Override
        public Progress consume(Batch batch) {
            if (needed() == 0) {
                return Progress.FINISHED;
            }
            Batch candidates = withinBound(batch);
            if (candidates.rowCount() > 0) {
                bound.note(firstKey(candidates), candidates.selection());
                store.append(candidates);
            }
            if (store.rowCount() - SLACK_ROWS
                    > Math.min(2L * needed(), RowStore.MAX_ROWS - SLACK_ROWS)) {
                cut();
            }
            return Progress.MORE;
        }

        private Vector firstKey(Batch batch) {
            return batch.column(keys.getFirst().column());
        }

        private Batch withinBound(Batch batch) {
            Selection passed = bound.select(firstKey(batch), batch.selection(), chosen);
            return passed == null ? batch : batch.withSelection(passed);
        }

        /// Keeps the first rows of the order only.
        private void cut() {
            int needed = needed();
            if (store.rowCount() <= needed) {
                return;
            }
            int[] order = iota(store.rowCount());
            new RowSorter(KeyWords.of(store, keys), context).sort(order, 0, order.length);
            noteBound(order[needed - 1]);
            RowStore kept = new RowStore(types, budget, "a top-N");
            try {
                for (int from = 0; from < needed; from += Batch.MAX_ROWS) {
                    int to = Math.min(needed, from + Batch.MAX_ROWS);
                    kept.append(
                            store.gather(Arrays.copyOfRange(order, from, to), to - from, buffers));
                }
            } catch (RuntimeException failure) {
                kept.close();
                throw failure;
            }
            store.close();
            store = kept;
        }

        /// A row whose first key is greater (or less, in descending order) than that of the last row kept cannot be among the first.
        private void noteBound(int lastRow) {
            if (store.column(keys.getFirst().column()) instanceof LongStore longs
                    && !longs.isWide()
                    && !longs.isNull(lastRow)) {
                bound.lower(longs.values()[lastRow]);
            }
        }

        @Override
        public void complete() {
            cut();
            handedOver = true;
            add(store);
        }

        @Override
        public void close() {
            if (!handedOver) {
                store.close();
            }
        }
    }
}
