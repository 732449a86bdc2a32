package io.basaltdb.query.operator.join;

import io.basaltdb.query.operator.DynamicFilter;
import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.operator.rows.GatherBuffer;
import io.basaltdb.query.operator.rows.LongStore;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.query.plan.JoinKind;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The build side of a hash join: each lane keeps its rows, finishing lays them behind each other and fills the table, one task per
/// partition of the keys. Afterwards it is read by the probing lanes of another pipeline.
public final class JoinBuild implements Sink {
    /// Slots of a dense table per build row, and slots that are always affordable.
    private static final long DENSE_SLOTS_PER_ROW = 8;

    private static final long DENSE_SLOTS_FREE = 1 << 18;
    private static final int INSERT_ROWS = 4096;
    private static final int COLUMN_ROWS = 1 << 16;

    private final List<Type> types;
    private final List<Integer> keys;
    private final JoinKind kind;
    private final MemoryBudget budget;
    private final Reservation tableReservation;
    private final List<RowStore> laneRows = new ArrayList<>();
    private boolean sawNullKey;
    private long rowsSeen;
    private @Nullable RowStore rows;
    private @Nullable KeyForm form;
    private @Nullable JoinTable table;
    private int[] next = new int[0];
    private boolean unique;

    /// Keys that scans of the probe side ask for.
    private final BitSet filteredKeys = new BitSet();

    private final @Nullable KeyBitmap[] bitmaps;
    private volatile boolean finished;

    /// @param types of the build side's columns
    /// @param keys the key columns among them
    public JoinBuild(List<Type> types, List<Integer> keys, JoinKind kind, MemoryBudget budget) {
        this.types = List.copyOf(types);
        this.keys = List.copyOf(keys);
        this.bitmaps = new KeyBitmap[keys.size()];
        this.kind = kind;
        this.budget = budget;
        this.tableReservation = budget.reserve("the table of a hash join");
    }

    @Override
    public LocalSink local(OperatorContext context) {
        return new Lane();
    }

    @Override
    public List<Task> finish(int step) {
        if (step > 0) {
            unique = !hasChains();
            fillBitmaps();
            finished = true;
            return List.of();
        }
        if (laneRows.size() == 1) {
            rows = laneRows.getFirst();
        } else {
            rows = new RowStore(types, budget, "a hash join");
            rows.append(laneRows);
            laneRows.forEach(RowStore::close);
        }
        laneRows.clear();
        return plan(rows());
    }

