package io.basaltdb.query.function;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/// Turns instants into local time of one zone and back. Remembers the stretch between two changes of the clock that it used last, since neighbours mostly
/// share it. A local time that was skipped moves forward by the gap; one that came twice is the earlier. For one thread.
public final class ZoneClock {
    private final ZoneRules rules;
    private final boolean isFixed;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private long offsetSeconds;

    public ZoneClock(ZoneId zone) {
        rules = zone.getRules();
        isFixed = rules.isFixedOffset();
        if (isFixed) {
            offsetSeconds = rules.getOffset(Instant.EPOCH).getTotalSeconds();
        }
    }

    /// Seconds that local time is ahead of UTC at that instant.
    public long offsetSeconds(long epochSecond) {
        if (!isFixed && (epochSecond < from || epochSecond >= to)) {
            look(epochSecond);
        }
        return offsetSeconds;
    }

    private void look(long epochSecond) {
        long bounded =
                Math.clamp(
                        epochSecond,
                        Instant.MIN.getEpochSecond() / 2,
                        Instant.MAX.getEpochSecond() / 2);
        Instant instant = Instant.ofEpochSecond(bounded);
        offsetSeconds = rules.getOffset(instant).getTotalSeconds();
        ZoneOffsetTransition next = rules.nextTransition(instant);
        ZoneOffsetTransition last = rules.previousTransition(instant.plusSeconds(1));
        from = last == null ? Long.MIN_VALUE : last.toEpochSecond();
        to = next == null ? Long.MAX_VALUE : next.toEpochSecond();
    }

    /// Local time in ticks since 1970-01-01 00:00 of the instant in ticks.
    public long toLocal(long ticks, long ticksPerSecond) {
        return ticks + offsetSeconds(Math.floorDiv(ticks, ticksPerSecond)) * ticksPerSecond;
    }

    /// The instant of the local time.
    public long toInstant(long ticks, long ticksPerSecond) {
        if (isFixed) {
            return ticks - offsetSeconds * ticksPerSecond;
        }
        long second = Math.floorDiv(ticks, ticksPerSecond);
        long guess = second - offsetSeconds;
        // A day inside the stretch on both sides: no change of the clock can be near.
        if (guess - 86_400 >= from && guess + 86_400 < to) {
            return ticks - offsetSeconds * ticksPerSecond;
        }
        long bounded =
                Math.clamp(
                        second, Instant.MIN.getEpochSecond() / 2, Instant.MAX.getEpochSecond() / 2);
        LocalDateTime local = LocalDateTime.ofEpochSecond(bounded, 0, ZoneOffset.UTC);
        // In a gap this is the offset before it, which moves the time forward by the gap; in an
        // overlap the earlier.
        long offset = rules.getOffset(local).getTotalSeconds();
        offsetSeconds(second - offset);
        return ticks - offset * ticksPerSecond;
    }
}
