package io.basaltdb.query.operator.write;

import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.operator.Source;
import io.basaltdb.storage.table.Appender;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.LongVector;
import io.basaltdb.storage.vector.Vector;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Appends rows to one table, through an appender per lane. Nothing is visible before the transaction's commit.
public final class InsertSink implements Sink {
    // Also guards the transaction, which is for one thread at a time.
    private final Transaction transaction;
    private final int tableId;
    private final AtomicLong rowCount = new AtomicLong();

    public InsertSink(Transaction transaction, int tableId) {
        this.transaction = transaction;
        this.tableId = tableId;
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
                    appender.append(batch);
                }
                return Progress.MORE;
            }

            @Override
            public void complete() {
                rowCount.addAndGet(appender.rowCount());
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    synchronized (transaction) {
                        appender.close();
                    }
                }
            }
        };
    }

    @Override
    public List<Task> finish(int step) {
        return List.of();
    }

    /// One row: how many rows were appended.
    public Source source() {
        return new Source() {
            @Override
            public int laneLimit() {
                return 1;
            }

            @Override
            public LocalSource local(OperatorContext context) {
                return new LocalSource() {
                    private boolean given;

                    @Override
                    public Progress next() {
                        if (given) {
                            return Progress.FINISHED;
                        }
                        given = true;
                        Vector count =
                                new LongVector(Type.BIGINT, 1, new long[] {rowCount.get()}, null);
                        return new Progress.Rows(new Batch(1, List.of(count)));
                    }

                    @Override
                    public void close() {}
                };
            }
        };
    }
}
