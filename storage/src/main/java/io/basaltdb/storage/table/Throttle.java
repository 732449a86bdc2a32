package io.basaltdb.storage.table;

import io.basaltdb.storage.error.BasaltException;
import io.basaltdb.storage.error.ErrorCode;
import io.basaltdb.storage.io.Clock;

/// Slows writers smoothly while sealing cannot keep up: from 70 % of the delta budget on each commit waits before it goes to the
/// Committer, the longer the fuller. Safe for use by many threads.
public final class Throttle {
    private static final double FREE_SHARE = 0.7;
    private static final long LONGEST_NAP_MILLIS = 50;

    /// Waits, or in a database without threads works.
    public interface Pause {
        void pause(long millis);
    }

    private final DatabaseState state;
    private final Clock clock;
    private final long budgetBytes;
    private final long maxMillis;
    private final Pause pause;

    public Throttle(
            DatabaseState state, Clock clock, long budgetBytes, long maxMillis, Pause pause) {
        this.state = state;
        this.clock = clock;
        this.budgetBytes = budgetBytes;
        this.maxMillis = maxMillis;
        this.pause = pause;
    }

    /// Lets a commit go on, at once where there is room.
    ///
    /// @throws BasaltException CONFIGURATION_LIMIT where there was none for too long
    void admit() {
        double full = fullness();
        if (full <= 0) {
            return;
        }
        if (full < 1) {
            pause.pause((long) (full * LONGEST_NAP_MILLIS));
            return;
        }
        long start = clock.monotonicNanos();
        while (fullness() >= 1) {
            if (clock.monotonicNanos() - start > maxMillis * 1_000_000) {
                throw new BasaltException(
                        ErrorCode.CONFIGURATION_LIMIT,
                        "rows in memory take "
                                + state.deltaBytes()
                                + " of "
                                + budgetBytes
                                + " bytes, and sealing did not make room within "
                                + maxMillis
                                + " ms; insert in larger batches, or raise the memory limit");
            }
            pause.pause(LONGEST_NAP_MILLIS);
        }
    }

    /// 0 at 70 % of the budget and below, 1 at all of it and above.
    private double fullness() {
        double used = (double) state.deltaBytes() / budgetBytes;
        return Math.clamp((used - FREE_SHARE) / (1 - FREE_SHARE), 0, 1);
    }
}
