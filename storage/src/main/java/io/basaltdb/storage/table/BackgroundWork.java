package io.basaltdb.storage.table;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.log.WriteAheadLog;
import io.basaltdb.storage.part.PartId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides what happens in the background: purge, seal, checkpoint, expire, merge, in this order of urgency, never two jobs on the same rows.
/// Threads of its own take jobs and carry them out; without threads, [#step] takes a step of one of the open jobs.
public final class BackgroundWork {
    /// What decides that work is due.
    ///
    /// @param sealBytes a delta of so many bytes is sealed
    /// @param sealRows a delta of so many rows is sealed
    /// @param deltaBudgetBytes from half of it on the largest delta is sealed
    /// @param checkpointBytes with so many bytes of log a manifest is written
    /// @param checkpointDeltaBytes a larger delta is sealed before
    public record Limits(
            long sealBytes,
            long sealRows,
            long deltaBudgetBytes,
            long checkpointBytes,
            long checkpointDeltaBytes) {}

    private static final int MAX_OPEN_JOBS = 3;

    /// How often the rows of a table with TTL are looked through.
    private static final long EXPIRY_NANOS = 60_000_000_000L;

    private static final long IDLE_NANOS = 20_000_000;
    private static final long AFTER_FAILURE_NANOS = 1_000_000_000;

    private final TransactionContext context;
    private final DatabaseState state;
    private final WriteAheadLog log;
    private final Clock clock;
    private final MergePolicy policy;
    private final Limits limits;
    private final ExpiryClock expiryClock;
    // Guarded by this: which rows are being worked on.
    private final Set<Integer> sealing = new HashSet<>();
    private final Set<PartId> merging = new HashSet<>();
    private boolean checkpointing;
    // Of tables with TTL, when to look next.
    private final Map<Integer, Long> nextExpiryNanos = new HashMap<>();
    private final List<Running> underWay = new ArrayList<>();
    // Of the one thread that steps, where there are no others.
    private final List<Running> open = new ArrayList<>();
    private volatile boolean stopping;
    private volatile @Nullable BasaltException lastFailure;

    /// A job and what it keeps others from.
    private record Running(Job job, BackgroundJob described, List<PartId> parts) {
        boolean is(BackgroundJob.Kind kind) {
            return described.kind() == kind;
        }
    }

    public BackgroundWork(
            TransactionContext context,
            WriteAheadLog log,
            Clock clock,
            MergePolicy policy,
            Limits limits) {
        this.context = context;
        this.clock = clock;
        this.state = context.state();
        this.log = log;
        this.policy = policy;
        this.limits = limits;
        this.expiryClock = new ExpiryClock(clock, state.recordedMicros());
    }

    /// Works until [#stop]: what a background thread runs.
    public void run() {
        while (!stopping) {
            long pause = IDLE_NANOS;
            Running next = null;
            try {
                next = take();
                if (next != null) {
                    carryOut(next);
                    pause = 0;
                }
            } catch (RuntimeException | Error failure) {
                pause = failed(failure) ? AFTER_FAILURE_NANOS : 0;
            }
            if (pause > 0 && !stopping) {
                LockSupport.parkNanos(this, pause);
            }
        }
    }

    private void carryOut(Running running) {
        try {
            while (!stopping && running.job.step()) {
                // on to the next piece
            }
        } finally {
            end(running);
        }
    }

    /// Remembers a failure; false where it only means that the rows were dropped meanwhile. A job that failed leaves everything as it was,
    /// so the thread goes on with others, whatever happened; a part in which it met damage is known to be broken, and left out.
    private boolean failed(Throwable failure) {
        if (!(failure instanceof BasaltException known)) {
            lastFailure =
                    new BasaltException(
                            ErrorCode.INTERNAL, "background work failed: " + failure, failure);
            return true;
        }
        if (known.code() == ErrorCode.SERIALIZATION_FAILURE) {
            return false;
        }
        lastFailure = known;
        return true;
    }

    /// What is under way now, oldest first.
    public synchronized List<BackgroundJob> underWay() {
        return underWay.stream().map(Running::described).toList();
    }

    /// The last failure of background work, for messages.
    public @Nullable BasaltException lastFailure() {
        return lastFailure;
    }

    /// Takes one step of one of the open jobs, or begins another; false where nothing is to do. For databases without threads.
    public boolean step(RandomGenerator random) {
        if (open.size() < MAX_OPEN_JOBS && (open.isEmpty() || random.nextInt(4) == 0)) {
            Running next = take();
            if (next != null) {
                open.add(next);
            }
        }
        if (open.isEmpty()) {
            return false;
        }
        int at = random.nextInt(open.size());
        Running running = open.get(at);
        boolean more = false;
        try {
            more = running.job.step();
        } catch (BasaltException failure) {
            failed(failure);
        } finally {
            if (!more) {
                open.remove(at);
                end(running);
            }
        }
        return true;
    }

