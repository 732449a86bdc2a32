package io.basaltdb.storage.catalog;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.ByteWriter;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.log.WriteAheadLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Gives commits their numbers, in log order, and makes them durable in groups: one step takes everything that waits, appends it, forces
/// the log once, publishes one new root, and only then lets the callers go. The next group forms while the force runs, so a force starts
/// the moment the last one ended.
///
/// [#step] is called by one thread at a time: by [#run] on a thread of its own, or, where none was started, by whoever commits.
public final class Committer {
    /// Makes everything that was admitted visible.
    public interface Publisher {
        /// Swaps the root: everything up to `commit` is visible from now on.
        void publish(long commit);

        /// A commit has got its number, and this wall time stands beside it in the log.
        default void recorded(long commit, long wallMicros) {}
    }

    private static final int MAX_GROUP = 4096;
    private static final long MAX_GROUP_BYTES = 16L << 20;
    private static final long IDLE_NANOS = 20_000_000;

    /// About as many as a session needs to come with its next commit.
    private static final int TURNS = 200;

    private final WriteAheadLog log;
    private final Clock clock;
    private final Publisher publisher;
    private final ConcurrentLinkedQueue<PendingCommit> queue = new ConcurrentLinkedQueue<>();
    private final List<PendingCommit> group = new ArrayList<>();
    private final List<PendingCommit> admitted = new ArrayList<>();
    private final ByteWriter payload = new ByteWriter(1 << 12);
    private volatile @Nullable Thread thread;
    private volatile boolean parked;
    private volatile boolean stopping;
    private volatile @Nullable BasaltException broken;
    private long lastCommit;

    public Committer(WriteAheadLog log, Clock clock, Publisher publisher, long lastCommit) {
        this.log = log;
        this.clock = clock;
        this.publisher = publisher;
        this.lastCommit = lastCommit;
    }

    /// Returns the commit number once the commit is durable (unless it may be lost) and visible.
    ///
    /// @throws BasaltException what [PendingCommit#admit] refused with; DISK_FULL where the log has no room and nothing was done;
    ///     COMPLETION_UNKNOWN where the log failed; READ_ONLY afterwards
    public long commit(PendingCommit pending) {
        if (broken != null) {
            throw readOnly();
        }
        queue.add(pending);
        Thread committer = thread;
        if (committer == null) {
            synchronized (this) {
                while (!pending.isDone()) {
                    step();
                }
            }
        } else {
            if (parked) {
                LockSupport.unpark(committer);
            }
            pending.await();
        }
        return pending.outcome();
    }

    /// Returns once every commit that was on its way is visible, or was refused.
    public void await() {
        commit(new Barrier());
    }

    /// Goes through the queue behind others, and changes nothing.
    private static final class Barrier extends PendingCommit {
        @Override
        protected long sizeBytes() {
            return 0;
        }

        @Override
        protected boolean mayBeLost() {
            return true;
        }

        @Override
        protected void admit(long assigned, ByteWriter payload) {
            throw new AssertionError("nothing is to be logged");
        }
    }

    /// Steps until [#stop]; the calling thread is the committer from now on.
    public void run() {
        thread = Thread.currentThread();
        while (!stopping) {
            if (!step()) {
                idle();
            }
        }
        while (step()) {
            // what was queued before the stop
        }
    }

    /// A session that commits again and again comes back soon: to be woken for it takes longer than to wait for it.
    @SuppressWarnings("ThreadPriorityCheck") // a hint, and no more
    private void idle() {
        for (int i = 0; i < TURNS && queue.isEmpty() && !stopping; i++) {
            Thread.yield();
        }
        if (queue.isEmpty() && !stopping) {
            sleep();
        }
    }

    private void sleep() {
        parked = true;
        if (queue.isEmpty() && !stopping) {
            long before = clock.monotonicNanos();
            LockSupport.parkNanos(this, IDLE_NANOS);
            if (queue.isEmpty() && clock.monotonicNanos() - before >= IDLE_NANOS / 2) {
                markIdle();
                if (queue.isEmpty() && !stopping) {
                    LockSupport.park(this);
                }
            }
        }
        parked = false;
    }

