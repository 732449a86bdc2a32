package io.basaltdb.storage.table;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.log.WriteAheadLog;
import io.basaltdb.storage.part.PartId;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides what happens in the background: purge, seal, checkpoint, expire, merge, in this order of urgency, of merges the smallest first, never
/// two jobs on the same rows. Threads of its own take jobs and carry them out; without threads, [#step] takes a step of one of the open jobs.
///
/// A merge may take minutes, and a thread is all there is on a small machine: between two steps of a merge its thread does whatever is more
/// urgent or much smaller. So deltas are sealed, and small parts stay few, while large ones are merged.
public final class BackgroundWork {
    /// What decides that work is due.
    ///
    /// @param sealBytes a delta of so many bytes is sealed
    /// @param sealRows a delta of so many rows is sealed
    /// @param deltaBudgetBytes from half of it on the largest delta is sealed
    /// @param checkpointBytes with so many bytes of log a manifest is written
    /// @param checkpointDeltaBytes a larger delta is sealed before
    /// @param checkpointColumns with so many columns of new parts a manifest is written
    public record Limits(
            long sealBytes,
            long sealRows,
            long deltaBudgetBytes,
            long checkpointBytes,
            long checkpointDeltaBytes,
            long checkpointColumns) {}

    private static final int MAX_OPEN_JOBS = 3;

    /// How often the rows of a table with TTL are looked through.
    private static final long EXPIRY_NANOS = 60_000_000_000L;

    /// How often a table's history is cut off: so often in its length, but not more often than the one and not less often than the other.
    private static final int HISTORY_CUTS = 32;

    private static final long MIN_HISTORY_NANOS = 100_000_000L;
    private static final long MAX_HISTORY_NANOS = 60_000_000_000L;

    /// Of a table whose rows were not looked through to the end, how soon again.
    private static final long EXPIRY_RETRY_NANOS = 1_000_000_000L;

    /// Where nothing was to do and nothing has changed, it is only looked again when time alone may have made something due.
    private static final long LOOK_AGAIN_NANOS = 250_000_000L;

    private static final int ENDED_KEPT = 1000;
    private static final int MUCH_SMALLER = 4;

    /// Merges of fewer bytes are over soon, and keep the parts few.
    private static final long LARGE_MERGE_BYTES = 32L << 20;

    /// Of a table with more parts every merge is urgent.
    private static final int MANY_PARTS = 32;

    /// Others get so many times what a step of a large merge took.
    private static final int GIVE_WAY_FACTOR = 4;

    private static final long GIVE_WAY_NANOS = 500_000;
    private static final long IDLE_NANOS = 20_000_000;
    private static final long AFTER_FAILURE_NANOS = 1_000_000_000;

    private final TransactionContext context;
    private final DatabaseState state;
    private final WriteAheadLog log;
    private final Clock clock;
    private final MergePolicy policy;
    private final Limits limits;
    private final ExpiryClock expiryClock;
    private final SnapshotLeases leases;
    private final StagedIngests ingests;
    // Guarded by this: which rows are being worked on.
    private final Set<Integer> sealing = new HashSet<>();
    private final Set<PartId> merging = new HashSet<>();
    private boolean checkpointing;
    // Of tables with TTL, when to look next.
    private final Map<Integer, Long> nextExpiryNanos = new HashMap<>();
    // Of tables with history, when to look next.
    private final Map<Integer, Long> nextHistoryNanos = new HashMap<>();
    private final List<Running> underWay = new ArrayList<>();
    private final ArrayDeque<BackgroundJob.Ended> ended = new ArrayDeque<>();
    // Guarded by this: since when each table has been as it is.
    private final Map<Integer, Quiet> quiet = new HashMap<>();
    // Of the one thread that steps, where there are no others.
    private final List<Running> open = new ArrayList<>();
    private volatile BooleanSupplier othersAreBusy = () -> false;
    private volatile boolean stopping;
    private volatile @Nullable BasaltException lastFailure;

    // Guarded by this: the last root of which nothing was to do, and the last states of tables in
    // which nothing was to merge.
    private @Nullable Looked<Root> looked;
    private final Map<Integer, Looked<TableState>> lookedForMerges = new HashMap<>();

    /// A table that was found like that, and not otherwise since.
    private record Quiet(long changeCommit, long sinceNanos) {}

