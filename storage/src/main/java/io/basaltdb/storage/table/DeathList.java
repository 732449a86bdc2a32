package io.basaltdb.storage.table;

import io.basaltdb.storage.part.DeleteVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The rows of one part that died: a base of those dead at or below some floor, and a tail of (row, commit) behind it. Immutable for
/// readers: the Committer appends behind the end that they see.
final class DeathList {
    static final DeathList NONE =
            new DeathList(DeleteVector.none(), new int[0], new long[0], 0, null);

    /// A tail of as many is folded, if that helps.
    private static final int LONG_TAIL = 4096;

    /// A tail of as many is looked through row by row.
    private static final int SHORT_TAIL = 16;

    private final DeleteVector base;
    private final int[] rows;
    private final long[] commits;
    private final int tailCount;
    private final @Nullable RowPlaces places;
    private volatile @Nullable DeleteVector combined;

    /// @param places of the tail's rows; null where it is short
    private DeathList(
            DeleteVector base,
            int[] rows,
            long[] commits,
            int tailCount,
            @Nullable RowPlaces places) {
        this.base = base;
        this.rows = rows;
        this.commits = commits;
        this.tailCount = tailCount;
        this.places = places;
    }

    private static DeathList made(DeleteVector base, int[] rows, long[] commits, int tailCount) {
        return new DeathList(
                base,
                rows,
                commits,
                tailCount,
                tailCount <= SHORT_TAIL ? null : RowPlaces.of(rows, tailCount));
    }

    static DeathList of(DeleteVector base, int[] rows, long[] commits) {
        return base.isEmpty() && rows.length == 0 ? NONE : made(base, rows, commits, rows.length);
    }

    boolean isEmpty() {
        return deadCount() == 0;
    }

    long deadCount() {
        return (long) base.cardinality() + tailCount;
    }

    int tailCount() {
        return tailCount;
    }

    /// Whether the tail is worth folding: long, and about half of it at or below the floor, since it is in the order of the commits but for what a
    /// merge carried over.
    boolean isWorthFolding(long floor) {
        return tailCount > LONG_TAIL && commits[tailCount / 2] <= floor;
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
        return known != null ? known.contains(row) : base.contains(row) || isInTail(row);
    }

    private boolean isInTail(int row) {
        RowPlaces known = places;
        if (known != null) {
            return known.contains(row, rows, tailCount);
        }
        boolean found = false;
        for (int i = 0; i < tailCount && !found; i++) {
            found = rows[i] == row;
        }
        return found;
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
        RowPlaces known = places;
        if (known == null || !known.hasRoom(needed)) {
            return made(base, newRows, newCommits, needed);
        }
        known.add(newRows, tailCount, needed);
        return new DeathList(base, newRows, newCommits, needed, known);
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
        return count == 0 ? this : made(base.with(dead, count), keptRows, keptCommits, kept);
    }
}
