package io.basaltdb.storage.table;

import io.basaltdb.storage.vector.Batch;
import org.jspecify.annotations.Nullable;

/// A prefix of a [RowStore] as one commit sees it: rows that come later are behind its end, deaths that come later have a greater commit.
/// Immutable, although the store goes on writing into the same arrays.
///
/// @param chunks the store's array; the first `chunkCount` count
/// @param nextSequence sequence number of the row after the last
/// @param deadCount rows that had died by then
/// @param keys finds rows by primary key, those behind the end too; null where there is none
record DeltaView(
        Chunk[] chunks,
        int chunkCount,
        long firstSequence,
        long nextSequence,
        long deadCount,
        long sizeBytes,
        @Nullable KeyMap keys) {
    long rowCount() {
        return nextSequence - firstSequence;
    }

    int rows(int chunk) {
        long end = chunk + 1 < chunkCount ? chunks[chunk + 1].firstSequence() : nextSequence;
        return (int) (end - chunks[chunk].firstSequence());
    }

    /// Whether no row can be added to the chunk any more.
    boolean isFilled(int chunk) {
        return chunk + 1 < chunkCount;
    }

    /// Index of the chunk that holds that row: the one where it stands if all before it are full, or a later one.
    int chunkOf(long sequence) {
        int from = (int) Math.max(0, (sequence - firstSequence) / Batch.MAX_ROWS);
        int to = chunkCount - 1;
        if (from >= to || chunks[from + 1].firstSequence() > sequence) {
            return Math.min(from, Math.max(0, to));
        }
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            if (chunks[middle].firstSequence() <= sequence) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return from;
    }

    /// The sequence number of the row at an address of [SortOrder].
    long sequence(int address) {
        return chunks[SortOrder.chunk(address)].firstSequence() + SortOrder.lane(address);
    }

    /// The same rows, of which those at these addresses have died at that commit.
    @SuppressWarnings("ReferenceEquality") // whether a chunk was copied is the question
    DeltaView without(int[] addresses, long commit) {
        Chunk[] changed = chunks.clone();
        long more = 0;
        for (int address : addresses) {
            int at = SortOrder.chunk(address);
            if (changed[at] == chunks[at]) {
                changed[at] = chunks[at].withOwnDeaths();
            }
            long @Nullable [] deaths = changed[at].deaths();
            assert deaths != null;
            int lane = SortOrder.lane(address);
            more += deaths[lane] == 0 ? 1 : 0;
            deaths[lane] = deaths[lane] == 0 ? commit : deaths[lane];
        }
        return new DeltaView(
                changed,
                chunkCount,
                firstSequence,
                nextSequence,
                deadCount + more,
                sizeBytes,
                keys);
    }

    /// The rows that were there right after an earlier commit; rows come in the order of their births. They are not found by key: the newest row of
    /// a key need not be the one of then.
    DeltaView asOf(long commit) {
        int count = 0;
        long next = firstSequence;
        long dead = 0;
        while (count < chunkCount && chunks[count].births()[0] <= commit) {
            Chunk chunk = chunks[count];
            int born = born(chunk.births(), rows(count), commit);
            next = chunk.firstSequence() + born;
            long @Nullable [] deaths = chunk.deaths();
            for (int i = 0; deaths != null && i < born; i++) {
                dead += deaths[i] != 0 && deaths[i] <= commit ? 1 : 0;
            }
            count++;
        }
        return new DeltaView(chunks, count, firstSequence, next, dead, sizeBytes, null);
    }

    /// How many of the first rows were born by then.
    private static int born(long[] births, int rows, long commit) {
        int from = 0;
        int to = rows;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (births[middle] <= commit) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /// The commit at which the row died; 0 where it lives.
    long death(long sequence) {
        Chunk chunk = chunks[chunkOf(sequence)];
        long @Nullable [] deaths = chunk.deaths();
        return deaths == null ? 0 : deaths[(int) (sequence - chunk.firstSequence())];
    }
}
