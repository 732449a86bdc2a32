package io.basaltdb.query.operator.write;

import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.operator.Source;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.table.Appender;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.vector.Batch;
import java.util.List;

/// Replaces rows of one table: each batch holds the addresses of the rows that go, then the columns of those that come. A row that is
/// named twice would be there twice: that is an error.
public final class UpdateSink implements Sink {
    // Also guards the transaction, which is for one thread at a time.
    private final Transaction transaction;
    private final int tableId;
    private final List<String> splits;
    private final RowCount deleted = new RowCount();
    private final RowCount appended = new RowCount();
    private final boolean keepsKeys;
    private final boolean returnsRows;
    private final WrittenRows written = new WrittenRows();

    /// @param splits names of the splits that the addresses count
    /// @param keepsKeys whether each row that comes has the primary key of the one that goes
    public UpdateSink(
            Transaction transaction,
            int tableId,
            List<String> splits,
            boolean keepsKeys,
            boolean returnsRows) {
        this.transaction = transaction;
        this.keepsKeys = keepsKeys;
        this.returnsRows = returnsRows;
        this.tableId = tableId;
        this.splits = List.copyOf(splits);
    }

    @Override
    public LocalSink local(OperatorContext context) {
        AddressBuffer buffer =
                new AddressBuffer(transaction, tableId, splits, context.memory(), deleted);
        Appender appender;
        synchronized (transaction) {
            appender =
                    keepsKeys
                            ? transaction.replacingAppender(tableId)
                            : transaction.appender(tableId);
        }
        return new LocalSink() {
            private boolean closed;

            @Override
            public Progress consume(Batch batch) {
                context.checkCancelled();
                if (batch.rowCount() > 0) {
                    buffer.add(batch);
                    Batch rows =
                            new Batch(
                                    batch.size(),
                                    batch.columns().subList(1, batch.columnCount()),
                                    batch.selection());
                    Batch added = appender.append(rows);
                    if (returnsRows) {
                        written.add(added, context.memory());
                    }
                }
                return Progress.MORE;
            }

            @Override
            public void complete() {
                buffer.flush();
                appended.add(appender.rowCount());
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    buffer.close();
                    appender.close();
                }
            }
        };
    }

    @Override
    public List<Task> finish(int step) {
        if (appended.value() != deleted.value()) {
            throw new BasaltException(
                    ErrorCode.CARDINALITY_VIOLATION,
                    "UPDATE has more than one new value for a row, since several rows of FROM match"
                            + " it; let one row of FROM match each row");
        }
        transaction.checkKeys(tableId);
        return List.of();
    }

    /// The rows as they are now, or one row that tells their number.
    public Source source() {
        return returnsRows ? written : appended;
    }
}
