package io.basaltdb.storage.table;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.table.MergePolicy.Candidate;
import io.basaltdb.storage.table.MergePolicy.Choice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Hours of load on one table, without disk and clock: sealed parts come at a steady pace, and one merger of so many bytes a second does what the
/// policy says, much smaller merges between two steps of a large one.
final class MergeLoadTest {
    private static final long MIB = 1 << 20;
    private static final long ROWS_PER_MIB = 50_000;
    private static final int TICK_MILLIS = 100;

    private final MergePolicy policy = new MergePolicy(4, 50_000 * MIB);
    private final List<Candidate> parts = new ArrayList<>();
    private final Deque<Merge> merges = new ArrayDeque<>();
    private long names;
    private long sealedBytes;
    private long mergedBytes;
    private int mostParts;

    /// A merge that is under way.
    private static final class Merge {
        private final Choice choice;
        private long bytesLeft;

        Merge(Choice choice) {
            this.choice = choice;
            this.bytesLeft = choice.sizeBytes();
        }
    }

    private Candidate part(long bytes, long dead) {
        return new Candidate(
                new PartId(new UUID(0, names++)),
                List.of(),
                bytes,
                Math.max(1, bytes * ROWS_PER_MIB / MIB),
                dead);
    }

    /// @param sealMillis between two sealed parts
    /// @param replacing whether each row takes the place of another, any of the table
    private void run(
            int hours,
            int sealMillis,
            long partBytes,
            long mergeBytesPerSecond,
            boolean replacing) {
        long end = hours * 3_600_000L;
        for (long now = 0; now < end; now += TICK_MILLIS) {
            if (now % sealMillis == 0) {
                Candidate sealed = part(partBytes, 0);
                if (replacing) {
                    kill(sealed.rowCount());
                }
                parts.add(sealed);
                sealedBytes += partBytes;
                mostParts = Math.max(mostParts, parts.size());
            }
            merge(mergeBytesPerSecond * TICK_MILLIS / 1000);
        }
    }

    /// So many rows die, spread over all that live.
    private void kill(long rows) {
        long live = parts.stream().mapToLong(part -> part.rowCount() - part.deadCount()).sum();
        for (int i = 0; i < parts.size() && live > 0; i++) {
            Candidate part = parts.get(i);
            long mine =
                    Math.min(
                            part.rowCount() - part.deadCount(),
                            (part.rowCount() - part.deadCount()) * rows / live);
            parts.set(
                    i,
                    new Candidate(
                            part.id(),
                            part.partition(),
                            part.sizeBytes(),
                            part.rowCount(),
                            part.deadCount() + mine));
        }
    }

    private void merge(long bytes) {
        long left = bytes;
        while (left > 0) {
            Merge next = next();
            if (next != null) {
                merges.push(next);
            }
            Merge current = merges.peek();
            if (current == null) {
                return;
            }
            long done = Math.min(left, current.bytesLeft);
            current.bytesLeft -= done;
            left -= done;
            if (current.bytesLeft == 0) {
                finish(merges.pop());
            }
        }
    }

    private Merge next() {
        List<Candidate> free = new ArrayList<>(parts);
        for (Merge merge : merges) {
            free.removeIf(part -> merge.choice.parts().contains(part.id()));
        }
        Choice choice = policy.choose(free, 0);
        Merge under = merges.peek();
        boolean isDue = under == null || choice.sizeBytes() <= under.choice.sizeBytes() / 4;
        return choice.parts().isEmpty() || !isDue ? null : new Merge(choice);
    }

    private void finish(Merge merge) {
        long bytes = 0;
        for (Candidate part : parts) {
            if (merge.choice.parts().contains(part.id())) {
                bytes += part.sizeBytes() * (part.rowCount() - part.deadCount()) / part.rowCount();
            }
        }
        parts.removeIf(part -> merge.choice.parts().contains(part.id()));
        parts.add(part(bytes, 0));
        mergedBytes += bytes;
    }

    private double amplification() {
        return (double) (sealedBytes + mergedBytes) / sealedBytes;
    }

    private String told() {
        return "most parts " + mostParts + ", write amplification " + amplification();
    }

    @Test
    void sixHoursOfNewRowsLeaveFewPartsAndAreRewrittenRarely() {
        run(6, 5_000, 16 * MIB, 50 * MIB, false);
        assertTrue(mostParts <= 40 && amplification() <= 8, told());
    }

    @Test
    void aMergerThatIsOnlyJustFastEnoughLeavesFewPartsToo() {
        run(3, 5_000, 16 * MIB, 20 * MIB, false);
        assertTrue(mostParts <= 40 && amplification() <= 8, told());
    }

    @Test
    void replacedRowsAreCleanedAndStillRewrittenRarely() {
        parts.add(part(2_000 * MIB, 0));
        run(3, 5_000, 16 * MIB, 100 * MIB, true);
        assertTrue(mostParts <= 40 && amplification() <= 9, told());
        long rows = parts.stream().mapToLong(Candidate::rowCount).sum();
        long dead = parts.stream().mapToLong(Candidate::deadCount).sum();
        assertTrue(dead <= 0.2 * rows, dead + " of " + rows + " rows are dead; " + told());
    }
}
