package io.basaltdb.storage.table;

import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which parts of a table to merge next: a pure function. Parts of one partition are put into tiers by size, each tier `fanIn` times as
/// large as the one below; a tier with `fanIn` parts is merged, the lowest first. So a row is rewritten once per tier, and a
/// partition has fewer than `fanIn` parts per tier. A part with many dead rows is merged alone.
public final class MergePolicy {
    private static final long LOWEST_TIER_BYTES = 1 << 20;
    private static final double MANY_DEAD = 0.15;
    private static final int MAX_SOURCES = 64;

    private final int fanIn;
    private final long maxPartBytes;

    public MergePolicy(int fanIn, long maxPartBytes) {
        assert fanIn >= 2;
        this.fanIn = fanIn;
        this.maxPartBytes = maxPartBytes;
    }

    /// A part that may be merged.
    ///
    /// @param deadCount rows that a merge would drop
    public record Candidate(
            PartId id, List<Value> partition, long sizeBytes, long rowCount, long deadCount) {}

    /// The parts to merge into one; empty where nothing is worth it.
    public List<PartId> choose(List<Candidate> candidates) {
        for (Candidate candidate : candidates) {
            if (candidate.deadCount > 0 && candidate.deadCount >= MANY_DEAD * candidate.rowCount) {
                return List.of(candidate.id);
            }
        }
        Map<List<Value>, List<Candidate>> partitions = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            partitions.computeIfAbsent(candidate.partition, _ -> new ArrayList<>()).add(candidate);
        }
        List<Candidate> best = List.of();
        for (List<Candidate> partition : partitions.values()) {
            List<Candidate> chosen = lowestFullTier(partition);
            if (!chosen.isEmpty() && (best.isEmpty() || bytes(chosen) < bytes(best))) {
                best = chosen;
            }
        }
        return best.stream().map(Candidate::id).toList();
    }

    private List<Candidate> lowestFullTier(List<Candidate> partition) {
        List<Candidate> bySize = new ArrayList<>(partition);
        bySize.sort(Comparator.comparingLong(Candidate::sizeBytes));
        int from = 0;
        while (from < bySize.size()) {
            int to = from;
            while (to < bySize.size() && tier(bySize.get(to)) == tier(bySize.get(from))) {
                to++;
            }
            List<Candidate> chosen = fitting(bySize.subList(from, to));
            if (chosen.size() >= fanIn) {
                return chosen;
            }
            from = to;
        }
        return List.of();
    }

    private List<Candidate> fitting(List<Candidate> tier) {
        List<Candidate> chosen = new ArrayList<>();
        long bytes = 0;
        long rows = 0;
        for (Candidate candidate : tier) {
            bytes += candidate.sizeBytes;
            rows += candidate.rowCount;
            if (bytes > maxPartBytes || rows > Integer.MAX_VALUE || chosen.size() == MAX_SOURCES) {
                break;
            }
            chosen.add(candidate);
        }
        return chosen;
    }

    private int tier(Candidate candidate) {
        int tier = 0;
        long bound = LOWEST_TIER_BYTES;
        while (candidate.sizeBytes >= bound && bound < Long.MAX_VALUE / fanIn) {
            bound *= fanIn;
            tier++;
        }
        return tier;
    }

    private static long bytes(List<Candidate> chosen) {
        return chosen.stream().mapToLong(Candidate::sizeBytes).sum();
    }
}
