package io.basaltdb.storage.testkit;

import io.basaltdb.storage.io.Clock;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that stands still until it is told to move.
public final class ManualClock implements Clock {
    private final AtomicLong wallMicros = new AtomicLong(1_700_000_000_000_000L);
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long wallMicros() {
        return wallMicros.get();
    }

    @Override
    public long monotonicNanos() {
        return nanos.get();
    }

    /// Both clocks go on.
    public void advanceMillis(long millis) {
        wallMicros.addAndGet(millis * 1_000);
        nanos.addAndGet(millis * 1_000_000);
    }

    /// The wall clock jumps; the other goes on as if nothing had happened.
    public void jumpWall(long micros) {
        wallMicros.addAndGet(micros);
    }
}
