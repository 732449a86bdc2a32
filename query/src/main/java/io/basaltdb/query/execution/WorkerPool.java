package io.basaltdb.query.execution;

import io.basaltdb.storage.io.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// The threads that run queries. Work is done in slices of about 2 ms; the next slice always goes to the query that has used the least processor
/// time so far, so that a short query overtakes long ones.
///
/// Closing lets the ready work run to its end, so whoever closes the pool has cancelled the queries before.
public final class WorkerPool implements AutoCloseable {
    static final long SLICE_NANOS = 2_000_000;

    private final Clock clock;
    private final int workerCount;
    private final List<Thread> threads = new ArrayList<>();

    // Guards everything below, and the fields of every share.
    private final Object lock = new Object();
    private final List<Share> ready = new ArrayList<>();
    private boolean closed;

    // Written with the lock.
    private volatile int workersAtWork;
    private volatile long slicesDone;

    /// @param threadFactory makes platform threads; they end when the pool is closed
    public WorkerPool(int workerCount, ThreadFactory threadFactory, Clock clock) {
        assert workerCount > 0;
        this.workerCount = workerCount;
        this.clock = clock;
        for (int i = 0; i < workerCount; i++) {
            threads.add(threadFactory.newThread(this::run));
        }
        threads.forEach(Thread::start);
    }

    public int workerCount() {
        return workerCount;
    }

    /// Whether every worker is at work, so that more would have to wait.
    public boolean isBusy() {
        return workersAtWork == workerCount;
    }

    /// How many slices of work have been done, for all queries together.
    public long slicesDone() {
        return slicesDone;
    }

    Clock clock() {
        return clock;
    }

    /// What one query has to do and has had.
    static final class Share {
        private final ArrayDeque<Work> works = new ArrayDeque<>();
        private long usedNanos;
    }

    void enqueue(Work work) {
        synchronized (lock) {
            Share share = work.share;
            if (share.works.isEmpty()) {
                ready.add(share);
            }
            share.works.addLast(work);
            lock.notify();
        }
    }

    /// Processor time that the share's query has used in whole slices.
    long usedNanos(Share share) {
        synchronized (lock) {
            return share.usedNanos;
        }
    }

    private void run() {
        Work work;
        while ((work = take()) != null) {
            long start = clock.monotonicNanos();
            Work.Outcome outcome = work.run(start + SLICE_NANOS);
            long used = clock.monotonicNanos() - start;
            synchronized (lock) {
                work.share.usedNanos += used;
                workersAtWork--;
                slicesDone++;
            }
            switch (outcome) {
                case Work.Again _ -> enqueue(work);
                case Work.Done _ -> {}
                case Work.Wait(var signal) -> work.park(this, signal);
            }
        }
    }

    private @Nullable Work take() {
        synchronized (lock) {
            while (ready.isEmpty()) {
                if (closed) {
                    return null;
                }
                try {
                    lock.wait();
                } catch (InterruptedException ignored) {
                    // Nobody may interrupt a worker: it would close files for everyone. The pool
                    // ends by close().
                }
            }
            int least = 0;
            for (int i = 1; i < ready.size(); i++) {
                if (ready.get(i).usedNanos < ready.get(least).usedNanos) {
                    least = i;
                }
            }
            Share share = ready.get(least);
            Work work = share.works.removeFirst();
            if (share.works.isEmpty()) {
                ready.remove(least);
            }
            workersAtWork++;
            return work;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
