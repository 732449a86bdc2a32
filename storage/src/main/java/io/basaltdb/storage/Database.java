package io.basaltdb.storage;

import io.basaltdb.storage.catalog.CommitBytes;
import io.basaltdb.storage.catalog.Committer;
import io.basaltdb.storage.catalog.Manifest;
import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Clock;
import io.basaltdb.storage.io.DirectoryLock;
import io.basaltdb.storage.io.Disk;
import io.basaltdb.storage.log.LogRecovery;
import io.basaltdb.storage.log.WriteAheadLog;
import io.basaltdb.storage.table.BackgroundJob;
import io.basaltdb.storage.table.BackgroundWork;
import io.basaltdb.storage.table.DatabaseSnapshot;
import io.basaltdb.storage.table.DatabaseState;
import io.basaltdb.storage.table.LogFile;
import io.basaltdb.storage.table.MemoryUse;
import io.basaltdb.storage.table.MergePolicy;
import io.basaltdb.storage.table.Quarantine;
import io.basaltdb.storage.table.RowRule;
import io.basaltdb.storage.table.SnapshotLeases;
import io.basaltdb.storage.table.StagedIngests;
import io.basaltdb.storage.table.Throttle;
import io.basaltdb.storage.table.Transaction;
import io.basaltdb.storage.table.TransactionContext;
import io.basaltdb.storage.table.WrittenBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One open database: snapshots to read from, transactions to write with. Safe for use by many threads.
///
/// Opening reads the manifest, replays the log behind it and forces what was replayed. Part files that nothing names are deleted soon afterwards.
public final class Database implements AutoCloseable {
    private final DatabaseOptions options;
    private final DirectoryLock lock;
    private final WriteAheadLog log;
    private final DatabaseState state;
    private final Committer committer;
    private final TransactionContext context;
    private final SnapshotLeases leases;
    private final StagedIngests ingests;
    private final BackgroundWork background;
    private final Quarantine quarantine;
    private final List<Thread> backgroundThreads = new ArrayList<>();
    private @Nullable Thread committingThread;
    private volatile boolean closed;

    private Database(Disk disk, Clock clock, DatabaseOptions options, DirectoryLock lock) {
        this.options = options;
        this.lock = lock;
        Manifest manifest = Manifest.read(disk);
        long budget = options.delta().budgetBytes();
        this.state = DatabaseState.of(disk, manifest, budget / 4, budget / 2);
        this.log =
                LogRecovery.recover(
                        disk,
                        options.log().fileBytes(),
                        manifest.commit(),
                        (commit, bytes, from, length, path) ->
                                state.replay(CommitBytes.read(commit, bytes, from, length, path)));
        state.publishReplayed();
        this.committer = new Committer(log, clock, state, state.lastCommit());
        this.context =
                new TransactionContext(
                        state,
                        committer,
                        new Throttle(
                                state,
                                clock,
                                options.delta().budgetBytes(),
                                options.delta().throttleMillis(),
                                this::pause),
                        options.bulk(),
                        options.random(),
                        log.epoch(),
                        options.durable(),
                        clock);
        this.leases = new SnapshotLeases(context);
        this.ingests = new StagedIngests(context);
        if (options.threading().mergeThreads() == 0) {
            context.deleteUnknownParts();
        }
        this.quarantine = new Quarantine(state, committer);
        this.background =
                new BackgroundWork(
                        context,
                        log,
                        clock,
                        new MergePolicy(
                                options.merging().fanIn(), options.merging().maxPartBytes()),
                        new BackgroundWork.Limits(
                                options.delta().sealBytes(),
                                options.delta().sealRows(),
                                options.delta().budgetBytes(),
                                options.log().checkpointBytes(),
                                options.log().checkpointDeltaBytes(),
                                options.log().checkpointColumns()),
                        leases,
                        ingests);
    }

    /// Opens the database in that directory, or begins one where there is none.
    ///
    /// @throws BasaltException LOCKED where another has it open, LOG_CORRUPT, MANIFEST_CORRUPT, FORMAT_TOO_NEW, IO_ERROR
    public static Database open(Disk disk, Clock clock, DatabaseOptions options) {
        DirectoryLock lock = disk.lock();
        Database database;
        try {
            database = new Database(disk, clock, options, lock);
        } catch (RuntimeException | Error failure) {
            lock.close();
            throw failure;
        }
        if (!options.threading().manual()) {
            database.start();
        }
        return database;
    }

