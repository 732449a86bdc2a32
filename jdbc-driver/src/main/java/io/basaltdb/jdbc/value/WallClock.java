package io.basaltdb.jdbc.value;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/// Readings of a wall clock as points in time.
final class WallClock {
    private WallClock() {}

    /// A reading that the zone skips moves forward by the gap; one that it has twice is the later.
    static Instant place(LocalDateTime reading, ZoneId zone) {
        return reading.atZone(zone).withLaterOffsetAtOverlap().toInstant();
    }
}
