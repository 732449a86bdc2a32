package io.basaltdb.query.session;

import io.basaltdb.query.execution.QueryProgress;
import org.jspecify.annotations.Nullable;

/// What a session keeps between statements. Used by its thread, but for [#cancel] and [#progress].
final class SessionState {
    private final String user;
    private final Settings settings = new Settings();
    private volatile @Nullable Runnable canceller;
    private volatile QueryLog.@Nullable Running query;
    private volatile boolean cancelled;

    SessionState(String user) {
        this.user = user;
    }

    String user() {
        return user;
    }

    Settings settings() {
        return settings;
    }

    /// A statement begins: what was cancelled before it does not matter to it.
    void begin() {
        cancelled = false;
        canceller = null;
        query = null;
    }

    /// Says which query the statement is.
    void began(QueryLog.Running begun) {
        query = begun;
    }

    QueryProgress progress() {
        QueryLog.Running begun = query;
        return begun == null ? new QueryProgress(0, 0, 0) : begun.progress();
    }

    boolean isCancelled() {
        return cancelled;
    }

    /// Says how what is executed now can be stopped.
    void running(Runnable cancel) {
        canceller = cancel;
        if (cancelled) {
            cancel.run();
        }
    }

    void cancel() {
        cancelled = true;
        Runnable cancel = canceller;
        if (cancel != null) {
            cancel.run();
        }
    }
}
