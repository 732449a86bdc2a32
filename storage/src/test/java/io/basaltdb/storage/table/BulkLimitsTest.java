package io.basaltdb.storage.table;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class BulkLimitsTest {
    private final BulkLimits limits = new BulkLimits(100, 10, 20, 2, 500);

    @Test
    void anAppenderMayHoldSeveralTimesAsMuchWhileAllHoldLittle() {
        assertFalse(limits.isFull(399, 39, 500));
        assertTrue(limits.isFull(400, 1, 500));
        assertTrue(limits.isFull(1, 40, 500));
    }

    @Test
    void theLimitsCountOnceAllHoldMuch() {
        assertFalse(limits.isFull(99, 9, 501));
        assertTrue(limits.isFull(100, 1, 501));
        assertTrue(limits.isFull(1, 10, 501));
    }
}
