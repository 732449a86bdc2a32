package io.basaltdb.query.operator.write;

import io.basaltdb.query.operator.BatchCopy;
import io.basaltdb.query.operator.LocalSource;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Source;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.vector.Batch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies of the rows that a sink has written, for RETURNING.
final class WrittenRows implements Source {
    // All guarded by this.
    private final List<Batch> batches = new ArrayList<>();
    private @Nullable Reservation reservation;
    private int next;

    synchronized void add(Batch rows, MemoryBudget memory) {
        if (rows.rowCount() == 0) {
            return;
        }
        Reservation held = reservation;
        if (held == null) {
            held = memory.reserve("rows of RETURNING");
            reservation = held;
        }
        held.grow(BatchCopy.bytes(rows));
        batches.add(BatchCopy.copy(rows));
    }

    @Override
    public int laneLimit() {
        return 1;
    }

    @Override
    public LocalSource local(OperatorContext context) {
        return new LocalSource() {
            @Override
            public Progress next() {
                return next < batches.size()
                        ? new Progress.Rows(batches.get(next++))
                        : Progress.FINISHED;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public synchronized void close() {
        batches.clear();
        if (reservation != null) {
            reservation.close();
            reservation = null;
        }
    }
}