    private void start() {
        Thread committing = options.threading().factory().newThread(committer::run);
        committing.setName("basalt-committer");
        committing.start();
        while (!committer.isRunning()) {
            Thread.onSpinWait();
        }
        committingThread = committing;
        for (int i = 0; i < options.threading().mergeThreads(); i++) {
            Runnable work = i == 0 ? this::sweepAndRun : background::run;
            Thread thread = options.threading().factory().newThread(work);
            thread.start();
            backgroundThreads.add(thread);
        }
    }

    /// To look at the names of very many files takes as long as all the rest of opening: nobody waits for it.
    private void sweepAndRun() {
        try {
            context.deleteUnknownParts();
        } catch (BasaltException ignored) {
            // the next open deletes what nothing names
        } finally {
            background.run();
        }
    }

    private void pause(long millis) {
        if (options.threading().manual()) {
            backgroundStep();
        } else {
            LockSupport.parkNanos(millis * 1_000_000);
        }
    }

    /// The newest commit's rows, readable until the snapshot is closed.
    public DatabaseSnapshot snapshot() {
        checkOpen();
        return state.snapshot();
    }

    /// Says who makes the rules that rows must keep (checks, generated columns): the query engine that opens on the database.
    public void rules(RowRule.Maker maker) {
        context.rules(maker);
    }

    /// Says who knows whether all processors are busy with work that merges have to give way to: the query engine that opens on the database.
    public void giveWayTo(BooleanSupplier others) {
        background.giveWayTo(others);
    }

    /// Snapshots that stay readable for a time, in pieces, for other engines.
    public SnapshotLeases leases() {
        checkOpen();
        return leases;
    }

    /// Inserts whose rows are written beforehand, by many writers.
    public StagedIngests ingests() {
        checkOpen();
        return ingests;
    }

    public Transaction begin() {
        checkOpen();
        return context.begin();
    }

    /// Returns once every commit that was on its way is visible, or was refused: a transaction that begins then meets what an earlier one lost to.
    public void awaitCommits() {
        committer.await();
    }

    /// The newest commit number.
    public long lastCommit() {
        return state.visibleCommit();
    }

    /// Counts the recoveries of the database: with a commit number it is a position that never names two things.
    public long epoch() {
        return log.epoch();
    }

    /// Does a little background work, in a database without threads; false where there is none.
    public boolean backgroundStep() {
        return background.step(options.random());
    }

    /// Broken parts: to find them, to take them back, to give them up.
    public Quarantine quarantine() {
        checkOpen();
        return quarantine;
    }

    /// The background work that is under way.
    public List<BackgroundJob> backgroundJobs() {
        return background.underWay();
    }

    /// The latest background work that has ended, oldest first.
    public List<BackgroundJob.Ended> endedJobs() {
        return background.ended();
    }

    /// What was written for a table.
    public WrittenBytes written(int tableId) {
        return state.written(tableId);
    }

    /// What is kept in memory of rows and of parts.
    public List<MemoryUse> memory() {
        return state.memory(options.delta().budgetBytes());
    }

    /// The files of the log.
    public List<LogFile> logFiles() {
        return log.files(LogFile::new);
    }

    /// The commit of the newest manifest: log up to it is not needed.
    public long manifestCommit() {
        return state.manifestCommit();
    }

    private void checkOpen() {
        if (closed) {
            throw new BasaltException(
                    ErrorCode.ADMIN_SHUTDOWN, "the database was closed; open it again");
        }
    }

    /// Ends background work, says in the log how much was forced, and lets go of all files. Snapshots must be closed before.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        background.stop();
        backgroundThreads.forEach(LockSupport::unpark);
        backgroundThreads.forEach(Database::join);
        committer.stop();
        if (committingThread != null) {
            join(committingThread);
        }
        try {
            log.close();
        } finally {
            state.closeParts();
            lock.close();
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
