package io.basaltdb.server.net;

import io.basaltdb.embedded.wire.SessionSource;
import io.basaltdb.embedded.wire.WireOptions;
import io.basaltdb.storage.error.ErrorCode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The connections of one listener: how many there are, and which have sessions.
final class Connections {
    private static final int LAST_WORDS_MILLIS = 1_000;
    private static final int POLL_MILLIS = 10;

    private final SessionSource sessions;
    private final WireOptions wire;
    private final Listener.Limits limits;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<SessionWorker> workers = ConcurrentHashMap.newKeySet();

    Connections(SessionSource sessions, WireOptions wire, Listener.Limits limits) {
        this.sessions = sessions;
        this.wire = wire;
        this.limits = limits;
    }

    SessionSource sessions() {
        return sessions;
    }

    WireOptions wire() {
        return wire;
    }

    Listener.Limits limits() {
        return limits;
    }

    int count() {
        return count.get();
    }

    /// Counts a connection; whether it is within the limit.
    boolean enter() {
        return count.incrementAndGet() <= limits.maxConnections();
    }

    void leave() {
        count.decrementAndGet();
    }

    void add(SessionWorker worker) {
        workers.add(worker);
    }

    void remove(SessionWorker worker) {
        workers.remove(worker);
    }

    /// Ends idle sessions at once, others when their requests have ended or the time is over; then
    /// waits a moment for what was said to leave.
    void drain(int drainMillis) {
        long start = System.nanoTime();
        while (!workers.isEmpty() && elapsedMillis(start) < drainMillis) {
            for (SessionWorker worker : workers) {
                worker.endIfIdle();
            }
            pause();
        }
        for (SessionWorker worker : workers) {
            worker.session().shutDown(ErrorCode.ADMIN_SHUTDOWN, SessionWorker.SHUTTING_DOWN);
        }
        long lastWords = System.nanoTime();
        while (!workers.isEmpty() && elapsedMillis(lastWords) < LAST_WORDS_MILLIS) {
            pause();
        }
        workers.forEach(worker -> worker.session().close());
        while (count.get() > 0 && elapsedMillis(lastWords) < 2 * LAST_WORDS_MILLIS) {
            pause();
        }
    }

    private static long elapsedMillis(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
