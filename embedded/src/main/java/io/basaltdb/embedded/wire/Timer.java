package io.basaltdb.embedded.wire;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Runs short actions later. The seam by which tests hold time in their hands.
public interface Timer {
    /// Runs `action` once, after that time, on some thread.
    void after(long delayMillis, Runnable action);

    /// The timer thread that the JDK has anyway.
    static Timer system() {
        return (delayMillis, action) ->
                CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS, Runnable::run)
                        .execute(action);
    }
}
