package io.basaltdb.query.execution;

import io.basaltdb.query.operator.Signal;
import java.util.concurrent.atomic.AtomicBoolean;

/// Something that workers do in slices, by one thread at a time. It never throws: failures go to its query.
abstract class Work {
    static final Again AGAIN = new Again();
    static final Done DONE = new Done();

    final WorkerPool.Share share;
    private final AtomicBoolean parked = new AtomicBoolean();

    Work(WorkerPool.Share share) {
        this.share = share;
    }

    /// Works until about that time of the pool's clock.
    abstract Outcome run(long untilNanos);

    /// Whether waiting is pointless because the query has failed.
    abstract boolean mustNotWait();

    /// How a slice ended.
    sealed interface Outcome {}

    record Again() implements Outcome {}

    record Done() implements Outcome {}

    record Wait(Signal signal) implements Outcome {}

    /// Puts the work aside until the signal fires, or until [#resume] is called for another reason.
    void park(WorkerPool pool, Signal signal) {
        parked.set(true);
        signal.whenFired(() -> resume(pool));
        // A failure sets its mark first and then resumes everyone: either it sees us parked, or we
        // see the mark.
        if (mustNotWait()) {
            resume(pool);
        }
    }

    void resume(WorkerPool pool) {
        if (parked.compareAndSet(true, false)) {
            pool.enqueue(this);
        }
    }
}
