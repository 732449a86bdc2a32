package io.basaltdb.query.session;

import org.jspecify.annotations.Nullable;

/// What a session keeps between statements. Used by its thread, but for [#cancel].
final class SessionState {
    private final String user;
    private final Settings settings = new Settings();
    private volatile @Nullable Runnable canceller;
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
