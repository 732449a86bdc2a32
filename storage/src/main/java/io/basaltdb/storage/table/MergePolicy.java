package io.basaltdb.storage.table;

import io.basaltdb.storage.part.PartId;
import io.basaltdb.storage.type.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which parts of a table to merge next: a pure function. Parts of one partition are put into tiers by size, each tier `fanIn` times as
/// large as the one below; a tier with `fanIn` parts is merged, the lowest first, and takes along what is left in the tiers below, which together weigh less
/// than it does. So a row is rewritten at most once per tier, a partition has fewer than `fanIn` parts per tier, and the last rows of a
/// load do not stay beside what became of the others.
///
/// Rows that died count: a part is merged alone once many of its rows are dead, and, since scans pay for every dead row among live ones, once
/// a few are and its table has been quiet for long enough that nothing is likely to come of waiting.
public final class MergePolicy {
    private static final long LOWEST_TIER_BYTES = 1 << 20;
    private static final int MAX_SOURCES = 64;
    // A rewrite for so many dead rows writes four bytes for each byte that died.
    private static final double MANY_DEAD = 0.2;
    private static final double FEW_DEAD = 0.01;
    private static final long LEAST_QUIET_MILLIS = 2_000;
    // About twice as long as the rewrite takes.
    private static final long BYTES_PER_QUIET_MILLI = 25_000;

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

    /// Parts to merge into one.
    ///
    /// @param parts empty where nothing is worth it
    /// @param sizeBytes of all of them
    public record Choice(List<PartId> parts, long sizeBytes) {
        static final Choice NOTHING = new Choice(List.of(), 0);

        private static Choice of(List<Candidate> chosen) {
            return new Choice(chosen.stream().map(Candidate::id).toList(), bytes(chosen));
        }
    }

    /// The parts to merge next, the smallest of what is due.
    ///
    /// @param quietMillis for how long no row of the table has come or gone
    public Choice choose(List<Candidate> candidates, long quietMillis) {
        Map<List<Value>, List<Candidate>> partitions = new LinkedHashMap<>();
        List<Candidate> best = List.of();
        for (Candidate candidate : candidates) {
            partitions.computeIfAbsent(candidate.partition, _ -> new ArrayList<>()).add(candidate);
            if (isDying(candidate, quietMillis)) {
                best = smaller(best, List.of(candidate));
            }
        }
        for (List<Candidate> partition : partitions.values()) {
            best = smaller(best, lowestFullTier(partition));
        }
        return Choice.of(best);
    }

    private static List<Candidate> smaller(List<Candidate> a, List<Candidate> b) {
        return a.isEmpty() || (!b.isEmpty() && bytes(b) < bytes(a)) ? b : a;
    }

    private static boolean isDying(Candidate candidate, long quietMillis) {
        if (candidate.deadCount == 0) {
            return false;
        }
        double dead = (double) candidate.deadCount / candidate.rowCount;
        long patienceMillis =
                Math.max(LEAST_QUIET_MILLIS, candidate.sizeBytes / BYTES_PER_QUIET_MILLI);
        return dead >= MANY_DEAD || (dead >= FEW_DEAD && quietMillis >= patienceMillis);
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
                List<Candidate> withSmaller = new ArrayList<>(chosen);
                withSmaller.addAll(bySize.subList(0, from).reversed());
                return fitting(withSmaller);
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
