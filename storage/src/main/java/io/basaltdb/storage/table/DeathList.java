package io.basaltdb.storage.table;

import io.basaltdb.storage.part.DeleteVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The rows of one part that died: a base of those dead at or below some floor, and a tail of (row, commit) behind it. Immutable for
/// readers: the Committer appends behind the end that they see.
final class DeathList {
    static final DeathList NONE =
            new DeathList(DeleteVector.none(), new int[0], new long[0], 0, 0, 0);

    /// A tail of as many is folded, if that helps.
    private static final int LONG_TAIL = 4096;

    private final DeleteVector base;
    private final int[] rows;
    private final long[] commits;
    private final int tailCount;
    private final long deadCount;
    private final int keptCount;
    private volatile @Nullable DeleteVector combined;
    private volatile @Nullable RowSet tail;

    /// @param keptCount how many of the tail were left by the last fold
    private DeathList(
            DeleteVector base,
            int[] rows,
            long[] commits,
            int tailCount,
            long deadCount,
            int keptCount) {
        this.base = base;
        this.rows = rows;
        this.commits = commits;
        this.tailCount = tailCount;
        this.deadCount = deadCount;
        this.keptCount = keptCount;
    }

    static DeathList of(DeleteVector base, int[] rows, long[] commits) {
        return base.isEmpty() && rows.length == 0
                ? NONE
                : new DeathList(
                        base,
                        rows,
                        commits,
                        rows.length,
                        base.cardinality() + (long) rows.length,
                        0);
    }

    boolean isEmpty() {
        return deadCount == 0;
    }

    long deadCount() {
        return deadCount;
    }

    int tailCount() {
        return tailCount;
    }

    /// Whether the tail is worth folding: long, and twice as long as the last fold left it.
    boolean isLong() {
        return tailCount > LONG_TAIL && tailCount > 2 * keptCount;
    }

    DeleteVector base() {
        return base;
    }

    int tailRow(int index) {
        return rows[index];
    }

    long tailCommit(int index) {
        return commits[index];
    }

    int[] tailRows() {
        return Arrays.copyOf(rows, tailCount);
    }

    long[] tailCommits() {
        return Arrays.copyOf(commits, tailCount);
    }

    /// All rows that are dead, whenever they died.
    DeleteVector all() {
        DeleteVector vector = combined;
        if (vector == null) {
            vector = tailCount == 0 ? base : base.with(rows, tailCount);
            combined = vector;
        }
        return vector;
    }

    /// Whether the row is dead, whenever it died.
    boolean contains(int row) {
        DeleteVector known = combined;
        if (known != null) {
            return known.contains(row);
        }
        RowSet set = tail;
        boolean found = base.contains(row);
        if (set != null) {
            return found || set.contains(row);
        }
        for (int i = 0; i < tailCount && !found; i++) {
            found = rows[i] == row;
        }
        return found;
    }

    /// Says that many rows will be asked for: makes that cheap from now on.
    void expectMany() {
        if (tail == null && combined == null && tailCount > 0) {
            tail = RowSet.of(rows, tailCount);
        }
    }

    /// How many rows are dead at or below that commit.
    long countThrough(long commit) {
        long count = base.cardinality();
        for (int i = 0; i < tailCount; i++) {
            count += commits[i] <= commit ? 1 : 0;
        }
        return count;
    }

    /// The rows dead at or below that commit.
    DeleteVector through(long commit) {
        int[] dead = new int[tailCount];
        int count = 0;
        for (int i = 0; i < tailCount; i++) {
            if (commits[i] <= commit) {
                dead[count++] = rows[i];
            }
        }
        return count == tailCount ? all() : count == 0 ? base : base.with(dead, count);
    }

    /// With more deaths at one commit. Only for the newest list of the part, by the Committer.
    DeathList plus(int[] more, int count, long commit) {
        int needed = tailCount + count;
        int[] newRows = rows;
        long[] newCommits = commits;
        if (needed > rows.length) {
            newRows = Arrays.copyOf(rows, Math.max(needed, 2 * rows.length));
            newCommits = Arrays.copyOf(commits, newRows.length);
        }
        System.arraycopy(more, 0, newRows, tailCount, count);
        Arrays.fill(newCommits, tailCount, needed, commit);
        return new DeathList(base, newRows, newCommits, needed, deadCount + count, keptCount);
    }

    /// The same deaths with those at or below the floor moved into the base.
    DeathList folded(long floor) {
        int[] dead = new int[tailCount];
        int[] keptRows = new int[tailCount];
        long[] keptCommits = new long[tailCount];
        int count = 0;
        int kept = 0;
        for (int i = 0; i < tailCount; i++) {
            if (commits[i] <= floor) {
                dead[count++] = rows[i];
            } else {
                keptRows[kept] = rows[i];
                keptCommits[kept++] = commits[i];
            }
        }
        return count == 0
                ? new DeathList(base, rows, commits, tailCount, deadCount, tailCount)
                : new DeathList(
                        base.with(dead, count), keptRows, keptCommits, kept, deadCount, kept);
    }
}
