package io.basaltdb.query.operator.rows;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Schema;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/// Rows that an operator keeps, numbered from 0 in the order of their arrival, under a reservation of its own.
public final class RowStore implements AutoCloseable {
    /// Rows that one store can number.
    public static final int MAX_ROWS = Integer.MAX_VALUE - 8;

    private final List<ColumnStore> columns;
    private final Reservation reservation;
    private int rowCount;

    /// @param what who keeps the rows, for the message at the memory limit: "a hash join", "a sort"
    public RowStore(List<Type> types, MemoryBudget budget, String what) {
        List<ColumnStore> stores = new ArrayList<>(types.size());
        for (Type type : types) {
            stores.add(ColumnStore.of(type));
        }
        this.columns = List.copyOf(stores);
        this.reservation = budget.reserve(what);
    }

    public static List<Type> types(Schema schema) {
        List<Type> types = new ArrayList<>(schema.size());
        for (int i = 0; i < schema.size(); i++) {
            types.add(schema.type(i));
        }
        return types;
    }

    /// Copies the selected rows of the batch.
    ///
    /// @throws BasaltException OUT_OF_MEMORY; nothing was copied then
    public void append(Batch batch) {
        int count = batch.rowCount();
        if (count == 0) {
            return;
        }
        checkRoom(count);
        long growth = 0;
        for (int c = 0; c < columns.size(); c++) {
            growth += columns.get(c).growthBytes(batch.column(c), batch.selection(), count);
        }
        reservation.grow(growth);
        for (int c = 0; c < columns.size(); c++) {
            columns.get(c).append(batch.column(c), batch.selection(), count);
        }
        rowCount += count;
        reservation.resize(bytes());
    }

    /// Copies the rows of stores with the same columns behind those that are there.
    public void append(List<RowStore> others) {
        for (RowStore other : others) {
            append(
                    new Batch(
                            other.rowCount, other.columns.stream().map(ColumnStore::all).toList()));
        }
    }

    private void checkRoom(int count) {
        if ((long) rowCount + count > MAX_ROWS) {
            throw new BasaltException(
                    ErrorCode.PROGRAM_LIMIT,
                    "an operator would hold more than " + MAX_ROWS + " rows at once");
        }
    }

    public int rowCount() {
        return rowCount;
    }

    public int columnCount() {
        return columns.size();
    }

    public ColumnStore column(int index) {
        return columns.get(index);
    }

    /// Bytes that the arrays take.
    public long bytes() {
        long sum = 0;
        for (ColumnStore column : columns) {
            sum += column.bytes();
        }
        return sum;
    }

    /// The named rows as a batch of `count` lanes.
    public Batch gather(int[] rows, int count, List<GatherBuffer> buffers) {
        List<Vector> vectors = new ArrayList<>(columns.size());
        for (int c = 0; c < columns.size(); c++) {
            vectors.add(columns.get(c).gather(rows, count, buffers.get(c)));
        }
        return new Batch(count, vectors);
    }

    /// One buffer for each of `count` columns.
    public static List<GatherBuffer> buffers(int count) {
        List<GatherBuffer> buffers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            buffers.add(new GatherBuffer());
        }
        return List.copyOf(buffers);
    }

    @Override
    public void close() {
        reservation.close();
    }
}
