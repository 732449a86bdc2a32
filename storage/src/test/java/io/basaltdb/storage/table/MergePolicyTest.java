package io.basaltdb.storage.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.table.MergePolicy.Candidate;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class MergePolicyTest {
    private static final long MIB = 1 << 20;
    private final MergePolicy policy = new MergePolicy(4, 50_000 * MIB);
    private long names;

    private Candidate part(long mib, int partition, long dead) {
        return new Candidate(
                new PartId(new UUID(0, names++)),
                List.of(Value.of(partition)),
                mib * MIB,
                mib * 1000,
                dead);
    }

    private static List<PartId> chosen(MergePolicy policy, List<Candidate> parts) {
        return policy.choose(parts, 0).parts();
    }

    @Test
    void leavesFewPartsAlone() {
        assertEquals(List.of(), chosen(policy, List.of()));
        assertEquals(
                List.of(), chosen(policy, List.of(part(8, 0, 0), part(9, 0, 0), part(10, 0, 0))));
    }

    @Test
    void mergesPartsOfLikeSizeOfOnePartition() {
        List<Candidate> parts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            parts.add(part(8, i % 2, 0));
        }
        assertEquals(List.of(), chosen(policy, parts), "two of each partition");
        List<Candidate> due = List.of(part(9, 1, 0), part(10, 1, 0));
        List<Candidate> all = new ArrayList<>(parts);
        all.add(part(900, 1, 0));
        all.addAll(due);
        assertEquals(
                List.of(parts.get(1).id(), parts.get(3).id(), due.get(0).id(), due.get(1).id()),
                chosen(policy, all));
    }

    /// The last rows of a load do not stay beside the part that its others become.
    @Test
    void takesSmallerPartsAlong() {
        Candidate large = part(3000, 0, 0);
        Candidate tail = part(2, 0, 0);
        Candidate other = part(20, 0, 0);
        List<Candidate> parts = new ArrayList<>(List.of(tail, large, other, part(2, 1, 0)));
        for (int i = 0; i < 4; i++) {
            parts.add(part(300 + i, 0, 0));
        }
        List<PartId> due =
                new ArrayList<>(parts.subList(4, 8).stream().map(Candidate::id).toList());
        due.addAll(List.of(other.id(), tail.id()));
        assertEquals(due, chosen(policy, parts));
        assertEquals(
                due.subList(0, 4), chosen(new MergePolicy(4, 1_210 * MIB), parts), "the limit");
    }

    @Test
    void mergesAPartWithManyDeadRowsAlone() {
        Candidate dying = part(100, 0, 20_000);
        assertEquals(List.of(dying.id()), chosen(policy, List.of(part(1, 0, 0), dying)));
    }

    @Test
    void cleansAPartWithSomeDeadRowsOnceItsTableIsQuiet() {
        Candidate few = part(100, 0, 2_000);
        List<Candidate> parts = List.of(part(300, 0, 0), few, part(1, 0, 1));
        assertEquals(List.of(), policy.choose(parts, 0).parts());
        assertEquals(List.of(), policy.choose(parts, 3_000).parts(), "not before it would be done");
        assertEquals(List.of(few.id()), policy.choose(parts, 5_000).parts());
        assertEquals(100 * MIB, policy.choose(parts, 5_000).sizeBytes());
    }

    @Test
    void takesTheSmallestFirst() {
        Candidate dying = part(900, 0, 500_000);
        List<Candidate> small =
                List.of(part(8, 1, 0), part(9, 1, 0), part(10, 1, 0), part(8, 1, 0));
        List<Candidate> all = new ArrayList<>(small);
        all.add(0, dying);
        assertEquals(4, chosen(policy, all).size());
        assertEquals(List.of(dying.id()), chosen(policy, all.subList(0, 4)));
    }

    @Test
    void neverMakesAPartAboveTheLimit() {
        MergePolicy small = new MergePolicy(2, 100 * MIB);
        assertEquals(List.of(), chosen(small, List.of(part(70, 0, 0), part(80, 0, 0))));
    }

    @Test
    void keepsPartsFewAndRewritesRare() {
        Random random = new Random(7);
        List<Candidate> parts = new ArrayList<>();
        long inserted = 0;
        long written = 0;
        int most = 0;
        for (int i = 0; i < 5_000; i++) {
            long mib = 8 + random.nextInt(16);
            parts.add(part(mib, 0, 0));
            inserted += mib;
            written += mib;
            List<PartId> chosen = chosen(policy, parts);
            while (!chosen.isEmpty()) {
                List<PartId> merged = chosen;
                long bytes =
                        parts.stream()
                                .filter(part -> merged.contains(part.id()))
                                .mapToLong(Candidate::sizeBytes)
                                .sum();
                parts.removeIf(part -> merged.contains(part.id()));
                parts.add(part(bytes / MIB, 0, 0));
                written += bytes / MIB;
                chosen = chosen(policy, parts);
            }
            most = Math.max(most, parts.size());
        }
        assertTrue(most <= 40, "parts: " + most);
        assertTrue(written <= 8 * inserted, "write amplification " + (double) written / inserted);
    }
}
