package io.basaltdb.storage.io;

/// Time, as it is given to everything that needs some.
public interface Clock {
    /// Microseconds since 1970-01-01 00:00 UTC; may jump.
    long wallMicros();

    /// Nanoseconds from some fixed start; never goes back.
    long monotonicNanos();
}
