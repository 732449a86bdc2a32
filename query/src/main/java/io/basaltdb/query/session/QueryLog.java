package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryProgress;
import io.basaltdb.query.system.SystemContext.QueryEntry;
import io.basaltdb.storage.io.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Numbers queries, and remembers those at work and the latest that have ended: `system.queries`. Safe for use by many threads.
public final class QueryLog {
    private static final int ENDED_KEPT = 1000;
    private static final int SQL_KEPT = 4096;

    private final Clock clock;

    // Guards all below.
    private final Object lock = new Object();
    private final Map<Long, Running> running = new LinkedHashMap<>();
    private final ArrayDeque<QueryEntry> ended = new ArrayDeque<>();
    private long lastId;

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
            synchronized (lock) {
                if (running.remove(id) == null) {
                    return;
                }
                ended.addLast(
                        entry(error.isEmpty() ? "finished" : "failed", peakMemoryBytes, error));
                if (ended.size() > ENDED_KEPT) {
                    ended.removeFirst();
                }
            }
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
        synchronized (lock) {
            Running query = new Running(++lastId, user, sql);
            running.put(query.id, query);
            return query;
        }
    }

    /// For planning on its own: a query that no list shows.
    Running unlisted() {
        return new Running(0, "", "");
    }

    /// Cancels the query of that number; says whether it was at work.
    boolean cancel(long id) {
        Running query;
        synchronized (lock) {
            query = running.get(id);
        }
        Runnable cancel = query == null ? null : query.canceller;
        if (cancel == null) {
            return false;
        }
        cancel.run();
        return true;
    }

    /// Those that have ended, oldest first, then those at work.
    List<QueryEntry> entries() {
        synchronized (lock) {
            List<QueryEntry> entries = new ArrayList<>(ended);
            for (Running query : running.values()) {
                entries.add(query.entry("running", 0, ""));
            }
            return entries;
        }
    }
}