    private List<Task> plan(RowStore all) {
        int rowCount = all.rowCount();
        KeyForm chosen = KeyForm.of(List.of(all), keys);
        form = chosen;
        boolean dense =
                chosen instanceof KeyForm.Packed packed
                        && packed.maxKey()
                                < Math.min(
                                        DENSE_SLOTS_FREE + DENSE_SLOTS_PER_ROW * rowCount, 1 << 30);
        int partitions = rowCount < 1 << 16 ? 1 : 4;
        long tableBytes =
                dense
                        ? DenseTable.bytesFor(((KeyForm.Packed) chosen).maxKey())
                        : ChainTable.bytesFor(rowCount, partitions);
        tableReservation.grow(tableBytes + 4L * rowCount);
        next = new int[rowCount];
        JoinTable chosenTable =
                dense
                        ? new DenseTable(((KeyForm.Packed) chosen).maxKey(), partitions)
                        : new ChainTable(rowCount, partitions);
        table = chosenTable;
        List<Task> tasks = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            int partition = p;
            tasks.add(
                    context -> insert(context, all, chosen.forOneThread(), chosenTable, partition));
        }
        return tasks;
    }

    private void insert(
            OperatorContext context,
            RowStore all,
            KeyForm keyForm,
            JoinTable target,
            int partition) {
        if (target instanceof DenseTable dense && insertColumn(context, all, dense, partition)) {
            return;
        }
        Insertion insertion = new Insertion(all, keyForm, target, partition);
        for (int from = 0; from < all.rowCount(); from += INSERT_ROWS) {
            context.checkCancelled();
            insertion.insert(from, Math.min(INSERT_ROWS, all.rowCount() - from));
        }
    }

    /// Puts the rows of a store into the table, one partition of them. Loops over rows are methods of their own: were they part of the loop over
    /// batches, the JVM would compile that one again and again, each time with everything that is called from it.
    private final class Insertion {
        private final RowStore all;
        private final KeyForm keyForm;
        private final JoinTable target;
        private final int partition;
        private final int[] rowNumbers = new int[INSERT_ROWS];
        private final int[] lanes = new int[INSERT_ROWS];
        private final long[] values = new long[INSERT_ROWS];
        private final List<GatherBuffer> buffers = RowStore.buffers(keys.size());
        private final List<Integer> positions = IntStream.range(0, keys.size()).boxed().toList();

        Insertion(RowStore all, KeyForm keyForm, JoinTable target, int partition) {
            this.all = all;
            this.keyForm = keyForm;
            this.target = target;
            this.partition = partition;
        }

        void insert(int from, int size) {
            number(from, size);
            List<Vector> columns = new ArrayList<>(keys.size());
            for (int k = 0; k < keys.size(); k++) {
                columns.add(all.column(keys.get(k)).gather(rowNumbers, size, buffers.get(k)));
            }
            int count = keyForm.compute(new Batch(size, columns), positions, lanes, values);
            shift(from, count);
            target.insert(values, lanes, count, next, partition);
        }

        private void number(int from, int size) {
            int[] numbers = rowNumbers;
            for (int i = 0; i < size; i++) {
                numbers[i] = from + i;
            }
        }

        private void shift(int from, int count) {
            int[] rows = lanes;
            for (int i = 0; i < count; i++) {
                rows[i] += from;
            }
        }
    }

    /// Inserts the values of the only key column as they stand in the store; false where they cannot be.
    private boolean insertColumn(
            OperatorContext context, RowStore all, DenseTable target, int partition) {
        if (keys.size() > 1
                || !(all.column(keys.getFirst()) instanceof LongStore column)
                || column.mayHaveNulls()) {
            return false;
        }
        long min = ((KeyForm.Packed) form()).fields().getFirst().min();
        int rowCount = all.rowCount();
        for (int from = 0; from < rowCount; from += COLUMN_ROWS) {
            context.checkCancelled();
            int to = Math.min(rowCount, from + COLUMN_ROWS);
            target.insertRows(column.values(), min, from, to, next, partition);
        }
        return true;
    }

    /// For each key that a scan of the probe side asks for, unless its values lie too far apart or leave too little out.
    private void fillBitmaps() {
        if (!(form() instanceof KeyForm.Packed packed)) {
            return;
        }
        int rowCount = rows().rowCount();
        for (int k = 0; k < bitmaps.length; k++) {
            KeyForm.Packed.Field field = packed.fields().get(k);
            if (filteredKeys.get(k)
                    && KeyBitmap.pays(field.range(), rowCount)
                    && rows().column(keys.get(k)) instanceof LongStore column) {
                tableReservation.grow(KeyBitmap.bytesFor(field.range()));
                KeyBitmap bitmap = KeyBitmap.of(column, field.min(), field.range());
                bitmaps[k] = bitmap.isSelective() ? bitmap : null;
            }
        }
    }

    private boolean hasChains() {
        for (int following : next) {
            if (following != 0) {
                return true;
            }
        }
        return false;
    }

    /// What is known of the probe's key column with that number among the keys, for scans; of use once this is finished, and only where probe rows
    /// without a match are dropped.
    public DynamicFilter keyFilter(int key) {
        filteredKeys.set(key);
        return new JoinKeyFilter(this, key);
    }

    /// The values of that key, where a scan can use them; once finished.
    @Nullable KeyBitmap bitmap(int key) {
        return bitmaps[key];
    }

    /// Whether the table stands.
    boolean isFinished() {
        return finished;
    }

    /// The rows of the build side; once finished.
    RowStore rows() {
        RowStore built = rows;
        assert built != null : "not finished";
        return built;
    }

    KeyForm form() {
        KeyForm built = form;
        assert built != null : "not finished";
        return built;
    }

    JoinTable table() {
        JoinTable built = table;
        assert built != null : "not finished";
        return built;
    }

    /// The row + 1 behind each row in its chain, 0 at the end.
    int[] next() {
        return next;
    }

    /// Whether no two rows share a chain.
    boolean isUnique() {
        return unique;
    }

    List<Integer> keys() {
        return keys;
    }

    List<Type> types() {
        return types;
    }

    /// Whether some build row had a NULL key.
    boolean sawNullKey() {
        return sawNullKey;
    }

    /// Whether the build side had no row at all.
    boolean isEmpty() {
        return rowsSeen == 0;
    }

    @Override
    public void close() {
        laneRows.forEach(RowStore::close);
        laneRows.clear();
        if (rows != null) {
            rows.close();
            rows = null;
        }
        tableReservation.close();
    }

    private synchronized void add(RowStore store, boolean nullKey, long seen) {
        laneRows.add(store);
        sawNullKey |= nullKey;
        rowsSeen += seen;
    }

    /// Whether rows with a NULL key must be kept because the join gives build rows without a match.
    private boolean keepsNullKeys() {
        return kind == JoinKind.RIGHT || kind == JoinKind.FULL || kind == JoinKind.RIGHT_ANTI;
    }

    private final class Lane implements LocalSink {
        private final RowStore store = new RowStore(types, budget, "a hash join");
        private final int[] lanes = new int[Batch.MAX_ROWS];
        private boolean handedOver;
        private boolean nullKey;
        private long seen;

        @Override
        public Progress consume(Batch batch) {
            int rowCount = batch.rowCount();
            seen += rowCount;
            int valid = KeyForm.liveLanes(batch, keys, lanes);
            nullKey |= valid < rowCount;
            if (valid == rowCount || keepsNullKeys()) {
                store.append(batch);
            } else {
                store.append(batch.withSelection(new Selection(lanes, valid)));
            }
            return Progress.MORE;
        }

        @Override
        public void complete() {
            handedOver = true;
            add(store, nullKey, seen);
        }

        @Override
        public void close() {
            if (!handedOver) {
                store.close();
            }
        }
    }
}
