package io.basaltdb.query.operator.write;

import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.operator.Source;
import io.basaltdb.storage.table.Appender;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.vector.Batch;
import java.util.List;

/// Appends rows to one table, through an appender per lane. Nothing is visible before the transaction's commit.
public final class InsertSink implements Sink {
    // Also guards the transaction, which is for one thread at a time.
    private final Transaction transaction;
    private final int tableId;
    private final boolean returnsRows;
    private final RowCount rowCount = new RowCount();
    private final WrittenRows written = new WrittenRows();

    public InsertSink(Transaction transaction, int tableId, boolean returnsRows) {
        this.transaction = transaction;
        this.tableId = tableId;
        this.returnsRows = returnsRows;
    }

    @Override
    public LocalSink local(OperatorContext context) {
        Appender appender;
        synchronized (transaction) {
            appender = transaction.appender(tableId);
        }
        return new LocalSink() {
            private boolean closed;

            @Override
            public Progress consume(Batch batch) {
                context.checkCancelled();
                if (batch.rowCount() > 0) {
                    Batch added = appender.append(batch);
                    if (returnsRows) {
                        written.add(added, context.memory());
                    }
                }
                return Progress.MORE;
            }

            @Override
            public void complete() {
                rowCount.add(appender.rowCount());
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    appender.close();
                }
            }
        };
    }

    @Override
    public List<Task> finish(int step) {
        transaction.checkKeys(tableId);
        return List.of();
    }

    /// The rows that were appended, or one row that tells their number.
    public Source source() {
        return returnsRows ? written : rowCount;
    }
}
