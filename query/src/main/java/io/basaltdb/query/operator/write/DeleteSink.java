package io.basaltdb.query.operator.write;

import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.operator.Source;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.vector.Batch;
import java.util.List;

/// Deletes rows of one table by address. Nothing is gone before the transaction's commit.
public final class DeleteSink implements Sink {
    private final Transaction transaction;
    private final int tableId;
    private final List<String> splits;
    private final RowCount rowCount = new RowCount();
    private final boolean returnsRows;
    private final WrittenRows written = new WrittenRows();

    /// @param splits names of the splits that the addresses count
    public DeleteSink(
            Transaction transaction, int tableId, List<String> splits, boolean returnsRows) {
        this.transaction = transaction;
        this.returnsRows = returnsRows;
        this.tableId = tableId;
        this.splits = List.copyOf(splits);
    }

    @Override
    public LocalSink local(OperatorContext context) {
        AddressBuffer buffer =
                new AddressBuffer(transaction, tableId, splits, context.memory(), rowCount);
        return new LocalSink() {
            @Override
            public Progress consume(Batch batch) {
                context.checkCancelled();
                buffer.add(batch);
                if (returnsRows) {
                    written.add(
                            new Batch(
                                    batch.size(),
                                    batch.columns().subList(1, batch.columnCount()),
                                    batch.selection()),
                            context.memory());
                }
                return Progress.MORE;
            }

            @Override
            public void complete() {
                buffer.flush();
            }

            @Override
            public void close() {
                buffer.close();
            }
        };
    }

    @Override
    public List<Task> finish(int step) {
        return List.of();
    }

    /// The rows that were deleted, or one row that tells their number.
    public Source source() {
        return returnsRows ? written : rowCount;
    }
}