    private void end(Running running) {
        try {
            running.job.close();
        } finally {
            synchronized (this) {
                underWay.remove(running);
                running.parts.forEach(merging::remove);
                if (running.is(BackgroundJob.Kind.SEAL)) {
                    sealing.remove(running.described.tableId());
                }
                checkpointing &= !running.is(BackgroundJob.Kind.CHECKPOINT);
            }
        }
    }

    private synchronized @Nullable Running take() {
        Running next = choose();
        if (next != null) {
            underWay.add(next);
        }
        return next;
    }

    private Running running(BackgroundJob.Kind kind, Job job, int tableId, List<PartId> parts) {
        int count = kind == BackgroundJob.Kind.PURGE ? 1 : parts.size();
        return new Running(job, new BackgroundJob(kind, tableId, count, clock.wallMicros()), parts);
    }

    private @Nullable Running choose() {
        DatabaseState.Retired retired = state.nextToPurge();
        if (retired != null) {
            return running(BackgroundJob.Kind.PURGE, new PurgeJob(state, retired), 0, List.of());
        }
        if (context.committer().isBroken()) {
            return null;
        }
        Root root = state.registry().current();
        boolean wantsCheckpoint = !checkpointing && log.retainedBytes() >= limits.checkpointBytes;
        TableState table = toSeal(root, wantsCheckpoint);
        if (table != null) {
            int id = table.definition().id();
            SealJob job = new SealJob(context, id);
            sealing.add(id);
            return running(BackgroundJob.Kind.SEAL, job, id, List.of());
        }
        if (wantsCheckpoint && root.commit() > state.manifestCommit()) {
            checkpointing = true;
            return running(
                    BackgroundJob.Kind.CHECKPOINT, new CheckpointJob(state, log), 0, List.of());
        }
        Running expiry = expire(root);
        return expiry == null ? merge(root) : expiry;
    }

    private @Nullable Running expire(Root root) {
        if (!expiryClock.isBelieved()) {
            return null;
        }
        for (TableState table : root.tables().all()) {
            int id = table.definition().id();
            if (table.definition().ttl() == null
                    || expiryClock.nanos() < nextExpiryNanos.getOrDefault(id, Long.MIN_VALUE)) {
                continue;
            }
            nextExpiryNanos.put(id, expiryClock.nanos() + EXPIRY_NANOS);
            ExpiryRule rule = context.rules().expiry(table.definition());
            if (rule != null && table.rowCount() > 0) {
                ExpireJob job = new ExpireJob(context, id, rule, expiryClock.micros());
                return running(BackgroundJob.Kind.EXPIRE, job, id, List.of());
            }
        }
        return null;
    }

    private @Nullable TableState toSeal(Root root, boolean checkpoint) {
        boolean pressed = state.deltaBytes() > limits.deltaBudgetBytes / 2;
        TableState largest = null;
        for (TableState table : root.tables().all()) {
            DeltaView delta = table.delta();
            if (delta.rowCount() == 0 || sealing.contains(table.definition().id())) {
                continue;
            }
            boolean due =
                    pressed
                            || delta.sizeBytes() >= limits.sealBytes
                            || delta.rowCount() >= limits.sealRows
                            || (checkpoint && delta.sizeBytes() > limits.checkpointDeltaBytes);
            if (due && (largest == null || delta.sizeBytes() > largest.delta().sizeBytes())) {
                largest = table;
            }
        }
        return largest;
    }

    private @Nullable Running merge(Root root) {
        long floor = state.registry().floor();
        for (TableState table : root.tables().all()) {
            List<PartId> chosen = policy.choose(candidates(table, floor));
            if (!chosen.isEmpty()) {
                int id = table.definition().id();
                MergeJob job = new MergeJob(context, id, chosen);
                merging.addAll(chosen);
                return running(BackgroundJob.Kind.MERGE, job, id, chosen);
            }
        }
        return null;
    }

    private List<MergePolicy.Candidate> candidates(TableState table, long floor) {
        List<MergePolicy.Candidate> candidates = new ArrayList<>();
        for (PartState part : table.parts().all()) {
            if (!merging.contains(part.id()) && part.handle().damage() == null) {
                candidates.add(
                        new MergePolicy.Candidate(
                                part.id(),
                                part.summary().partition(),
                                part.summary().sizeBytes(),
                                part.summary().rowCount(),
                                part.deaths().isEmpty()
                                        ? 0
                                        : part.deaths().through(floor).cardinality()));
            }
        }
        return candidates;
    }

    /// Lets [#run] return after the step that it is in; in a database without threads, gives the open jobs up.
    public void stop() {
        stopping = true;
        for (Running running : open) {
            end(running);
        }
        open.clear();
    }
}
