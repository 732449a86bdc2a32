package io.basaltdb.query.operator.write;

import io.basaltdb.query.function.EvaluationContext;
import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.operator.Source;
import io.basaltdb.query.plan.KeyRule;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.table.KeyedInsert;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.vector.Batch;
import java.util.List;

/// Inserts rows into a keyed table with a rule for those whose key is there. Gathers all of them first, since several may have one key.
public final class KeyedInsertSink implements Sink {
    private final KeyedInsert insert;
    private final MemoryBudget memory;
    // Guarded by this.
    private final Reservation reservation;
    private final boolean returnsRows;
    private final RowCount rowCount = new RowCount();
    private final WrittenRows written = new WrittenRows();

    public KeyedInsertSink(
            Transaction transaction,
            int tableId,
            KeyRule rule,
            EvaluationContext evaluation,
            MemoryBudget memory,
            boolean returnsRows) {
        this.insert = transaction.keyedInsert(tableId, RuleConflict.of(rule, evaluation));
        this.memory = memory;
        this.reservation = memory.reserve("rows of INSERT … ON CONFLICT");
        this.returnsRows = returnsRows;
    }

    @Override
    public LocalSink local(OperatorContext context) {
        return new LocalSink() {
            @Override
            public Progress consume(Batch batch) {
                context.checkCancelled();
                if (batch.rowCount() > 0) {
                    append(batch);
                }
                return Progress.MORE;
            }

            @Override
            public void complete() {}

            @Override
            public void close() {}
        };
    }

    private synchronized void append(Batch batch) {
        long before = insert.sizeBytes();
        insert.append(batch);
        reservation.grow(Math.max(0, insert.sizeBytes() - before));
    }

    @Override
    public List<Task> finish(int step) {
        rowCount.add(
                insert.finish(
                        returnsRows
                                ? rows -> written.add(rows, memory)
                                : KeyedInsert.Written.NOBODY));
        return List.of();
    }

    /// The rows that came or changed, or one row that tells their number.
    public Source source() {
        return returnsRows ? written : rowCount;
    }

    @Override
    public void close() {
        insert.close();
        reservation.close();
    }
}
