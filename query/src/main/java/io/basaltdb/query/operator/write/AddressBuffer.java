package io.basaltdb.query.operator.write;

import io.basaltdb.query.operator.rows.Lanes;
import io.basaltdb.query.relation.AddressedTable;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Value;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Selection;
import io.basaltdb.storage.vector.Vector;
import java.util.Arrays;
import java.util.List;

/// Row addresses of one lane on their way to the transaction, which takes them split by split. A scan gives them in order, a join in none:
/// sorting some tens of thousands makes either few calls.
final class AddressBuffer implements AutoCloseable {
    private static final int CAPACITY = 1 << 16;

    // Also guards the transaction, which is for one thread at a time.
    private final Transaction transaction;
    private final int tableId;
    private final List<String> splits;
    private final RowCount rowCount;
    private final Reservation reservation;
    private long[] addresses = new long[Batch.MAX_ROWS];
    private int[] rows = {};
    private int count;

    AddressBuffer(
            Transaction transaction,
            int tableId,
            List<String> splits,
            MemoryBudget memory,
            RowCount rowCount) {
        this.transaction = transaction;
        this.tableId = tableId;
        this.splits = splits;
        this.rowCount = rowCount;
        this.reservation = memory.reserve("row addresses");
        reservation.grow((long) Batch.MAX_ROWS * Long.BYTES);
    }

    /// Takes the addresses that the batch's first column holds.
    void add(Batch batch) {
        Selection selection = batch.selection();
        int more = batch.rowCount();
        if (count + more > CAPACITY) {
            flush();
        }
        ensureRoom(count + more);
        Vector column = batch.column(0);
        if (column instanceof LongVector values) {
            if (selection == null) {
                System.arraycopy(values.values(), 0, addresses, count, more);
            } else {
                gather(values.values(), selection.rows(), more, addresses, count);
            }
        } else {
            for (int i = 0; i < more; i++) {
                int lane = selection == null ? i : selection.rows()[i];
                addresses[count + i] = ((Value.Whole) Lanes.value(column, lane)).value();
            }
        }
        count += more;
    }

    private static void gather(long[] values, int[] lanes, int count, long[] out, int from) {
        for (int i = 0; i < count; i++) {
            out[from + i] = values[lanes[i]];
        }
    }

    private void ensureRoom(int needed) {
        if (needed > addresses.length) {
            int size = Math.min(CAPACITY, Math.max(needed, 4 * addresses.length));
            reservation.grow((long) (size - addresses.length) * Long.BYTES);
            addresses = Arrays.copyOf(addresses, size);
        }
    }

    /// Hands everything to the transaction.
    void flush() {
        if (count == 0) {
            return;
        }
        Arrays.sort(addresses, 0, count);
        if (rows.length < count) {
            reservation.grow((long) (addresses.length - rows.length) * Integer.BYTES);
            rows = new int[addresses.length];
        }
        int from = 0;
        while (from < count) {
            int split = AddressedTable.splitOf(addresses[from]);
            int end = from;
            while (end < count && AddressedTable.splitOf(addresses[end]) == split) {
                rows[end - from] = AddressedTable.rowOf(addresses[end]);
                end++;
            }
            synchronized (transaction) {
                rowCount.add(transaction.delete(tableId, splits.get(split), rows, end - from));
            }
            from = end;
        }
        count = 0;
    }

    @Override
    public void close() {
        reservation.close();
    }
}