    /// What somebody has looked at without finding anything, and when that is no longer good enough. It keeps no rows in memory.
    private record Looked<T>(WeakReference<T> at, long untilNanos) {
        static <T> Looked<T> at(T seen, long untilNanos) {
            return new Looked<>(new WeakReference<>(seen), untilNanos);
        }

        static <T> boolean is(@Nullable Looked<T> last, T now, long nanos) {
            return last != null && last.at.refersTo(now) && nanos < last.untilNanos;
        }
    }

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
            Limits limits,
            SnapshotLeases leases,
            StagedIngests ingests) {
        this.context = context;
        this.clock = clock;
        this.state = context.state();
        this.log = log;
        this.policy = policy;
        this.limits = limits;
        this.leases = leases;
        this.ingests = ingests;
        this.expiryClock = new ExpiryClock(clock, state.recordedMicros());
    }

    /// Says who knows whether all processors are busy with something more urgent than a large merge.
    public void giveWayTo(BooleanSupplier others) {
        othersAreBusy = others;
    }

    /// Works until [#stop]: what a background thread runs.
    public void run() {
        while (!stopping) {
            long pause = IDLE_NANOS;
            Running next = null;
            try {
                next = take(Long.MAX_VALUE);
                if (next != null) {
                    pause = carryOut(next) ? 0 : AFTER_FAILURE_NANOS;
                }
            } catch (RuntimeException | Error failure) {
                lastFailure = unexpected(failure);
                pause = AFTER_FAILURE_NANOS;
            }
            if (pause > 0 && !stopping) {
                LockSupport.parkNanos(this, pause);
            }
        }
    }

    /// False where it failed, and it is better to wait a little.
    private boolean carryOut(Running running) {
        Throwable failure = null;
        try {
            long begun = clock.monotonicNanos();
            while (!stopping && running.job.step()) {
                if (running.is(BackgroundJob.Kind.MERGE)) {
                    long stepNanos = clock.monotonicNanos() - begun;
                    long bytes = running.described.source().sizeBytes();
                    carryOutSmaller(bytes / MUCH_SMALLER);
                    if (bytes >= LARGE_MERGE_BYTES) {
                        giveWay(running.described.tableId(), GIVE_WAY_FACTOR * stepNanos);
                    }
                }
                begun = clock.monotonicNanos();
            }
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        } finally {
            end(running, failure);
        }
        return failure == null || !failed(failure);
    }

    /// Waits while others are busy, but no longer than that.
    private void giveWay(int tableId, long nanos) {
        TableState table = state.registry().current().tables().get(tableId);
        if (table == null || table.parts().all().size() > MANY_PARTS) {
            return;
        }
        long until = clock.monotonicNanos() + nanos;
        while (!stopping && othersAreBusy.getAsBoolean() && clock.monotonicNanos() < until) {
            LockSupport.parkNanos(this, GIVE_WAY_NANOS);
        }
    }

    /// Does what is more urgent than a merge, and merges of at most that many bytes.
    private void carryOutSmaller(long bytes) {
        boolean more = true;
        while (more && !stopping) {
            Running next = take(bytes);
            more = next != null && carryOut(next);
        }
    }

    /// Remembers a failure; false where it only means that the rows were dropped meanwhile. A job that failed leaves everything as it was,
    /// so the thread goes on with others, whatever happened; a part in which it met damage is known to be broken, and left out.
    private boolean failed(Throwable failure) {
        if (!(failure instanceof BasaltException known)) {
            lastFailure = unexpected(failure);
            return true;
        }
        if (known.code() == ErrorCode.SERIALIZATION_FAILURE) {
            return false;
        }
        lastFailure = known;
        return true;
    }

    private static BasaltException unexpected(Throwable failure) {
        return new BasaltException(
                ErrorCode.INTERNAL, "background work failed: " + failure, failure);
    }

    /// What is under way now, oldest first.
    public synchronized List<BackgroundJob> underWay() {
        return underWay.stream().map(Running::described).toList();
    }

    /// The latest work that has ended, oldest first; purges are too many and too small to tell.
    public synchronized List<BackgroundJob.Ended> ended() {
        return List.copyOf(ended);
    }

    /// The last failure of background work, for messages.
    public @Nullable BasaltException lastFailure() {
        return lastFailure;
    }

    /// Takes one step of one of the open jobs, or begins another; false where nothing is to do. For databases without threads.
    public boolean step(RandomGenerator random) {
        forgetLooks(); // for the clock may stand still
        if (open.size() < MAX_OPEN_JOBS && (open.isEmpty() || random.nextInt(4) == 0)) {
            Running next = take(Long.MAX_VALUE);
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
        Throwable failure = null;
        try {
            more = running.job.step();
        } catch (BasaltException thrown) {
            failure = thrown;
            failed(thrown);
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
            throw thrown;
        } finally {
            if (!more) {
                open.remove(at);
                end(running, failure);
            }
        }
        return true;
    }

    private synchronized void forgetLooks() {
        looked = null;
        lookedForMerges.clear();
    }

    private void end(Running running, @Nullable Throwable failure) {
        try {
            running.job.close();
        } finally {
            synchronized (this) {
                underWay.remove(running);
                looked = null;
                lookedForMerges.remove(running.described.tableId());
                if (failure != null && running.is(BackgroundJob.Kind.EXPIRE)) {
                    nextExpiryNanos.put(
                            running.described.tableId(), expiryClock.nanos() + EXPIRY_RETRY_NANOS);
                }
                remember(running, failure);
                running.parts.forEach(merging::remove);
                if (running.is(BackgroundJob.Kind.SEAL)) {
                    sealing.remove(running.described.tableId());
                }
                checkpointing &= !running.is(BackgroundJob.Kind.CHECKPOINT);
            }
        }
    }

    /// Called with the lock.
    private void remember(Running running, @Nullable Throwable failure) {
        if (running.is(BackgroundJob.Kind.PURGE)) {
            return;
        }
        BackgroundJob job = running.described;
        ended.addLast(
                new BackgroundJob.Ended(
                        job,
                        failure == null && !stopping
                                ? running.job.result()
                                : BackgroundJob.Result.NOTHING,
                        clock.wallMicros() - job.startedMicros(),
                        failure == null ? "" : String.valueOf(failure.getMessage())));
        if (ended.size() > ENDED_KEPT) {
            ended.removeFirst();
        }
    }

    /// @param mergeBytes merges of more are left for later
    private synchronized @Nullable Running take(long mergeBytes) {
        Running next = choose(mergeBytes);
        if (next != null) {
            underWay.add(next);
        }
        return next;
    }

    private Running running(
            BackgroundJob.Kind kind,
            Job job,
            int tableId,
            BackgroundJob.Source source,
            List<PartId> parts) {
        return new Running(
                job, new BackgroundJob(kind, tableId, source, clock.wallMicros()), parts);
    }

    private @Nullable Running choose(long mergeBytes) {
        DatabaseState.Retired retired = state.nextToPurge();
        if (retired != null) {
            return running(
                    BackgroundJob.Kind.PURGE,
                    new PurgeJob(state, retired),
                    0,
                    new BackgroundJob.Source(1, 0, 0),
                    List.of());
        }
        if (context.committer().isBroken()) {
            return null;
        }
        Root root = state.registry().current();
        long now = clock.monotonicNanos();
        if (Looked.is(looked, root, now)) {
            return null;
        }
        boolean wantsCheckpoint =
                !checkpointing
                        && (log.retainedBytes() >= limits.checkpointBytes || hasManyNewParts(root));
        TableState table = toSeal(root, wantsCheckpoint);
        if (table != null) {
            int id = table.definition().id();
            SealJob job = new SealJob(context, id);
            sealing.add(id);
            return running(BackgroundJob.Kind.SEAL, job, id, job.source(), List.of());
        }
        if (wantsCheckpoint && root.commit() > state.manifestCommit()) {
            checkpointing = true;
            return running(
                    BackgroundJob.Kind.CHECKPOINT,
                    new CheckpointJob(state, log),
                    0,
                    BackgroundJob.Source.NOTHING,
                    List.of());
        }
        if (leases.hasExpired() || ingests.hasExpired()) {
            return running(
                    BackgroundJob.Kind.PURGE,
                    new ExpireHoldsJob(leases, ingests),
                    0,
                    BackgroundJob.Source.NOTHING,
                    List.of());
        }
        Running expiry = expire(root);
        if (expiry != null) {
            return expiry;
        }
        Running history = forget(root);
        Running next = history == null ? merge(root, mergeBytes, now) : history;
        if (next == null && mergeBytes == Long.MAX_VALUE) {
            looked = Looked.at(root, now + LOOK_AGAIN_NANOS);
        }
        return next;
    }

    /// Whether the log describes about as many parts as a manifest would: the next open would read it for longer. The share keeps what is written
    /// for manifests in proportion to what is loaded.
    private boolean hasManyNewParts(Root root) {
        long logged = state.loggedColumns();
        if (logged < limits.checkpointColumns) {
            return false;
        }
        long all = 0;
        for (TableState table : root.tables().all()) {
            all += (long) table.parts().all().size() * table.definition().columns().size();
        }
        return logged >= all / 2;
    }

    /// Cuts off what is too old of a table's history.
    private @Nullable Running forget(Root root) {
        if (!expiryClock.isBelieved()) {
            return null;
        }
        long longest = 0;
        for (TableState table : root.tables().all()) {
            if (!table.history().isKept()) {
                continue;
            }
            long micros = table.definition().historyMicros();
            longest = Math.max(longest, micros);
            int id = table.definition().id();
            if (expiryClock.nanos() < nextHistoryNanos.getOrDefault(id, Long.MIN_VALUE)) {
                continue;
            }
            long cut = Math.min(micros, TimeUnit.DAYS.toMicros(1)) * 1000 / HISTORY_CUTS;
            nextHistoryNanos.put(
                    id,
                    expiryClock.nanos() + Math.clamp(cut, MIN_HISTORY_NANOS, MAX_HISTORY_NANOS));
            long floor = state.registry().timeline().commitAt(expiryClock.micros() - micros);
            if (floor > table.history().floor() && table.changeCommit() > table.history().floor()) {
                return running(
                        BackgroundJob.Kind.HISTORY,
                        new HistoryJob(context, id, Math.min(floor, root.commit())),
                        id,
                        BackgroundJob.Source.NOTHING,
                        List.of());
            }
        }
        if (longest > 0) {
            state.registry().timeline().forgetBefore(expiryClock.micros() - longest);
        }
        return null;
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
                return running(
                        BackgroundJob.Kind.EXPIRE,
                        job,
                        id,
                        BackgroundJob.Source.NOTHING,
                        List.of());
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

    /// The smallest merge of any table.
    private @Nullable Running merge(Root root, long maxBytes, long now) {
        long floor = state.registry().floor();
        TableState mostUrgent = null;
        MergePolicy.Choice smallest = MergePolicy.Choice.NOTHING;
        for (TableState table : root.tables().all()) {
            int id = table.definition().id();
            if (Looked.is(lookedForMerges.get(id), table, now)) {
                continue;
            }
            MergePolicy.Choice choice =
                    policy.choose(candidates(table, table.floor(floor)), quietMillis(table));
            if (choice.parts().isEmpty()) {
                lookedForMerges.put(id, Looked.at(table, now + LOOK_AGAIN_NANOS));
            }
            if (!choice.parts().isEmpty()
                    && choice.sizeBytes() <= maxBytes
                    && (mostUrgent == null || choice.sizeBytes() < smallest.sizeBytes())) {
                mostUrgent = table;
                smallest = choice;
            }
        }
        if (mostUrgent == null) {
            return null;
        }
        int id = mostUrgent.definition().id();
        MergeJob job = new MergeJob(context, id, smallest.parts());
        merging.addAll(smallest.parts());
        return running(BackgroundJob.Kind.MERGE, job, id, job.source(), smallest.parts());
    }

    /// For how long no row of the table has come or gone, as far as anybody looked.
    private long quietMillis(TableState table) {
        int id = table.definition().id();
        long now = clock.monotonicNanos();
        Quiet known = quiet.get(id);
        if (known == null || known.changeCommit != table.changeCommit()) {
            quiet.put(id, new Quiet(table.changeCommit(), now));
            return 0;
        }
        return (now - known.sinceNanos) / 1_000_000;
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
                                part.deaths().countThrough(floor)));
            }
        }
        return candidates;
    }

    /// Lets [#run] return after the step that it is in; in a database without threads, gives the open jobs up.
    public void stop() {
        stopping = true;
        for (Running running : open) {
            end(running, null);
        }
        open.clear();
    }
}
