package io.basaltdb.storage.table;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds rows of a [RowStore] by primary key: of the rows of one key the newest. The store's writer adds rows, any thread asks.
///
/// An open table of hashes and sequence numbers; the keys themselves are compared where they lie, in the chunks.
final class KeyMap {
    private static final int SMALLEST = 16;

    private final int[] positions;
    // All guarded by this. Of the rows of one key that came before another; null where nobody asks.
    private final @Nullable Map<Long, Long> earlier;
    private @Nullable DeltaView rows;
    private long[] hashes = new long[SMALLEST];
    private long[] sequences = filled(SMALLEST);
    private int used;
    private volatile long sizeBytes = 16L * SMALLEST;

    /// @param positions of the key's columns
    /// @param remembersEarlier whether [#earlier] answers
    KeyMap(int[] positions, boolean remembersEarlier) {
        this.positions = positions;
        this.earlier = remembersEarlier ? new HashMap<>() : null;
    }

    private static long[] filled(int capacity) {
        long[] empty = new long[capacity];
        Arrays.fill(empty, -1);
        return empty;
    }

    /// Another of the same kind, without rows.
    KeyMap empty() {
        return empty(positions);
    }

    /// Another of the same kind, without rows, for keys that stand at other positions.
    KeyMap empty(int[] others) {
        return new KeyMap(others, earlier != null);
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /// Adds the view's rows from that sequence number on.
    synchronized void add(DeltaView view, long from) {
        rows = view;
        for (int c = view.chunkOf(from); c < view.chunkCount(); c++) {
            Chunk chunk = view.chunks()[c];
            int first = (int) Math.max(0, from - chunk.firstSequence());
            KeyBatch keys = KeyBatch.of(chunk, positions, first, view.rows(c));
            for (int i = 0; i < keys.count(); i++) {
                put(keys, i, chunk.firstSequence() + first + i);
            }
        }
    }

    private void put(KeyBatch keys, int index, long sequence) {
        int slot = slot(keys, index);
        if (sequences[slot] >= 0) {
            if (earlier != null) {
                earlier.put(sequence, sequences[slot]);
            }
            sequences[slot] = sequence;
            return;
        }
        hashes[slot] = keys.hashes()[index];
        sequences[slot] = sequence;
        if (++used > hashes.length / 2) {
            grow();
        }
    }

    private void grow() {
        long[] oldHashes = hashes;
        long[] oldSequences = sequences;
        hashes = new long[2 * oldHashes.length];
        sequences = filled(hashes.length);
        sizeBytes = 16L * hashes.length;
        int mask = hashes.length - 1;
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldSequences[i] >= 0) {
                int slot = (int) oldHashes[i] & mask;
                while (sequences[slot] >= 0) {
                    slot = slot + 1 & mask;
                }
                hashes[slot] = oldHashes[i];
                sequences[slot] = oldSequences[i];
            }
        }
    }

    /// The slot of the key, or the empty one where it belongs.
    private int slot(KeyBatch keys, int index) {
        long hash = keys.hashes()[index];
        int mask = hashes.length - 1;
        int slot = (int) hash & mask;
        while (sequences[slot] >= 0
                && (hashes[slot] != hash || !isKeyOf(sequences[slot], keys, index))) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean isKeyOf(long sequence, KeyBatch keys, int index) {
        DeltaView view = rows;
        assert view != null;
        Chunk chunk = view.chunks()[view.chunkOf(sequence)];
        int lane = (int) (sequence - chunk.firstSequence());
        boolean equal = true;
        for (int c = 0; c < positions.length && equal; c++) {
            equal =
                    KeyOrder.equal(
                            chunk.columns()[positions[c]],
                            lane,
                            keys.columns().get(c),
                            keys.from() + index);
        }
        return equal;
    }

    /// Per key the sequence number of its newest row, −1 where there is none.
    synchronized long[] newest(KeyBatch keys) {
        long[] found = new long[keys.count()];
        for (int i = 0; i < found.length; i++) {
            found[i] = sequences[slot(keys, i)];
        }
        return found;
    }

    /// Whether there are rows of one key.
    synchronized boolean hasEarlier() {
        assert earlier != null;
        return !earlier.isEmpty();
    }

    /// The row of the same key that came before that one, or −1.
    synchronized long earlier(long sequence) {
        assert earlier != null;
        return earlier.getOrDefault(sequence, -1L);
    }

    /// Says that no row before that one counts any more.
    synchronized void forgetEarlier(long sequence) {
        assert earlier != null;
        earlier.remove(sequence);
    }
}
