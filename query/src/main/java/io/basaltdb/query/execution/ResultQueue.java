package io.basaltdb.query.execution;

import io.basaltdb.query.operator.BatchCopy;
import io.basaltdb.query.operator.LocalSink;
import io.basaltdb.query.operator.OneShotSignal;
import io.basaltdb.query.operator.OperatorContext;
import io.basaltdb.query.operator.Progress;
import io.basaltdb.query.operator.Sink;
import io.basaltdb.query.operator.rows.RowStore;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.memory.MemoryBudget;
import io.basaltdb.storage.memory.Reservation;
import io.basaltdb.storage.type.Type;
import io.basaltdb.storage.vector.Batch;
import io.basaltdb.storage.vector.Vector;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Where the last pipeline's rows wait for the reader: at most `capacity` batches, each a copy under a reservation. A lane that fills it is parked until
/// the reader has taken a batch.
final class ResultQueue implements Sink {
    /// Batches of fewer rows are gathered, up to so many rows.
    private static final int SMALL_ROWS = 256;

    private static final int GATHERED_ROWS = 1024;

    private final int capacity;
    private final MemoryBudget memory;

    // Guards everything below; the reader waits on it.
    private final Object lock = new Object();
    private final Reservation reservation;
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private OneShotSignal room = new OneShotSignal();
    private long lentBytes;
    private boolean complete;
    private boolean ended;

    ResultQueue(int capacity, MemoryBudget memory) {
        this.capacity = capacity;
        this.memory = memory;
        this.reservation = memory.reserve("the result's rows");
    }

    @Override
    public LocalSink local(OperatorContext context) {
        return new Lane();
    }

    /// Hands batches on: the first as it comes, so that a reader sees rows early, and later small ones together, since each costs the reader a turn.
    private final class Lane implements LocalSink {
        private boolean isFirst = true;
        private @Nullable RowStore gathered;

        @Override
        public Progress consume(Batch batch) {
            if (batch.rowCount() == 0) {
                return Progress.MORE;
            }
            if (isFirst || batch.rowCount() >= SMALL_ROWS) {
                isFirst = false;
                Progress before = handOver();
                Progress after = put(batch);
                return before instanceof Progress.Blocked ? before : after;
            }
            RowStore store = gathered;
            if (store == null) {
                List<Type> types = batch.columns().stream().map(Vector::type).toList();
                store = new RowStore(types, memory, "the result's rows");
                gathered = store;
            }
            store.append(batch);
            return store.rowCount() >= GATHERED_ROWS ? handOver() : Progress.MORE;
        }

        private Progress handOver() {
            RowStore store = gathered;
            if (store == null) {
                return Progress.MORE;
            }
            gathered = null;
            try (store) {
                int count = store.rowCount();
                int[] rows = IntStream.range(0, count).toArray();
                return put(store.gather(rows, count, RowStore.buffers(store.columnCount())));
            }
        }

        @Override
        public void complete() {
            handOver();
        }

        @Override
        public void close() {
            RowStore store = gathered;
            if (store != null) {
                store.close();
            }
        }
    }

    private Progress put(Batch batch) {
        long bytes = BatchCopy.bytes(batch);
        synchronized (lock) {
            reservation.grow(bytes);
        }
        Batch copy = BatchCopy.copy(batch);
        synchronized (lock) {
            batches.addLast(copy);
            lock.notifyAll();
            return batches.size() < capacity ? Progress.MORE : new Progress.Blocked(room);
        }
    }

    /// The next batch, lent until the next call; null at the end. Waits.
    @Nullable Batch take(QueryContext query) {
        Batch batch;
        OneShotSignal fire = null;
        synchronized (lock) {
            reservation.shrink(lentBytes);
            lentBytes = 0;
            while (batches.isEmpty() && !ended && !complete && query.failure() == null) {
                waitFor(query.checkDeadline());
            }
            batch = query.failure() == null ? batches.pollFirst() : null;
            if (batch != null) {
                lentBytes = BatchCopy.bytes(batch);
                if (batches.size() == capacity - 1) {
                    fire = room;
                    room = new OneShotSignal();
                }
            }
        }
        if (fire != null) {
            fire.fire();
        }
        if (batch == null) {
            awaitEnd();
            BasaltException failure = query.failure();
            if (failure != null) {
                throw failure;
            }
        }
        return batch;
    }

    @SuppressWarnings("WaitNotInLoop") // the caller asks again in a loop
    private void waitFor(long nanos) {
        try {
            if (nanos == Long.MAX_VALUE) {
                lock.wait();
            } else if (nanos > 0) {
                lock.wait(nanos / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            // The reader's own thread is being stopped: the query ends, and the reader sees why.
            Thread.currentThread().interrupt();
            throw new BasaltException(
                    ErrorCode.QUERY_CANCELED,
                    "the thread that reads the result was interrupted",
                    e);
        }
    }

    @Override
    public List<Task> finish(int step) {
        synchronized (lock) {
            complete = true;
            lock.notifyAll();
        }
        return List.of();
    }

    /// Wakes the reader to look at the failure.
    void wake() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    /// Everything of the query but the rows that wait here has been closed.
    void end() {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
    }

    boolean isEnded() {
        synchronized (lock) {
            return ended;
        }
    }

    void awaitEnd() {
        boolean interrupted = false;
        synchronized (lock) {
            while (!ended) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Called by the reader when it wants nothing more.
    void release() {
        synchronized (lock) {
            batches.clear();
            lentBytes = 0;
            reservation.close();
        }
    }
}
