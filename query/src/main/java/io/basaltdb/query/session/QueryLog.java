package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryProgress;
import io.basaltdb.query.system.SystemContext.QueryEntry;
import io.basaltdb.storage.io.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Numbers queries, and remembers those at work and the latest that have ended: `system.queries`. Safe for use by many threads.
public final class QueryLog {
    private static final int ENDED_KEPT = 1000;
    private static final int SQL_KEPT = 4096;
    private static final long UNLISTED = 0;

    private final Clock clock;

    // No lock: many sessions with small statements would wait for one that lost its processor while
    // it held it.
    private final ConcurrentHashMap<Long, Running> running = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable QueryEntry> ended =
            new AtomicReferenceArray<>(ENDED_KEPT);
    private final AtomicLong endedCount = new AtomicLong();
    private final AtomicLong lastId = new AtomicLong();

    public QueryLog(Clock clock) {
        this.clock = clock;
    }

    /// A query from its start to its end.
    final class Running {
        private final long id;
        private final String user;
        private final String sql;
        private final long startMicros = clock.wallMicros();
        private final long startNanos = clock.monotonicNanos();
        private volatile Supplier<QueryProgress> progress = () -> new QueryProgress(0, 0, 0);
        private volatile @Nullable Runnable canceller;
        private final AtomicBoolean hasEnded = new AtomicBoolean();

        private Running(long id, String user, String sql) {
            this.id = id;
            this.user = user;
            this.sql = sql.length() <= SQL_KEPT ? sql : sql.substring(0, SQL_KEPT);
        }

        long id() {
            return id;
        }

        /// Says how its progress is found and how it is cancelled.
        void started(Supplier<QueryProgress> found, Runnable cancel) {
            progress = found;
            canceller = cancel;
        }

        QueryProgress progress() {
            return progress.get();
        }

        /// It has ended; `error` is empty where it succeeded.
        void ended(long peakMemoryBytes, String error) {
            if (id == UNLISTED || !hasEnded.compareAndSet(false, true)) {
                return;
            }
            QueryEntry entry =
                    entry(error.isEmpty() ? "finished" : "failed", peakMemoryBytes, error);
            ended.set((int) (endedCount.getAndIncrement() % ENDED_KEPT), entry);
            running.remove(id);
        }

        private QueryEntry entry(String state, long peakMemoryBytes, String error) {
            QueryProgress now = progress.get();
            long elapsedMicros = (clock.monotonicNanos() - startNanos) / 1000;
            return new QueryEntry(
                    id,
                    user,
                    sql,
                    state,
                    startMicros,
                    elapsedMicros,
                    now.rowsRead(),
                    now.bytesRead(),
                    peakMemoryBytes,
                    error);
        }
    }

    Running begin(String user, String sql) {
        Running query = new Running(lastId.incrementAndGet(), user, sql);
        running.put(query.id, query);
        return query;
    }

    /// How many queries have begun.
    public long begunCount() {
        return lastId.get();
    }

    /// For planning on its own: a query that no list shows.
    Running unlisted() {
        return new Running(UNLISTED, "", "");
    }

    /// Cancels the query of that number; says whether it was at work.
    boolean cancel(long id) {
        Running query = running.get(id);
        Runnable cancel = query == null ? null : query.canceller;
        if (cancel == null) {
            return false;
        }
        cancel.run();
        return true;
    }

    /// Those that have ended, oldest first, then those at work.
    List<QueryEntry> entries() {
        List<Running> atWork = new ArrayList<>(running.values());
        atWork.sort(Comparator.comparingLong(query -> query.id));
        List<QueryEntry> entries = new ArrayList<>();
        Set<Long> gone = new HashSet<>();
        long next = endedCount.get();
        for (int i = 0; i < ENDED_KEPT; i++) {
            QueryEntry entry = ended.get((int) ((next + i) % ENDED_KEPT));
            if (entry != null) {
                entries.add(entry);
                gone.add(entry.id());
            }
        }
        for (Running query : atWork) {
            // It may have ended since it was looked up, and is then among those.
            if (!gone.contains(query.id)) {
                entries.add(query.entry("running", 0, ""));
            }
        }
        return entries;
    }
}