    private void markIdle() {
        try {
            log.mark();
        } catch (BasaltException failure) {
            broken = failure;
        }
    }

    /// Whether a thread of its own carries the steps out.
    public boolean isRunning() {
        return thread != null;
    }

    /// Lets [#run] return once the queue is empty.
    public void stop() {
        stopping = true;
        Thread committer = thread;
        if (committer != null) {
            LockSupport.unpark(committer);
        }
    }

    /// Commits what waits, as one group; false where nothing did.
    public boolean step() {
        group.clear();
        admitted.clear();
        long bytes = gather();
        if (group.isEmpty()) {
            return false;
        }
        if (broken != null) {
            failAll(group, readOnly());
            return true;
        }
        try {
            log.ensureRoom(bytes);
        } catch (BasaltException noRoom) {
            failAll(group, noRoom);
            return true;
        }
        long first = lastCommit;
        try {
            boolean force = admitGroup();
            if (force) {
                log.force();
            } else {
                log.flush();
            }
        } catch (BasaltException | Error failure) {
            breakDown(failure);
            return true;
        } catch (RuntimeException failure) {
            breakDown(failure);
            return true;
        }
        if (lastCommit > first) {
            publisher.publish(lastCommit);
        }
        finish(first);
        return true;
    }

    private long gather() {
        long bytes = 0;
        while (group.size() < MAX_GROUP && bytes < MAX_GROUP_BYTES) {
            PendingCommit next = queue.peek();
            if (next == null || (next.isAlone() && !group.isEmpty())) {
                break;
            }
            queue.poll();
            group.add(next);
            bytes += WriteAheadLog.frameBytes(0) + next.sizeBytes() + 16;
            if (next.isAlone()) {
                break;
            }
        }
        return bytes;
    }

    private boolean admitGroup() {
        boolean force = false;
        for (int i = 0; i < group.size(); i++) {
            PendingCommit pending = group.get(i);
            if (pending instanceof Barrier) {
                pending.succeed(lastCommit);
                pending.wake();
                continue;
            }
            payload.truncate(0);
            long wallMicros = clock.wallMicros();
            CommitBytes.begin(payload, wallMicros);
            try {
                pending.admit(lastCommit + 1, payload);
            } catch (BasaltException refused) {
                pending.fail(refused);
                pending.wake();
                continue;
            }
            log.append(lastCommit + 1, payload);
            lastCommit++;
            publisher.recorded(lastCommit, wallMicros);
            admitted.add(pending);
            force |= !pending.mayBeLost();
        }
        return force;
    }

    private void finish(long first) {
        for (int i = 0; i < admitted.size(); i++) {
            admitted.get(i).succeed(first + 1 + i);
        }
        for (int i = 0; i < admitted.size(); i++) {
            admitted.get(i).wake();
        }
    }

    /// What was admitted may or may not be in the log, and the pending state has gone ahead of it: no commit can follow in this life.
    private void breakDown(Throwable failure) {
        BasaltException unknown =
                new BasaltException(
                        ErrorCode.COMPLETION_UNKNOWN,
                        "the log failed, so it is unknown whether this transaction was committed"
                                + " (reopen the database and look): "
                                + failure.getMessage(),
                        failure);
        broken = unknown;
        List<PendingCommit> waiting = new ArrayList<>();
        for (PendingCommit pending : group) {
            if (!pending.isDone()) {
                waiting.add(pending);
            }
        }
        failAll(waiting, unknown);
        if (failure instanceof Error error) {
            throw error;
        }
    }

    private static void failAll(List<PendingCommit> failed, BasaltException why) {
        for (int i = 0; i < failed.size(); i++) {
            failed.get(i).fail(why);
        }
        for (int i = 0; i < failed.size(); i++) {
            failed.get(i).wake();
        }
    }

    private BasaltException readOnly() {
        BasaltException cause = broken;
        return new BasaltException(
                ErrorCode.READ_ONLY,
                "the database is read-only until it is opened again, since "
                        + (cause == null ? "it failed" : cause.text()),
                cause);
    }

    /// Whether nothing can be committed any more in this life.
    public boolean isBroken() {
        return broken != null;
    }
}
