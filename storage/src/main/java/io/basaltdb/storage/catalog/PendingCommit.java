package io.basaltdb.storage.catalog;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.io.ByteWriter;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A transaction that was prepared and waits for its commit number. One thread hands it to the [Committer] and waits for it.
public abstract class PendingCommit {
    private final Thread waiter = Thread.currentThread();
    private volatile boolean done;
    private volatile boolean asleep;
    private long commit;
    private @Nullable BasaltException failure;

    /// An upper bound on the payload's bytes. Asked on the Committer's thread.
    protected abstract long sizeBytes();

    /// Whether the commit may be acknowledged before it is durable.
    protected abstract boolean mayBeLost();

    /// Whether it goes into a group of its own, since its size depends on the commits before it.
    protected boolean isAlone() {
        return false;
    }

    /// Called on the Committer's thread, in commit order: checks what came after the transaction's snapshot, changes the pending
    /// state, and adds the records to the payload. Where it refuses, it has changed nothing.
    protected abstract void admit(long assigned, ByteWriter payload);

    final void succeed(long assigned) {
        commit = assigned;
        done = true;
    }

    final void fail(BasaltException why) {
        failure = why;
        done = true;
    }

    final boolean isDone() {
        return done;
    }

    /// Returns once it is done. Sleeps at once: where sessions are more than cores, to let others go first time and again takes more of the
    /// processors than to sleep and be woken, and a virtual thread sleeps for next to nothing.
    final void await() {
        asleep = true;
        boolean interrupted = false;
        while (!done) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// To be called once it is done.
    final void wake() {
        if (asleep) {
            LockSupport.unpark(waiter);
        }
    }

    /// The commit number, once done.
    final long outcome() {
        if (failure != null) {
            throw failure;
        }
        return commit;
    }
}
