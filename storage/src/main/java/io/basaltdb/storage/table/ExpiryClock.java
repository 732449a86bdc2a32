package io.basaltdb.storage.table;

import io.basaltdb.storage.io.Clock;
import java.util.concurrent.TimeUnit;

/// The time by which rows expire. Clocks are set wrong, and a row that was deleted is gone: so it never runs ahead of the time that has
/// passed since the database was opened, and where the clock stood far ahead of the last commit then, it stands still for a while, in which
/// somebody may notice.
final class ExpiryClock {
    /// A clock that is so far ahead of the newest commit is not believed at once.
    static final long MAX_GAP_MICROS = TimeUnit.DAYS.toMicros(1);

    /// How long it is not believed.
    static final long GRACE_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Clock clock;
    private final long openedMicros;
    private final long openedNanos;
    private final boolean isDoubtful;

    /// @param recordedMicros the wall time of the newest commit; 0 where there is none
    ExpiryClock(Clock clock, long recordedMicros) {
        this.clock = clock;
        this.openedMicros = clock.wallMicros();
        this.openedNanos = clock.monotonicNanos();
        this.isDoubtful = recordedMicros != 0 && openedMicros - recordedMicros > MAX_GAP_MICROS;
    }

    long nanos() {
        return clock.monotonicNanos();
    }

    /// Whether rows may expire now.
    boolean isBelieved() {
        return !isDoubtful || nanos() - openedNanos >= GRACE_NANOS;
    }

    /// The wall time, or less.
    long micros() {
        return Math.min(clock.wallMicros(), openedMicros + (nanos() - openedNanos) / 1000);
    }
}
